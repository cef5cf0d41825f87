"""The multilayer perceptron in PyTorch: the twin of the chapter's TypeScript, name by name.

Run it: python3 chapters/02-multilayer-perceptron/pytorch.py
"""

import torch
from torch import nn
from torch.nn import functional as F


# region linear
def linear(W, b, X):  # what nn.Linear(n, k) computes, with its weight W and its bias b
    return X @ W.T + b  # [k] or [m, k]
# endregion


# region initialisers
def initialise(layer, name):  # layer: an nn.Linear(n, k)
    if name == "pytorch":  # uniform, limit 1 / √n: as nn.Linear begins
        return
    start = {
        "zeros": nn.init.zeros_,
        "small": lambda W: nn.init.normal_(W, std=0.01),
        "large": lambda W: nn.init.normal_(W, std=1.0),
        "xavier": nn.init.xavier_uniform_,  # √(6 / (n + k))
        "he": lambda W: nn.init.kaiming_normal_(W, nonlinearity="relu"),  # √(2 / n)
    }
    start[name](layer.weight)
    nn.init.zeros_(layer.bias)
# endregion


# region mlp
class MLP(nn.Module):
    def __init__(self, sizes, activations):  # sizes: inputs, each hidden layer, outputs
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(n, k) for n, k in zip(sizes, sizes[1:]))
        self.activations = nn.ModuleList(activations)

    def forward(self, x):  # [n] or [m, n]
        a = x
        for layer, g in zip(self.layers, self.activations):
            z = layer(a)  # [k_i] or [m, k_i]
            a = g(z)  # [k_i] or [m, k_i]
        return self.layers[-1](a)  # the logits: [k] or [m, k]
# endregion


# region features
features = {
    "x1": lambda x_1, x_2: x_1,
    "x2": lambda x_1, x_2: x_2,
    "x1Squared": lambda x_1, x_2: x_1**2,
    "x2Squared": lambda x_1, x_2: x_2**2,
    "x1x2": lambda x_1, x_2: x_1 * x_2,
    "sinX1": lambda x_1, x_2: x_1.sin(),
    "sinX2": lambda x_1, x_2: x_2.sin(),
}
# endregion


# region featuresOf
def features_of(chosen, x):  # [2] or [m, 2]
    x_1, x_2 = x.unbind(-1)  # [] or [m] each
    return torch.stack([features[name](x_1, x_2) for name in chosen], -1)  # [f] or [m, f]
# endregion


# region answers
answers = {
    "binary": lambda logits: torch.sigmoid(logits.squeeze(-1)),  # [] or [m]
    "classes": lambda logits: torch.softmax(logits, -1),  # [k] or [m, k]
    "regression": lambda logits: logits.squeeze(-1),  # [] or [m]
}
# endregion


# region losses
losses = {
    "binary": lambda logits, y: F.binary_cross_entropy_with_logits(logits.squeeze(-1), y),
    "classes": lambda logits, y: F.cross_entropy(logits, y.long()),
    "regression": lambda logits, y: F.mse_loss(logits.squeeze(-1), y),
}
# endregion


# region crossEntropy
def cross_entropy(logits, one_hot):
    return -(one_hot * F.log_softmax(logits, -1)).sum(-1).mean()
# endregion


# region categoricalCrossEntropy
def categorical_cross_entropy(logits, classes):
    return F.cross_entropy(logits, classes)
# endregion


# region squaredError
def squared_error(y_hat, y):
    return F.mse_loss(y_hat, y)
# endregion


# region penalised
def penalised(L_data, model, l1, l2):
    weights = [layer.weight for layer in model.layers]
    R = sum(l1 * W.abs().sum() + l2 / 2 * W.square().sum() for W in weights)
    return L_data + R
# endregion


# region bumps
class Bumps(nn.Module):
    def __init__(self, k, steepness):
        super().__init__()
        edges = torch.tensor([(unit + 1) // 2 / k for unit in range(2 * k)])
        self.layers = nn.ModuleList([nn.Linear(1, 2 * k), nn.Linear(2 * k, 1)])
        with torch.no_grad():
            self.layers[0].weight.fill_(steepness)
            self.layers[0].bias.copy_(-steepness * edges)
            self.layers[1].weight.zero_()
            self.layers[1].bias.zero_()

    def forward(self, x):  # [] or [m]
        hidden, output = self.layers
        z = hidden(x.unsqueeze(-1))  # [2k] or [m, 2k]
        a = torch.sigmoid(z)  # [2k] or [m, 2k]
        bumps = (a * output.weight[0]).unflatten(-1, (-1, 2)).sum(-1)  # [k] or [m, k]
        y_hat = bumps.sum(-1) + output.bias[0]  # [] or [m]
        return z, a, bumps, y_hat
# endregion


def learn_xor(steps=2000):
    """A 2-4-1 network on the question that no neuron can answer."""
    x = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    y = torch.tensor([0.0, 1.0, 1.0, 0.0])
    model = MLP([2, 4, 1], [nn.Tanh()])
    optimiser = torch.optim.Adam(model.parameters(), lr=0.05)
    for _ in range(steps):
        optimiser.zero_grad()
        losses["binary"](model(x), y).backward()
        optimiser.step()
    print("XOR:", [f"{value:.2f}" for value in answers["binary"](model(x)).tolist()])


def build_bump():
    """One bump between 0 and 1/2, one high."""
    bumps = Bumps(2, steepness=60.0)
    with torch.no_grad():
        bumps.layers[1].weight[0, :2] = torch.tensor([1.0, -1.0])
    *_, y_hat = bumps(torch.tensor([0.1, 0.25, 0.4, 0.6, 0.9]))
    print("bump:", [f"{value:.2f}" for value in y_hat.tolist()])


if __name__ == "__main__":
    torch.manual_seed(0)
    learn_xor()
    build_bump()
