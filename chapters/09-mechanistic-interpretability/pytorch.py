"""Mechanistic interpretability in PyTorch: the twin of the chapter's TypeScript, name by name.

Run it: python3 chapters/09-mechanistic-interpretability/pytorch.py
"""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F


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
def too_near(C, degrees):
    most = math.sin(math.radians(degrees))
    others = 1 - torch.eye(len(C))  # [N, N]
    beyond = F.relu((C * others).abs() - most)  # [N, N]
    return (beyond ** 2).sum() / 2
# endregion
