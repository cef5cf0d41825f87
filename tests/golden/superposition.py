"""What PyTorch says of toy models of superposition: their features, loss, and dimensionality.

    python3 tests/golden/superposition.py    # writes superposition.json; needs Debian's python3-torch
"""

import torch
from golden import write
from images import case, normal, single

ladder = [1, 0.5, 0.3, 0.2, 0.1, 0.05, 0.02]


def superposition_case(title, n, m, density, decay, output, examples):
    p = torch.tensor([density, *ladder])
    importance = torch.tensor([decay**i for i in range(n)])

    def run(parameters, inputs, tap):
        W, b = parameters["W"], parameters["b"]
        there = (inputs["u"] < p[:, None, None]).double()
        G = tap("G", torch.einsum("kmi,kmj->kij", W, W))
        norm = (W**2).sum(1)
        tap("D", norm**2 / ((G**2).sum(-1) + 1e-12))
        x = tap("x", inputs["v"] * there)
        h = tap("h", torch.einsum("kbn,kmn->kbm", x, W))
        z = tap("z", torch.einsum("kbm,kmn->kbn", h, W) + b[:, None])
        x_hat = tap("x_hat", z.relu() if output == "relu" else z)
        L_k = tap("L_k", (importance * (x - x_hat) ** 2).sum(-1).mean(-1))
        return x_hat, L_k.mean()

    config = dict(n=n, m=m, p=density, decay=decay, output=output)
    while True:
        parameters = dict(W=single(0.6 * normal(len(p), m, n)), b=single(0.3 * normal(len(p), n)))
        inputs = dict(v=single(torch.rand(examples, n)), u=single(torch.rand(examples, n)))
        made = case(
            "mi-superposition", f"superposition, {output}", title, config, parameters, inputs, run)
        # A finite difference across the corner of a ReLU is no slope.
        if torch.tensor(made["taps"]["z"]).abs().min() > 0.03:
            return made


def cases():
    yield superposition_case("a batch", 4, 2, 0.4, 0.9, "relu", examples=2)
    yield superposition_case("one dimension", 3, 1, 0.7, 1.0, "relu", examples=2)
    yield superposition_case("a batch", 4, 3, 0.1, 0.7, "linear", examples=2)


def main():
    torch.manual_seed(9)
    write("superposition", cases())


if __name__ == "__main__":
    main()
