"""PyTorch's side of the benchmark `gpt`: trains and writes what it is told to, and says how long it took.

Prints one line about itself. Then reads lines "train V T d heads layers B steps" or "write V T d heads layers B
steps" and answers each with milliseconds.
"""

import math
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

begun = 16
models = {}


class Block(nn.Module):
    def __init__(self, d, heads):
        super().__init__()
        self.heads = heads
        self.norm_1, self.norm_2 = nn.LayerNorm(d), nn.LayerNorm(d)
        self.qkv, self.out = nn.Linear(d, 3 * d), nn.Linear(d, d)
        self.up, self.down = nn.Linear(d, 4 * d), nn.Linear(4 * d, d)

    def forward(self, x, mask, cache):
        B, n, d = x.shape
        q, k, v = (
            part.view(B, n, self.heads, -1).transpose(1, 2)
            for part in self.qkv(self.norm_1(x)).split(d, dim=2))
        if cache is not None:
            k, v = torch.cat([cache[0], k], 2), torch.cat([cache[1], v], 2)
        scores = q @ k.transpose(2, 3) / math.sqrt(d // self.heads)
        if mask is not None:
            scores = scores.masked_fill(mask, -math.inf)
        x = x + self.out((scores.softmax(-1) @ v).transpose(1, 2).reshape(B, n, d))
        z = self.up(self.norm_2(x))
        a = z / 2 * (1 + torch.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3)))
        return x + self.down(a), (k, v)


class Gpt(nn.Module):
    def __init__(self, V, T, d, heads, layers):
        super().__init__()
        self.tokens, self.places = nn.Embedding(V, d), nn.Embedding(T, d)
        self.blocks = nn.ModuleList(Block(d, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(d)

    def forward(self, x, cache=None):
        n = x.shape[1]
        start = cache[0][0].shape[2] if cache else 0
        mask = torch.ones(n, n, dtype=torch.bool).triu(1) if n > 1 else None
        x = self.tokens(x) + self.places.weight[start:start + n]
        kept = []
        for i, block in enumerate(self.blocks):
            x, own = block(x, mask, cache[i] if cache else None)
            kept.append(own)
        return self.norm(x) @ self.tokens.weight.T, kept


class Run:
    def __init__(self, V, T, d, heads, layers, B):
        self.gpt, self.T = Gpt(V, T, d, heads, layers), T
        self.adam = torch.optim.Adam(self.gpt.parameters(), lr=1e-3)
        self.x, self.y = torch.randint(V, (B, T)), torch.randint(V, (B, T))
        self.cache, self.token = None, None

    def train(self):
        self.adam.zero_grad()
        logits, _ = self.gpt(self.x)
        F.cross_entropy(logits.flatten(0, 1), self.y.flatten()).backward()
        self.adam.step()

    @torch.no_grad()
    def write(self):
        if self.cache is None or self.cache[0][0].shape[2] >= self.T:
            self.cache, self.token = None, self.x[:1, :begun]
        logits, self.cache = self.gpt(self.token, self.cache)
        self.token = torch.multinomial(logits[:, -1].softmax(-1), 1)
        self.token.item()


def measure(kind, *numbers):
    *sizes, steps = numbers
    key = (kind, *sizes)
    if key not in models:
        models[key] = Run(*sizes)
    run = models[key]
    began = time.perf_counter()
    for _ in range(steps):
        getattr(run, kind)()
    return 1000 * (time.perf_counter() - began)


threads = torch.get_num_threads()
print(f"{torch.__version__}, {threads} thread{'' if threads == 1 else 's'}", flush=True)
for line in sys.stdin:
    kind, *numbers = line.split()
    print(measure(kind, *map(int, numbers)), flush=True)
