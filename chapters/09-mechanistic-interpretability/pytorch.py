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


# region contributions
def contributions(e, place, blocks, W_U):
    """e, place, and of each block what its heads and its feed-forward layer write: [B, T, d] each."""
    writes = torch.stack([e, place, *blocks])  # [8, B, T, d]
    return writes @ W_U  # [8, B, T, V]: over the 8 they sum to the logits
# endregion


# region turned
def turned(weights, R):
    """The same model in other coordinates: whoever writes turns by R, and whoever reads turns back."""
    write, read = ("W_E", "W_P", "W_O", "W_2"), ("W_Q", "W_K", "W_V", "W_1", "W_U")
    return {
        name: W @ R if name.endswith(write) else R.T @ W if name.endswith(read) else W
        for name, W in weights.items()
    }
# endregion


# region composition
def composition(W_out, W_in):
    """How much of what W_out [..., n, d] writes is read by W_in [..., d, m]: from 0 to 1."""
    size = lambda W: W.square().sum((-2, -1)).sqrt()
    W_virtual = W_out @ W_in  # [..., n, m]
    return size(W_virtual) / (size(W_out) * size(W_in))  # [...]
# endregion


# region circuits
def circuits(W_Q, W_K, W_V, W_O):
    """What each head is as a whole: [h, d, d] both, of rank d_head."""
    W_QK = W_Q @ W_K.mT  # [h, d, d]
    W_OV = W_V @ W_O  # [h, d, d]
    return W_QK, W_OV
# endregion


# region pathExpansion
def path_expansion(layers, W_U, starts, M):  # starts: each [B, T, d_model]; they sum to the embedding
    streams = list(starts)  # one a path
    for heads in layers:
        patterns = [pattern_by_parts(head, streams, M) for head in heads]  # each [B, T, T]
        moved = [A @ x @ head["W_OV"] for A, head in zip(patterns, heads) for x in streams]
        streams = streams + moved
    terms = torch.stack([x @ W_U for x in streams])  # [paths, B, T, V]
    return terms
# endregion


# region patternByParts
def pattern_by_parts(head, streams, M):
    x = torch.stack(streams)  # [P, B, T, d_model]
    Q, K = x @ head["W_Q"], x @ head["W_K"]  # [P, B, T, d_head]
    S_parts = torch.einsum("pbtd,qbsd->bptqs", Q, K) / math.sqrt(Q.shape[-1])  # [B, P, T, P, T]
    S = S_parts.sum((1, 3))  # [B, T, T]
    return S.masked_fill(M == 0, -torch.inf).softmax(-1)
# endregion


# region interventions
def replaced(mask, other):  # for register_forward_hook: what is returned is passed on
    return lambda module, inputs, h: h + mask * (other - h)


def steered(mask, v, alpha):
    return lambda module, inputs, h: h + mask * v * alpha


def restored(patched, without, source):
    return (patched - without) / (source - without)
# endregion


# region logitLens
def logit_lens(norm_f, W_U, resid):  # resid: [..., T, d]; W_U: [d, V]
    return norm_f(resid) @ W_U  # [..., T, V]
# endregion


# region attribution
def reading_direction(norm_f, u, sigma2):  # u: [d]; sigma2: the last stream's variance at the place
    g = norm_f.weight * u  # [d]
    w = (g - g.mean()) / (sigma2 + norm_f.eps).sqrt()  # [d]
    return w


def direct_attribution(parts, norm_f, u, w):  # parts: [n, d], what each has written
    dla = torch.cat([parts @ w, (norm_f.bias @ u)[None]])  # [n + 1]
    return dla
# endregion


# region zeroLayers
def zero_layers(W_E, W_U, x):  # W_E: [V, d_model]; W_U: [d_model, V]; x: [m, T]
    x_0 = W_E[x]  # [m, T, d_model]
    logits = x_0 @ W_U  # [m, T, V]
    W_EU = W_E @ W_U  # [V, V]: all that it will ever say
    return logits, W_EU
# endregion


# region expanded
def expanded(W_E, W_U, W_Q, W_K, W_V, W_O):  # W_Q, W_K, W_V: [h, d_model, d_head]; W_O: [h, d_head, d_model]
    W_QK = W_Q @ W_K.transpose(1, 2)  # [h, d_model, d_model]
    W_OV = W_V @ W_O  # [h, d_model, d_model]
    direct = W_E @ W_U  # [V, V]
    QK_words = W_E @ W_QK @ W_E.T / math.sqrt(W_Q.shape[-1])  # [h, V, V]
    OV_words = W_E @ W_OV @ W_U  # [h, V, V]
    copying = torch.linalg.eigvals(W_O @ W_U @ W_E @ W_V)  # [h, d_head]
    return direct, QK_words, OV_words, copying
# endregion


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


# region headScores
def head_scores(A, after, repeat):  # A: [m, h, T, T]; after: [m, T, T]; repeat: [m, T]
    T = A.shape[-1]
    before = torch.ones(T, T).tril(-1).triu(-1)  # [T, T]: 1 where the key stands just before
    to_before = (A * before).sum((2, 3)) / (T - 1)  # [m, h]
    to_after = (A * after[:, None]).sum((0, 2, 3)) / repeat.sum()  # [h]
    return to_before.mean(0), to_after
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
