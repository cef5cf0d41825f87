"""Twenty steps of each of PyTorch's optimisers on one least-squares problem.

Writes optimisers.json beside this file. Run by hand: python3 tests/golden/optimisers.py

The problem: w [3] and b [] minimise L = mean((X w + b - y)^2) over X [6, 3], y [6].
Each trajectory lists, for every step, the loss and gradients before it and w and b after it.
"""

import json
from pathlib import Path

import torch

optimisers = {
    "sgd": (torch.optim.SGD, {"lr": 0.1}),
    "momentum": (torch.optim.SGD, {"lr": 0.05, "momentum": 0.9}),
    "rmsprop": (torch.optim.RMSprop, {"lr": 0.05}),
    "adam": (torch.optim.Adam, {"lr": 0.1}),
}


def trajectory(make, options, problem):
    w = problem["w"].clone().requires_grad_()
    b = problem["b"].clone().requires_grad_()
    optimiser = make([w, b], **options)
    steps = []
    for _ in range(20):
        optimiser.zero_grad()
        loss = ((problem["X"] @ w + b - problem["y"]) ** 2).mean()
        loss.backward()
        before = {"L": loss.item(), "grad w": w.grad.tolist(), "grad b": b.grad.item()}
        optimiser.step()
        steps.append({**before, "w": w.tolist(), "b": b.item()})
    defaults = {
        name: value
        for name, value in optimiser.defaults.items()
        if isinstance(value, (int, float, tuple)) and not isinstance(value, bool)
    }
    return {"options": defaults, "steps": steps}


def main():
    torch.manual_seed(1)
    problem = {
        "X": torch.randn(6, 3),
        "y": torch.randn(6),
        "w": torch.randn(3),
        "b": torch.tensor(0.5),
    }
    golden = {
        "torch": torch.__version__,
        "problem": {name: tensor.tolist() for name, tensor in problem.items()},
        "trajectories": {
            name: trajectory(make, options, problem)
            for name, (make, options) in optimisers.items()
        },
    }
    path = Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main()
