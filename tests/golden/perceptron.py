"""What PyTorch says about the perceptron's models: values of every tap, and gradients at every tap and parameter.

Writes perceptron.json beside this file. Run by hand: python3 tests/golden/perceptron.py

The models are those of chapters/01-perceptron/pytorch.py.
"""

import torch
from golden import differentiable, gradients, named_numbers, numbers, twin_of, write

twin = twin_of("01-perceptron")


def case(program, config, title, parameters, inputs, run):
    """Runs `run(parameters, inputs)`, which returns the taps in order, the output's name and the loss's function."""
    parameters = {name: value.double().requires_grad_() for name, value in parameters.items()}
    inputs = {name: value.double() for name, value in inputs.items()}
    inputs["x"].requires_grad_()
    taps, output, loss_of = run(parameters, inputs)
    for tap in taps.values():
        differentiable(tap)
    loss = loss_of()
    return {
        "program": program,
        "config": config,
        "title": title,
        "parameters": named_numbers(parameters),
        "inputs": named_numbers(inputs),
        "output": numbers(taps[output]),
        "taps": named_numbers({**taps, "L": loss}),
        "gradients": gradients(loss, {**parameters, **taps}),
    }


def with_parameters(module, parameters):
    """The module computing with these very tensors, so that they receive the gradients."""
    for name, value in parameters.items():
        delattr(module, name)
        setattr(module, name, value)
    return module


def neuron_case(activation, title, w, b, x, y):
    def run(parameters, inputs):
        neuron = with_parameters(twin.Neuron(len(w), twin.activations[activation]), parameters)
        p, z, y_hat = neuron(inputs["x"])
        taps = {"x": inputs["x"], "p": p, "z": z, "y_hat": y_hat, "y": inputs["y"]}
        return taps, "y_hat", lambda: twin.squared_error(y_hat, inputs["y"])

    config = {"activation": activation, "inputs": len(w)}
    return case("perceptron-neuron", config, title, {"w": w, "b": b}, {"x": x, "y": y}, run)


def line_case(rule, title, w, b, x, y):
    def run(parameters, inputs):
        g = twin.activations["step" if rule == "perceptron" else "sigmoid"]
        p, z, y_hat = with_parameters(twin.Neuron(2, g), parameters)(inputs["x"])
        taps = {"x": inputs["x"], "p": p, "z": z, "y_hat": y_hat, "y": inputs["y"]}

        def loss():
            if rule == "perceptron":
                return twin.perceptron_criterion(z, y_hat, inputs["y"])
            return twin.binary_cross_entropy(z, inputs["y"])

        return taps, "y_hat", loss

    golden = case("perceptron-line", {"rule": rule}, title, {"w": w, "b": b}, {"x": x, "y": y}, run)
    right = (torch.tensor(golden["taps"]["z"]) > 0) == (y > 0.5)
    return {**golden, "metrics": {"accuracy": numbers(right.double().mean())}}


def activation_case(activation, title, x):
    def run(_parameters, inputs):
        # A clone, because the identity would make z and a one tensor.
        z = inputs["x"].clone()
        a = twin.activations[activation](z)
        return {"z": z, "a": a}, "a", lambda: a.sum()

    return case("perceptron-activations", {"activation": activation}, title, {}, {"x": x}, run)


def layer_case(activation, title, W, b, x, y):
    k, n = W.shape

    def run(parameters, inputs):
        layer = with_parameters(twin.Layer(n, k, twin.activations[activation]), parameters)
        Z, Y_hat = layer(inputs["x"])
        taps = {"X": inputs["x"], "Z": Z, "Y_hat": Y_hat}
        return taps, "Y_hat", lambda: twin.squared_error(Y_hat, inputs["y"])

    config = {"activation": activation, "neurons": k, "inputs": n}
    return case("perceptron-layer", config, title, {"W": W, "b": b}, {"x": x, "y": y}, run)


def all_cases():
    normal = torch.randn
    first = torch.eye(5)[0]
    half = torch.tensor(0.5)
    by_hand = torch.tensor([[1.0, 0, 0, 0, 0], [0, 0, 1, 0, 0], [1, 1, 0, 0, 1], [0, 1, 0, 1, 1]])
    yield neuron_case("sigmoid", "by hand", first, half, by_hand, torch.tensor([1.0, 0, 1, 0]))

    for activation in twin.activations:
        yield neuron_case(
            activation, "one example", normal(5), normal(()), normal(5), normal(()))
        yield neuron_case(
            activation, "one input", normal(1), normal(()), normal(4, 1), normal(4))
        yield neuron_case(
            activation, "a batch", normal(3), normal(()), normal(6, 3), normal(6))
        yield neuron_case(
            activation, "saturated", 8 * normal(2), normal(()), normal(5, 2), normal(5))

        yield activation_case(activation, "a curve through 0", torch.linspace(-6, 6, 25))
        yield activation_case(activation, "a matrix", 2 * normal(3, 4))

        yield layer_case(
            activation, "one example", normal(3, 4), normal(3), normal(4), normal(3))
        yield layer_case(
            activation, "a batch", normal(3, 4), normal(3), normal(5, 4), normal(5, 3))
        yield layer_case(
            activation, "one neuron, one input", normal(1, 1), normal(1), normal(3, 1), normal(3, 1))

    corners = torch.tensor([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    exclusive_or = torch.tensor([0.0, 1, 1, 0])
    for rule in ("perceptron", "gradient"):
        yield line_case(rule, "all zero", torch.zeros(2), torch.zeros(()), corners, exclusive_or)
        yield line_case(
            rule, "one example", normal(2), normal(()), normal(2), torch.tensor(1.0))
        yield line_case(
            rule, "a batch", normal(2), normal(()), normal(8, 2), (normal(8) > 0).float())
        yield line_case(
            rule, "far from the line", 40 * normal(2), normal(()), 3 * normal(6, 2),
            (normal(6) > 0).float())


def has_margin(golden):
    """Whether no z is near a kink: the tests move a batch by up to 0.05 to take finite differences."""
    taps = golden["taps"]
    z = torch.tensor(taps["Z"] if "Z" in taps else taps["z"])
    return golden["title"] not in ("a batch", "a matrix") or bool((z.abs() > 0.05).all())


def main():
    torch.manual_seed(54)
    cases = list(all_cases())
    assert all(has_margin(golden) for golden in cases), "Take another seed."
    write("perceptron", cases)


if __name__ == "__main__":
    main()
