"""The transformer in PyTorch: the twin of the chapter's TypeScript, name by name.

Run it: python3 chapters/08-transformer/pytorch.py
"""

import math
from collections import Counter, namedtuple

import torch
import torch.nn as nn
import torch.nn.functional as F

Cache = namedtuple("Cache", "K V")


# region merge
def merge(words, numbers):
    """Joins the pair that stands side by side most often. words: the words of the text, each a tuple of tokens
    (bytes), with how often it stands there. numbers: the number of each token so far."""
    counts = Counter()
    for word, count in words.items():
        for pair in zip(word, word[1:]):
            counts[pair] += count
    left, right = min(counts, key=lambda pair: (-counts[pair], numbers[pair[0]], numbers[pair[1]]))
    numbers.setdefault(left + right, len(numbers))
    return {joined(word, left, right): count for word, count in words.items()}
# endregion


def joined(word, left, right):
    """Every such pair of the word as one token, from the left."""
    tokens = list(word)
    for i in range(len(tokens) - 1):
        if i + 1 < len(tokens) and tokens[i : i + 2] == [left, right]:
            tokens[i : i + 2] = [left + right]
    return tuple(tokens)


# region rows
def rows(tokens, V, d):
    W_E = torch.nn.Embedding(V, d)  # .weight: [V, d]
    e = W_E(tokens)  # [m, T, d]
    return e
# endregion


# region sinusoidal
def sinusoidal(T, d):
    t = torch.arange(T)[:, None]  # [T, 1]
    omega = 10_000 ** (-torch.arange(0, d, 2) / d)  # [d / 2]
    P = torch.empty(T, d)
    P[:, 0::2] = torch.sin(t * omega)
    P[:, 1::2] = torch.cos(t * omega)
    return P  # [T, d]
# endregion


# region products
def products(P, W_P):
    PP = P @ P.T  # [T, T]
    learned = W_P @ W_P.T  # [T, T]
    return PP, learned
# endregion


# region shift
def turned(k, d):
    angles = k * 10_000 ** (-torch.arange(0, d, 2) / d)  # [d / 2]
    cos, sin = angles.cos(), angles.sin()
    blocks = torch.stack([torch.stack([cos, -sin], -1), torch.stack([sin, cos], -1)], -2)  # [d / 2, 2, 2]
    R = torch.block_diag(*blocks)  # [d, d]
    return R
# endregion


# region added
def added(tokens, W_E, P):  # W_E: [V, d]; P: the waves, or the learned W_P; [T, d]
    e = W_E[tokens]  # [m, n, d]
    x = e + P[: tokens.shape[1]]  # [m, n, d]
    return x
# endregion


# region guess
def guess(x, S):  # x: [m, T]; S: [T, T]
    others = 1 - torch.eye(len(S))
    A = torch.softmax(S.masked_fill(others == 0, -math.inf), -1)  # [T, T]
    return x @ A.T  # [m, T]
# endregion


# region scores
def scores(P, W_P, beta):
    d = P.shape[1]
    return beta * P @ P.T, W_P @ W_P.T / math.sqrt(d)  # [T, T] each
# endregion


# region byHead
def by_head(x, W):  # Q = by_head(x, W_Q), K = by_head(x, W_K), V = by_head(x, W_V); W: [h, d_model, d_k]
    return x.unsqueeze(1) @ W  # [B, h, T, d_k]
# endregion


# region attention
def attention(Q, K, V, M=None, scaled=True):
    QK = Q @ K.transpose(-1, -2)  # [B, h, T, T']
    S = QK / math.sqrt(Q.shape[-1]) if scaled else QK  # [B, h, T, T']
    A = masked_softmax(S, M)  # [B, h, T, T']
    Z = A @ V  # [B, h, T, d_v]
    return Z
# endregion


# region maskedSoftmax
def masked_softmax(S, M=None):
    if M is not None:
        S = S.masked_fill(M == 0, -math.inf)
    A = torch.softmax(S, -1)  # rows sum to 1
    return A
# endregion


# region causalMask
def causal_mask(T):
    M = torch.tril(torch.ones(T, T))  # [T, T]
    return M
# endregion


# region paddingMask
def padding_mask(tokens, padding=0):
    M = (tokens != padding).float()[:, None, None, :]  # [B, 1, 1, T]
    return M
# endregion


# region multiHead
def multi_head(x, W_Q, W_K, W_V, W_O, M=None, gate=1):  # nn.MultiheadAttention packs the first three in one matrix
    Q, K, V = by_head(x, W_Q), by_head(x, W_K), by_head(x, W_V)  # [B, h, T, d_k]
    Z = gate * attention(Q, K, V, M)  # [B, h, T, d_v]; gate: 1, or [h, 1, 1]
    concat = Z.transpose(1, 2).flatten(2)  # [B, T, h d_v]
    out = concat @ W_O.flatten(0, 1)  # [B, T, d_model]
    return out
# endregion


# region layerNorm
def layer_norm(x, gamma, beta):  # nn.LayerNorm(d_model)
    mu = x.mean(-1, keepdim=True)  # [B, T, 1]
    sigma2 = x.var(-1, unbiased=False, keepdim=True)  # [B, T, 1]
    x_hat = (x - mu) / torch.sqrt(sigma2 + 1e-5)  # [B, T, d_model]
    return gamma * x_hat + beta  # [B, T, d_model]
# endregion


# region feedForward
def feed_forward(x, W_1, b_1, W_2, b_2):  # two nn.Linear, whose weights are these, transposed
    z = x @ W_1 + b_1  # [B, T, d_ff]
    a = torch.relu(z)  # [B, T, d_ff]
    return a @ W_2 + b_2  # [B, T, d_model]
# endregion


# region sublayer
def sublayer(norm, residual, LN, f, x):  # norm_first=True in nn.TransformerEncoderLayer is "pre"
    out = f(LN(x) if norm == "pre" else x)  # [B, T, d_model]
    total = x + out if residual else out  # [B, T, d_model]
    return LN(total) if norm == "post" else total
# endregion


# region encoderBlock
def encoder_block(resid_pre, attend, feed, LN_1, LN_2, norm="pre", residual=True):
    resid_mid = sublayer(norm, residual, LN_1, attend, resid_pre)  # [B, T, d_model]
    resid_post = sublayer(norm, residual, LN_2, feed, resid_mid)  # [B, T, d_model]
    return resid_post
# endregion


# region decoderBlock
def decoder_block(resid_pre, memory, attend, cross, feed, LN_1, LN_2, LN_3):  # nn.TransformerDecoderLayer
    resid_mid = LN_1(resid_pre + attend(resid_pre))  # [B, T, d_model]
    resid_cross = LN_2(resid_mid + cross(resid_mid, memory))  # [B, T, d_model]: queries here, keys and values there
    resid_post = LN_3(resid_cross + feed(resid_cross))  # [B, T, d_model]
    return resid_post
# endregion


# region teacherForcing
def teach(encode, decode, source, before):  # before: the start, then the right words, [m, T]
    memory = encode(source)  # [m, T', d_model]
    return decode(before, memory)  # [m, T, V]: all places at once
# endregion


# region freeRunning
def write(encode, decode, source, start, steps):
    memory = encode(source)  # [m, T', d_model]
    words = torch.full((source.shape[0], 1), start)  # [m, 1]
    for _ in range(steps):
        logits = decode(words, memory)[:, -1]  # [m, V]
        token = logits.argmax(-1, keepdim=True)  # [m, 1]: the likeliest, whatever it leads to
        words = torch.cat([words, token], 1)
    return words[:, 1:]  # [m, steps]
# endregion


# region beamSearch
def beam_search(step, start, steps, width, end):  # step: the next word's logits for words [width, t]
    words = torch.full((width, 1), start)
    score = torch.full((width,), -30_000.0)  # [width]
    score[0] = 0.0  # at first there is one beam
    for _ in range(steps):
        log_p = torch.log_softmax(step(words), -1)  # [width, V]
        ended = words[:, -1] == end  # [width]: such a beam goes on with the end alone, which costs nothing
        log_p[ended] = -30_000.0
        log_p[ended, end] = 0.0
        score, indices = (score[:, None] + log_p).flatten().topk(width)  # [width]
        parent = indices // log_p.shape[1]  # [width]
        token = indices % log_p.shape[1]  # [width]
        words = torch.cat([words[parent], token[:, None]], 1)
    return words, score
# endregion


# region gpt
class GPT(nn.Module):
    def __init__(self, V=512, T=64, d=48, heads=4, layers=3):
        super().__init__()
        self.tokens, self.positions = nn.Embedding(V, d), nn.Embedding(T, d)
        block = lambda: nn.TransformerEncoderLayer(
            d, heads, 4 * d, dropout=0, activation=nn.GELU("tanh"), batch_first=True, norm_first=True
        )
        self.blocks = nn.ModuleList(block() for _ in range(layers))
        self.norm = nn.LayerNorm(d)

    def forward(self, x):  # [B, T]
        T = x.shape[1]
        hidden = causal_mask(T) == 0  # [T, T]: True where a place may not look
        resid = self.tokens(x) + self.positions(torch.arange(T))  # [B, T, d_model]
        for block in self.blocks:
            resid = block(resid, src_mask=hidden)
        logits = self.norm(resid) @ self.tokens.weight.T  # [B, T, V]
        return logits
# endregion


# region nextTokenLoss
def next_token_loss(model, x, y):  # [B, T] each
    logits = model(x)  # [B, T, V]
    L = F.cross_entropy(logits.flatten(0, 1), y.flatten())
    return L
# endregion


# region nextToken
def next_token(logits, tau=1.0, k=0, share=1.0):  # [V]
    p = torch.softmax(logits / tau, -1)  # [V]
    values, order = p.sort(descending=True)
    stays = values.cumsum(0) - values < share  # what the likelier ones have together
    if k > 0:
        stays[k:] = False
    kept = torch.zeros_like(p).scatter(0, order[stays], values[stays])  # [V]
    kept = kept / kept.sum()
    y_next = torch.multinomial(kept, 1)
    return y_next
# endregion


# region cache
def cached_attention(q, k, v, cache):  # [B, h, 1, d_k] each, of the new token
    K = torch.cat([cache.K, k], 2)  # [B, h, t, d_k]
    V = torch.cat([cache.V, v], 2)  # [B, h, t, d_v]
    return attention(q, K, V), Cache(K, V)
# endregion


# region gpt2
def attention_of_gpt2(file, layer, heads):
    """The weights of one attention, head by head, as GPT-2's file packs them: W_Q, W_K, W_V [h, d, d_k], W_O [h, d_k, d]."""
    c_attn = file[f"h.{layer}.attn.c_attn.weight"]  # [d, 3d]
    c_proj = file[f"h.{layer}.attn.c_proj.weight"]  # [d, d]
    d = c_attn.shape[0]
    by_head = lambda W: W.view(d, heads, d // heads).transpose(0, 1)  # [h, d, d_k]
    W_Q, W_K, W_V = (by_head(W) for W in c_attn.split(d, dim=1))
    return W_Q, W_K, W_V, c_proj.view(heads, d // heads, d)
# endregion


if __name__ == "__main__":
    B, T, d, h = 2, 5, 8, 2
    W = lambda *shape: torch.randn(shape) / shape[-2] ** 0.5
    out = multi_head(torch.randn(B, T, d), W(h, d, 4), W(h, d, 4), W(h, d, 4), W(h, 4, d), causal_mask(T))
    print(out.shape)
    x = torch.randint(512, (B, T + 1))
    print(next_token_loss(GPT(), x[:, :-1], x[:, 1:]))
