"""PyTorch's side of the benchmark `recurrent`: trains what it is told to, and says how long it took.

Prints one line about itself. Then reads lines "rnn T I H B steps" and answers each with milliseconds.
"""

import sys
import time

import torch
from torch import nn

kinds = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
models = {}


def model_of(kind, T, I, H, B):
    """The model, an optimiser and one batch, made once."""
    key = (kind, T, I, H, B)
    if key not in models:
        cell, head = kinds[kind](I, H, batch_first=True), nn.Linear(H, 1)
        parameters = [*cell.parameters(), *head.parameters()]
        adam = torch.optim.Adam(parameters, lr=1e-3)
        models[key] = cell, head, adam, torch.randn(B, T, I), torch.randn(B)
    return models[key]


def train(kind, T, I, H, B, steps):
    cell, head, adam, x, y = model_of(kind, T, I, H, B)
    began = time.perf_counter()
    for _ in range(steps):
        adam.zero_grad()
        out, _ = cell(x)
        loss = (head(out[:, -1]).squeeze(1) - y).square().mean()
        loss.backward()
        adam.step()
    return 1000 * (time.perf_counter() - began)


threads = torch.get_num_threads()
print(f"{torch.__version__}, {threads} thread{'' if threads == 1 else 's'}", flush=True)
for line in sys.stdin:
    kind, *numbers = line.split()
    print(train(kind, *map(int, numbers)), flush=True)
