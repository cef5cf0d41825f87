"""The transformer in PyTorch: the twin of the chapter's TypeScript, name by name.

Run it: python3 chapters/08-transformer/pytorch.py
"""

import math

import torch


# region attention
def attention(Q, K, V, M=None, scaled=True):
    QK = Q @ K.transpose(-1, -2)  # [B, h, T, T']
    S = QK / math.sqrt(Q.shape[-1]) if scaled else QK  # [B, h, T, T']
    A = torch.softmax(S if M is None else S.masked_fill(M == 0, -math.inf), -1)  # [B, h, T, T']
    return A @ V  # [B, h, T, d_v]
# endregion


# region multiHead
def multi_head(x, W_Q, W_K, W_V, W_O, M=None):  # nn.MultiheadAttention packs the first three in one matrix
    by_head = lambda W: torch.einsum("btd,hdk->bhtk", x, W)  # [B, h, T, d_k]
    Z = attention(by_head(W_Q), by_head(W_K), by_head(W_V), M)  # [B, h, T, d_v]
    concat = Z.transpose(1, 2).flatten(2)  # [B, T, h d_v]
    return concat @ W_O.flatten(0, 1)  # [B, T, d_model]
# endregion


# region causalMask
def causal_mask(T):
    return torch.tril(torch.ones(T, T))  # [T, T]
# endregion


if __name__ == "__main__":
    B, T, d, h = 2, 5, 8, 2
    W = lambda *shape: torch.randn(shape) / shape[-2] ** 0.5
    out = multi_head(torch.randn(B, T, d), W(h, d, 4), W(h, d, 4), W(h, d, 4), W(h, 4, d), causal_mask(T))
    print(out.shape)
