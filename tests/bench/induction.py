"""PyTorch's side of the benchmark `induction`: takes training steps of both models, and says how long that took.

Prints one line about itself. Then reads lines "train V T d heads B steps" and answers each with milliseconds.
"""

import math
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

runs = {}


class Attention(nn.Module):
    def __init__(self, d, heads):
        super().__init__()
        self.heads = heads
        self.qkv, self.out = nn.Linear(d, 3 * d, bias=False), nn.Linear(d, d, bias=False)

    def forward(self, x, mask):
        B, T, d = x.shape
        q, k, v = (part.view(B, T, self.heads, -1).transpose(1, 2) for part in self.qkv(x).split(d, dim=2))
        scores = q @ k.transpose(2, 3) / math.sqrt(d // self.heads)
        A = scores.masked_fill(mask, -math.inf).softmax(-1)
        return x + self.out((A @ v).transpose(1, 2).reshape(B, T, d))


class Model(nn.Module):
    """Attention alone: no norms, no biases, learned positions."""

    def __init__(self, V, T, d, heads, layers):
        super().__init__()
        self.tokens, self.places = nn.Embedding(V, d), nn.Parameter(torch.randn(T, d))
        self.layers = nn.ModuleList(Attention(d, heads) for _ in range(layers))
        self.unembed = nn.Linear(d, V, bias=False)
        self.mask = torch.ones(T, T, dtype=torch.bool).triu(1)

    def forward(self, x):
        x = self.tokens(x) + self.places
        for layer in self.layers:
            x = layer(x, self.mask)
        return self.unembed(x)


class Run:
    def __init__(self, V, T, d, heads, B):
        self.models = [Model(V, T, d, heads, layers) for layers in (2, 1)]
        self.adam = torch.optim.Adam([p for model in self.models for p in model.parameters()], lr=1e-2)
        self.x, self.y = torch.randint(V, (B, T)), torch.randint(V, (B, T))

    def step(self):
        self.adam.zero_grad()
        sum(F.cross_entropy(model(self.x).flatten(0, 1), self.y.flatten()) for model in self.models).backward()
        self.adam.step()


def train(*numbers):
    *sizes, steps = numbers
    run = runs.setdefault(tuple(sizes), Run(*sizes))
    began = time.perf_counter()
    for _ in range(steps):
        run.step()
    return 1000 * (time.perf_counter() - began)


threads = torch.get_num_threads()
print(f"{torch.__version__}, {threads} thread{'' if threads == 1 else 's'}", flush=True)
for line in sys.stdin:
    _, *numbers = line.split()
    print(train(*map(int, numbers)), flush=True)
