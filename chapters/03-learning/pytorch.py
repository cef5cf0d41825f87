"""Learning in PyTorch: the twin of the chapter's TypeScript, name by name.

Run it: python3 chapters/03-learning/pytorch.py
"""

import torch
from torch import nn
from torch.nn import functional as F


# region batchNorm
class BatchNorm(nn.Module):  # what nn.BatchNorm1d(n) does
    def __init__(self, n):
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(n))
        self.beta = nn.Parameter(torch.zeros(n))
        self.register_buffer("running_mean", torch.zeros(n))
        self.register_buffer("running_var", torch.ones(n))

    def forward(self, X):  # [m, n], or out of training [n]
        mu = X.mean(0) if self.training else self.running_mean  # [n]
        sigma2 = X.var(0, unbiased=False) if self.training else self.running_var  # [n]
        x_hat = (X - mu) / (sigma2 + 1e-5).sqrt()  # [n] or [m, n]
        if self.training:
            self.follow(X)
        return self.gamma * x_hat + self.beta  # [n] or [m, n]
    # endregion

    # region runningStatistics
    @torch.no_grad()
    def follow(self, X):
        self.running_mean.lerp_(X.mean(0), 0.1)  # 0.9 of the old, 0.1 of the new
        self.running_var.lerp_(X.var(0, unbiased=True), 0.1)
    # endregion


# region layerNorm
class LayerNorm(nn.Module):  # what nn.LayerNorm(n) does
    def __init__(self, n):
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(n))
        self.beta = nn.Parameter(torch.zeros(n))

    def forward(self, X):  # [n] or [m, n]
        mu = X.mean(-1, keepdim=True)  # [1] or [m, 1]
        sigma2 = X.var(-1, unbiased=False, keepdim=True)  # [1] or [m, 1]
        x_hat = (X - mu) / (sigma2 + 1e-5).sqrt()  # [n] or [m, n]
        return self.gamma * x_hat + self.beta  # [n] or [m, n]
# endregion


# region dropout
def dropout(a, p, u):  # what nn.Dropout(p) does in training, with u drawn by itself
    mask = (u >= p).to(a.dtype)  # 1 with probability 1 − p
    return a * mask / (1 - p)
# endregion


# region mlp
class MLP(nn.Module):
    def __init__(self, sizes, activations, norm=nn.Identity, p=0.0):
        super().__init__()
        pairs = list(zip(sizes, sizes[1:]))
        self.layers = nn.ModuleList(nn.Linear(n, k) for n, k in pairs)
        self.norms = nn.ModuleList(norm(k) for _, k in pairs[:-1])  # nn.BatchNorm1d, nn.LayerNorm
        self.activations = nn.ModuleList(activations)
        self.drops = nn.ModuleList(nn.Dropout(p) for _ in pairs[:-1])

    def forward(self, x):  # [n] or [m, n]
        a = x
        for layer, norm, g, drop in zip(self.layers, self.norms, self.activations, self.drops):
            z = layer(a)  # [k_i] or [m, k_i]
            a = drop(g(norm(z)))  # [k_i] or [m, k_i]
        return self.layers[-1](a)  # the logits: [k] or [m, k]
# endregion


# region l2Penalty
def l2_penalty(weights, lambda_):  # the same gradient as torch.optim.SGD(…, weight_decay=lambda_)
    return lambda_ / 2 * sum(W.square().sum() for W in weights)
# endregion


# region l1Penalty
def l1_penalty(weights, lambda_):
    return lambda_ * sum(W.abs().sum() for W in weights)
# endregion


# region decayed
def decayed(L_data, model, weight_decay):
    R = l2_penalty([layer.weight for layer in model.layers], weight_decay)
    return L_data + R
# endregion


# region scalarNetwork
def scalar_network(weights, x, g, f):  # [2] or [m, 2]; each quantity is then [] or [m]
    w_11, w_12, w_21, w_22, b_1, b_2, v_1, v_2, c = weights
    x_1, x_2 = x.unbind(-1)
    p_11, p_12, p_21, p_22 = w_11 * x_1, w_12 * x_2, w_21 * x_1, w_22 * x_2
    z_1 = p_11 + p_12 + b_1
    z_2 = p_21 + p_22 + b_2
    a_1, a_2 = g(z_1), g(z_2)
    q_1, q_2 = v_1 * a_1, v_2 * a_2
    z = q_1 + q_2 + c
    y_hat = f(z)
    return locals()
# endregion


# region scalarLoss
def scalar_loss(y_hat, y):
    e = y_hat - y
    return e.square().mean()
# endregion


# region slope
def slope(g, z):
    z = z.detach().requires_grad_()
    (derivative,) = torch.autograd.grad(g(z).sum(), z)
    return derivative
# endregion


# region surfaces
surfaces = {
    "bowl": lambda x, y: (x**2 + y**2) / 2,
    "rosenbrock": lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2,
    "himmelblau": lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
    "valley": lambda x, y: (x**2 + 50 * y**2) / 2,
    "saddle": lambda x, y: x**2 - y**2 + y**4 / 4,
}
# endregion


# region lineSurface
def line_surface(theta, x, y):  # [g, 2], [m], [m]
    w, b = theta.split(1, dim=1)  # [g, 1] each
    y_hat = w * x + b  # [g, m]
    return (y_hat - y).square().mean(-1)  # [g]
# endregion


# region tinyNetwork
def tiny_network(theta, x):  # [g, 7], [m]
    w_1, w_2, b_1, b_2, v_1, v_2, c = theta.split(1, dim=1)  # [g, 1] each
    return v_1 * torch.tanh(w_1 * x + b_1) + v_2 * torch.tanh(w_2 * x + b_2) + c  # [g, m]
# endregion


# region networkSurface
best_weights = torch.tensor([2, 1, -1, 1, 1, -0.5, 0.25])


def network_surface(theta, x, y, first, second):  # [g, 2], [m], [m]
    all = best_weights.to(theta).repeat(len(theta), 1)  # [g, 7]
    all[:, [first, second]] = theta
    return (tiny_network(all, x) - y).square().mean(-1)  # [g]
# endregion


# region step
def step(optimiser, loss):
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
# endregion


# region optimisers
optimisers = {
    "sgd": lambda parameters, lr: torch.optim.SGD(parameters, lr),
    "momentum": lambda parameters, lr: torch.optim.SGD(parameters, lr, momentum=0.9),
    "rmsprop": lambda parameters, lr: torch.optim.RMSprop(parameters, lr),
    "adam": lambda parameters, lr: torch.optim.Adam(parameters, lr),
}
# endregion


def race(surface, start, rates, steps=300):
    """The four optimisers from one point."""
    for name, make in optimisers.items():
        theta = torch.tensor(start, requires_grad=True)
        optimiser = make([theta], rates[name])
        for _ in range(steps):
            step(optimiser, surfaces[surface](*theta))
        print(f"{surface}, {name}: J = {surfaces[surface](*theta).item():.4f}")


def normalisations_agree():
    """The formulae above, and PyTorch's own layers."""
    X = torch.randn(8, 5)
    for own, reference in ((BatchNorm(5), nn.BatchNorm1d(5)), (LayerNorm(5), nn.LayerNorm(5))):
        assert torch.allclose(own(X), reference(X), atol=1e-6)
        assert torch.allclose(own.eval()(X), reference.eval()(X), atol=1e-6)
    print("BatchNorm and LayerNorm compute what nn.BatchNorm1d and nn.LayerNorm do")


if __name__ == "__main__":
    torch.manual_seed(0)
    normalisations_agree()
    race("valley", [-4.0, 1.0], {"sgd": 0.03, "momentum": 0.01, "rmsprop": 0.05, "adam": 0.1})
