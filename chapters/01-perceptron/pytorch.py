"""The perceptron in PyTorch: the twin of the chapter's TypeScript, name by name.

Run it: python3 chapters/01-perceptron/pytorch.py
"""

import torch
from torch import nn
from torch.nn import functional as F

# region activations
activations = {
    "identity": nn.Identity(),
    "step": lambda z: (z > 0).to(z.dtype),  # 1 where z > 0, else 0
    "sigmoid": torch.sigmoid,  # 1 / (1 + e^-z)
    "tanh": torch.tanh,  # (e^z - e^-z) / (e^z + e^-z)
    "relu": torch.relu,  # max(0, z)
    "leakyRelu": nn.LeakyReLU(0.01),  # z where z > 0, else 0.01 z
    "gelu": nn.GELU(),  # z Φ(z), exact
}
# endregion


# region neuron
class Neuron(nn.Module):
    def __init__(self, n, g):
        super().__init__()
        self.w = nn.Parameter(torch.randn(n))
        self.b = nn.Parameter(torch.zeros(()))
        self.g = g

    def forward(self, x):  # [n] or [m, n]
        p = self.w * x  # [n] or [m, n]
        z = p.sum(dim=-1) + self.b  # [] or [m]
        y_hat = self.g(z)  # [] or [m]
        return p, z, y_hat
# endregion


# region layer
class Layer(nn.Module):
    def __init__(self, n, k, g):
        super().__init__()
        limit = n**-0.5
        self.W = nn.Parameter(torch.empty(k, n).uniform_(-limit, limit))
        self.b = nn.Parameter(torch.empty(k).uniform_(-limit, limit))
        self.g = g

    def forward(self, X):  # [n] or [m, n]
        Z = F.linear(X, self.W, self.b)  # X Wᵀ + b: [k] or [m, k]
        Y_hat = self.g(Z)  # [k] or [m, k]
        return Z, Y_hat
# endregion


# region squaredError
def squared_error(y_hat, y):
    return F.mse_loss(y_hat, y)
# endregion


# region binaryCrossEntropy
def binary_cross_entropy(z, y):
    return F.binary_cross_entropy_with_logits(z, y)
# endregion


# region perceptronCriterion
def perceptron_criterion(z, y_hat, y):
    return ((y_hat - y) * z).mean()
# endregion


# region step
def step(optimiser, loss):
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
# endregion


# region rule
def perceptron_rule(neuron, x, y, eta):
    """Rosenblatt's rule on one example: w ← w + η (y − ŷ) x, b ← b + η (y − ŷ)."""
    _, _, y_hat = neuron(x)
    with torch.no_grad():
        neuron.w += eta * (y - y_hat) * x
        neuron.b += eta * (y - y_hat)
# endregion


def by_hand():
    """One neuron on five inputs: sigmoid(1.5) where the first is on, sigmoid(0.5) where it is not."""
    neuron = Neuron(5, activations["sigmoid"])
    with torch.no_grad():
        neuron.w.copy_(torch.eye(5)[0])
        neuron.b.fill_(0.5)
    for i in (0, 1):
        _, z, y_hat = neuron(torch.eye(5)[i])
        print(f"input {i + 1} on: z = {z:.1f}, ŷ = {y_hat:.4f}")


def learn(name, targets, steps=400):
    """Rosenblatt's rule and gradient descent on the four corners, one example at a time."""
    x = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    y = torch.tensor(targets)
    ruled = Neuron(2, activations["step"])
    descended = Neuron(2, activations["sigmoid"])
    optimiser = torch.optim.SGD(descended.parameters(), lr=0.5)
    for i in range(steps):
        perceptron_rule(ruled, x[i % 4], y[i % 4], eta=1.0)
        _, z, _ = descended(x[i % 4])
        step(optimiser, binary_cross_entropy(z, y[i % 4]))
    said = [(neuron(x)[1] > 0).float() for neuron in (ruled, descended)]
    rule, gradient = ((answers == y).float().mean().item() for answers in said)
    print(f"{name}: the rule has {rule:.0%} right, gradient descent {gradient:.0%}")


if __name__ == "__main__":
    torch.manual_seed(0)
    by_hand()
    learn("AND", [0.0, 0.0, 0.0, 1.0])
    learn("OR", [0.0, 1.0, 1.0, 1.0])
    learn("XOR", [0.0, 1.0, 1.0, 0.0])
