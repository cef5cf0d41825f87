"""What PyTorch says about single functions: surfaces to descend, losses and penalties, with their gradients.

Writes functions.json beside this file. Run by hand: python3 tests/golden/functions.py
"""

import json

import torch
from golden import here, named_numbers, numbers, twin_of
from torch.nn import functional as F

learning = twin_of("03-learning")
normal = torch.randn


def surface_case(surface, theta, weights="w_1 v_1"):
    """The heights at the rows of theta, and the gradient at each: a row's height is its own."""
    x, y = normal(6), normal(6)
    at = theta.double().requires_grad_()
    if surface == "line":
        J = learning.line_surface(at, x.double(), y.double())
    elif surface == "network":
        order = ["w_1", "w_2", "b_1", "b_2", "v_1", "v_2", "c"]
        first, second = (order.index(weight) for weight in weights.split())
        J = learning.network_surface(at, x.double(), y.double(), first, second)
    else:
        J = learning.surfaces[surface](at[:, 0], at[:, 1])
    (gradient,) = torch.autograd.grad(J.sum(), at)
    values = {"theta": theta, "x": x, "y": y, "J": J, "gradient": gradient}
    return {"surface": surface, "weights": weights, **named_numbers(values)}


def cross_entropy_case(title, logits, classes):
    z = logits.double().requires_grad_()
    loss = F.cross_entropy(z if z.dim() == 2 else z[None], classes.long().reshape(-1))
    (gradient,) = torch.autograd.grad(loss, z)
    values = {"logits": logits, "classes": classes, "loss": loss, "gradient": gradient}
    return {"title": title, **named_numbers(values)}


def decay_case(lambda_):
    """One step of torch.optim.SGD with weight_decay, on two weights and a loss that is linear in them."""
    W, v = normal(3, 2).double().requires_grad_(), normal(4).double().requires_grad_()
    slope = [normal(3, 2).double(), normal(4).double()]
    before = named_numbers({"W": W, "v": v})
    optimiser = torch.optim.SGD([W, v], lr=0.1, weight_decay=lambda_)
    ((W * slope[0]).sum() + (v * slope[1]).sum()).backward()
    optimiser.step()
    return {
        "lambda": lambda_,
        "learningRate": 0.1,
        "before": before,
        "gradient": {"W": numbers(slope[0]), "v": numbers(slope[1])},
        "after": named_numbers({"W": W, "v": v}),
    }


def main():
    torch.manual_seed(3)
    golden = {
        "torch": torch.__version__,
        "surfaces": [
            *(surface_case(name, normal(4, 2)) for name in (*learning.surfaces, "line")),
            *(surface_case("network", normal(4, 2), pair) for pair in ("w_1 v_1", "b_2 c", "v_2 w_1")),
        ],
        "crossEntropy": [
            cross_entropy_case("one example", normal(3), torch.tensor(2.0)),
            cross_entropy_case("a batch", 2 * normal(5, 4), torch.tensor([0.0, 3, 1, 1, 2])),
            cross_entropy_case(
                "far from every border",
                torch.tensor([[1000.0, -1000, 0], [-80, 80, 500], [3e4, 0, -3e4]]),
                torch.tensor([1.0, 2, 0])),
        ],
        "decay": [decay_case(lambda_) for lambda_ in (0.0, 0.3)],
    }
    (here / "functions.json").write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main()
