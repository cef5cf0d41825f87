"""Mechanistic interpretability in PyTorch: the twin of the chapter's TypeScript, name by name.

Run it: python3 chapters/09-mechanistic-interpretability/pytorch.py
"""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F


# region attentionOnly
class AttentionOnly(nn.Module):
    """Letters and places, layers of heads that add to the stream, logits. `tap(name, value)` may put another value
    in place of any: to look, to cut, to swap and to push."""

    def __init__(self, V=16, T=24, d=32, heads=2, layers=2):
        super().__init__()
        d_head = d // heads
        weight = lambda *shape: nn.Parameter(torch.randn(shape) / math.sqrt(shape[-2]))
        self.W_E, self.W_P = nn.Parameter(torch.randn(V, d)), nn.Parameter(torch.randn(T, d))
        self.W_U = weight(d, V)
        self.blocks = nn.ModuleList(
            nn.ParameterDict({
                "W_Q": weight(heads, d, d_head),
                "W_K": weight(heads, d, d_head),
                "W_V": weight(heads, d, d_head),
                "W_O": weight(heads, d_head, d),
            })
            for _ in range(layers)
        )

    def forward(self, tokens, tap=lambda name, value: value):  # tokens: [B, T]
        T = tokens.shape[1]
        M = torch.tril(torch.ones(T, T))
        x = self.W_E[tokens] + self.W_P[:T]  # [B, T, d_model]
        for i, W in enumerate(self.blocks):
            x = tap(f"blocks.{i}.resid_pre", x)
            Q, K, V = (x.unsqueeze(1) @ W[name] for name in ("W_Q", "W_K", "W_V"))  # [B, h, T, d_head]
            S = Q @ K.transpose(-1, -2) / math.sqrt(Q.shape[-1])  # [B, h, T, T]
            A = tap(f"blocks.{i}.attn.A", S.masked_fill(M == 0, -math.inf).softmax(-1))  # [B, h, T, T]
            Z = tap(f"blocks.{i}.attn.Z", A @ V)  # [B, h, T, d_head]
            x = x + (Z @ W["W_O"]).sum(1)  # heads are added: [B, T, d_model]
        return tap("logits", x @ self.W_U)  # [B, T, V]
# endregion


# region withoutHead
def without_head(layer, head):
    """A tap that takes one head out."""

    def tap(name, value):
        if name != f"blocks.{layer}.attn.Z":
            return value
        kept = torch.ones(value.shape[1])
        kept[head] = 0
        return value * kept[:, None, None]  # [B, h, T, d_head]

    return tap
# endregion


def repeats(count, T=24, V=16):
    """Sequences that repeat a random block; y is the next letter, -100 where nobody could know it."""
    x, y = torch.zeros(count, T, dtype=torch.long), torch.full((count, T), -100)
    for row in range(count):
        p = int(torch.randint(T // 4, T // 2 + 1, ()))
        block = torch.randperm(V)[:p]
        x[row] = block[torch.arange(T) % p]
        y[row, p - 1 :] = block[torch.arange(p, T + 1) % p]
    return x, y


# region sparseFeatures
def sparse_features(v, u, p):  # v, u: [B, n]; p: [k], how often a feature is there
    is_there = (u < p[:, None, None]).float()  # [k, B, n]
    x = v * is_there  # [k, B, n]
    return x
# endregion


# region superposition
def superposition(W, b, x, is_linear):  # W: [k, m, n]; b: [k, n]; x: [k, B, n]
    h = x @ W.transpose(1, 2)  # [k, B, m]
    z = h @ W + b[:, None]  # [k, B, n]
    x_hat = z if is_linear else F.relu(z)  # [k, B, n]
    return x_hat
# endregion


# region importanceLoss
def importance_loss(x, x_hat, I):  # I: [n]
    errors = ((x - x_hat) ** 2 * I).sum(-1)  # [k, B]
    return errors.mean(-1)  # [k]
# endregion


# region dimensionality
def dimensionality(W):  # W: [k, m, n]
    G = W.transpose(1, 2) @ W  # [k, n, n]
    norms = (W ** 2).sum(1)  # [k, n]
    shared = (G ** 2).sum(-1) + 1e-12  # [k, n]
    D = norms ** 2 / shared  # [k, n]
    return D
# endregion


# region cosines
def cosines(V):  # [N, d]
    U = V / V.norm(dim=1, keepdim=True)  # [N, d]
    C = U @ U.T  # [N, N]
    return C
# endregion


# region tooNear
def too_near(C, N, c):  # C: [most, most]; N that fit so far; c: the most that a cosine may be
    most = len(C)
    tried = (torch.arange(most) <= N).float()  # [most]: N that fit, and one more
    pairs = torch.outer(tried, tried) * (1 - torch.eye(most))  # [most, most]
    size = (C * pairs).abs()  # [most, most]
    return F.relu(size - 0.95 * c).sum() / 2
# endregion


if __name__ == "__main__":
    torch.manual_seed(1)
    model = AttentionOnly()
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-2)
    for step in range(300):
        x, y = repeats(32)
        loss = F.cross_entropy(model(x).transpose(1, 2), y)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    x, y = repeats(200)
    right = lambda tap: (model(x, tap).argmax(-1) == y)[y >= 0].float().mean().item()
    print(f"loss {loss:.3f}; right: {right(lambda name, value: value):.2f}")
    for layer in range(2):
        for head in range(2):
            print(f"without head {layer + 1}.{head + 1}: {right(without_head(layer, head)):.2f}")
