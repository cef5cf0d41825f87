"""PyTorch's side of the benchmark `images`: trains what it is told to, and says how long it took.

Prints one line about itself. Then reads lines "cnn 32 steps" and answers each with milliseconds.
"""

import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

models = {}


def mlp(*sizes):
    n, hidden, k = sizes
    return nn.Sequential(nn.Linear(n, hidden), nn.ReLU(), nn.Linear(hidden, k))


def cnn_of(batch):
    x, y = torch.rand(batch, 1, 16, 16), torch.arange(batch) % 10
    net = nn.Sequential(
        nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(256, 10))
    return net.parameters(), lambda: F.cross_entropy(net(x), y)


def vae_of(batch):
    x = torch.rand(batch, 256)
    encoder, decoder = mlp(256, 128, 4), mlp(2, 128, 256)

    def loss():
        mu, log_var = encoder(x).chunk(2, 1)
        z = mu + torch.exp(log_var / 2) * torch.randn(batch, 2)
        cost = F.binary_cross_entropy_with_logits(decoder(z), x, reduction="sum") / batch
        return cost + (mu.square() + log_var.exp() - 1 - log_var).sum() / 2 / batch

    return [*encoder.parameters(), *decoder.parameters()], loss


def train(kind, batch, steps):
    if (kind, batch) not in models:
        parameters, loss = {"cnn": cnn_of, "vae": vae_of}[kind](batch)
        models[kind, batch] = torch.optim.Adam(parameters, lr=1e-3), loss
    adam, loss = models[kind, batch]
    began = time.perf_counter()
    for _ in range(steps):
        adam.zero_grad()
        loss().backward()
        adam.step()
    return 1000 * (time.perf_counter() - began)


threads = torch.get_num_threads()
print(f"{torch.__version__}, {threads} thread{'' if threads == 1 else 's'}", flush=True)
for line in sys.stdin:
    kind, *numbers = line.split()
    print(train(kind, *map(int, numbers)), flush=True)
