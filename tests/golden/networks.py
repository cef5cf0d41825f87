"""What PyTorch says about the multilayer perceptrons: every tap, and the gradients at taps and parameters.

Writes networks.json beside this file. Run by hand: python3 tests/golden/networks.py

The models are those of chapters 2 and 3: nn.Linear, nn.BatchNorm1d, nn.LayerNorm and nn.Dropout, watched
by forward hooks. What happens inside a normalisation or a dropout is written out here (`Opened…`), and
held to PyTorch's own layer in output, running statistics and gradients.
"""

import torch
from golden import differentiable, gradients, named_numbers, numbers, twin_of, write
from torch import nn

perceptron = twin_of("01-perceptron")
multilayer = twin_of("02-multilayer-perceptron")
learning = twin_of("03-learning")

normal = torch.randn


class Named(nn.Module):
    """An activation function as a module, so that a hook can watch it."""

    def __init__(self, name):
        super().__init__()
        self.name, self.g = name, perceptron.activations[name]

    def forward(self, z):
        # A clone, because the identity would make z and a one tensor.
        return self.g(z.clone())


class OpenedNorm(nn.Module):
    """A normalisation by its formula, every quantity recorded; `own` is PyTorch's layer."""

    def __init__(self, own, record, part):
        super().__init__()
        self.own, self.record, self.part = own, record, part

    def forward(self, X):
        own, record = self.own, lambda name, value: self.record(f"{self.part}.{name}", value)
        is_batch_norm = isinstance(own, nn.BatchNorm1d)
        if not is_batch_norm:
            mu = record("mu", X.mean(-1, keepdim=True))
            sigma2 = record("sigma2", (X - mu).square().mean(-1, keepdim=True))
        elif own.training:
            mu = record("mu", X.mean(0))
            sigma2 = record("sigma2", (X - mu).square().mean(0))
        else:
            mu = record("mu", own.running_mean.clone())
            sigma2 = record("sigma2", own.running_var.clone())
        x_hat = record("x_hat", (X - mu) / (sigma2 + 1e-5).sqrt())
        y = record("y", own.weight * x_hat + own.bias)
        reference = own(X if X.dim() > 1 or not is_batch_norm else X[None])
        assert torch.allclose(y, reference.reshape(y.shape), rtol=1e-12, atol=1e-12)
        if is_batch_norm and own.training:
            record("next_mean", own.running_mean.clone())
            record("next_var", own.running_var.clone())
        return y


class OpenedDropout(nn.Module):
    """Dropout with the mask that PyTorch's own has just drawn, and draws u that give this mask."""

    def __init__(self, p, record, inputs, part):
        super().__init__()
        self.own, self.record, self.inputs, self.part = nn.Dropout(p), record, inputs, part

    def forward(self, a):
        p = self.own.p
        if not self.training or p == 0:
            return a
        thinned = self.own(a)
        assert bool((a != 0).all()), "Where a is 0, dropout does not show its mask."
        kept = (thinned != 0).double()
        within = torch.rand(a.shape).double() * 0.9 + 0.05
        self.inputs[f"{self.part}.u"] = (kept * (p + (1 - p) * within) + (1 - kept) * p * within).float()
        mask = self.record(f"{self.part}.mask", kept)
        a_tilde = self.record(f"{self.part}.a_tilde", a * mask / (1 - p))
        assert torch.allclose(a_tilde, thinned, rtol=1e-12, atol=0)
        return a_tilde


def opened(model, record, inputs):
    """The model with every step of it recorded."""
    for i, (g, layer) in enumerate(zip(model.activations, model.layers)):
        part = f"layers.{i}"
        layer.register_forward_hook(lambda _m, _i, z, part=part: record(f"{part}.z", z))
        g.register_forward_hook(lambda _m, _i, a, part=part: record(f"{part}.a", a))
    model.layers[-1].register_forward_hook(lambda _m, _i, logits: record("logits", logits))
    for i, (norm, drop) in enumerate(zip(model.norms, model.drops)):
        part = f"layers.{i}"
        if not isinstance(norm, nn.Identity):
            model.norms[i] = OpenedNorm(norm, record, f"{part}.norm")
        model.drops[i] = OpenedDropout(drop.p, record, inputs, part)
    return model


def parameter_names(model):
    """PyTorch's name of each parameter and running statistic, by ours."""
    names = {}
    for i, layer in enumerate(model.layers):
        names[f"layers.{i}.W"], names[f"layers.{i}.b"] = layer.weight, layer.bias
    for i, norm in enumerate(model.norms):
        if isinstance(norm, nn.Identity):
            continue
        names[f"layers.{i}.norm.gamma"], names[f"layers.{i}.norm.beta"] = norm.weight, norm.bias
        if isinstance(norm, nn.BatchNorm1d):
            names[f"layers.{i}.norm.running_mean"] = norm.running_mean
            names[f"layers.{i}.norm.running_var"] = norm.running_var
    return names


class Unfit(Exception):
    """Numbers that float32 or a finite difference cannot be asked to reproduce."""


def settled(make):
    """A case that is fit: parameters are drawn until it is one."""
    while True:
        try:
            return make()
        except Unfit:
            pass


kinked = ("relu", "leakyRelu", "step")


def margin(names, taps):
    """How near to the kink of its activation a z comes."""
    befores = [taps.get(f"layers.{i}.norm.y", taps[f"layers.{i}.z"]) for i in range(len(names))]
    near = [z.abs().min().item() for z, name in zip(befores, names) if name in kinked]
    return min(near, default=1.0)


norms = {"none": nn.Identity, "batch": nn.BatchNorm1d, "layer": nn.LayerNorm}


def network(sizes, names, norm="none", p=0.0):
    """The network, every parameter away from where it would start, in float64 but float32 numbers."""
    model = learning.MLP(sizes, [Named(name) for name in names], norms[norm], p)
    for name, tensor in parameter_names(model).items():
        with torch.no_grad():
            tensor.copy_(tensor * 1.5 + 0.2 * torch.randn_like(tensor))
            if name.endswith("running_var"):
                tensor.abs_()
    return model.double()


def network_case(group, title, program, config, model, x, y, task, loss_of, before=None, training=False):
    """
    One run of a network. `before(x, record)` makes of x what the network is given. `loss_of(logits, y,
    y_hat, record)` returns the loss. With `training` the model is in its training mode.
    """
    taps = {}

    def record(name, value):
        taps[name] = differentiable(value)
        return value

    inputs = {"x": x, "y": y}
    if training:
        inputs["training"] = torch.tensor(1.0)
    parameters = parameter_names(model)
    start = named_numbers(parameters)
    reference = reference_gradients(model, x, y, before, loss_of, training)

    x, y = x.double().requires_grad_(), y.double()
    record("x", x)
    model = opened(model, record, inputs).train(training)
    logits = model(before(x, record) if before else x)
    y_hat = record("y_hat", multilayer.answers[task](logits))
    loss = loss_of(logits, record("y", y), y_hat, record)
    trained = {name: tensor for name, tensor in parameters.items() if tensor.requires_grad}
    found = gradients(loss, {**trained, **{n: t for n, t in taps.items() if n != "L"}})
    if reference is not None:
        for name, gradient in reference.items():
            ours = torch.tensor(found[name]).double()
            theirs = torch.tensor(gradient).double()
            assert torch.allclose(ours, theirs, rtol=1e-6, atol=1e-8), (title, name)
    if title == "a batch":
        # The tests move a batch by up to 0.05 to take finite differences.
        if margin([g.name for g in model.activations], taps) < 0.05:
            raise Unfit
    # A small variance that is divided by makes a rounding error large, and the loss strongly curved.
    if any(taps[name].min() < 0.2 for name in taps if name.endswith("sigma2")):
        raise Unfit
    golden = {
        "program": program,
        "group": group,
        "config": config,
        "title": title,
        "parameters": start,
        "inputs": named_numbers(inputs),
        "output": numbers(y_hat),
        "taps": named_numbers({**taps, "L": loss}),
        "gradients": found,
    }
    if task == "regression":
        return golden
    said = logits.argmax(-1) if task == "classes" else (logits.squeeze(-1) > 0)
    return {**golden, "metrics": {"accuracy": numbers((said == y).double().mean())}}


def reference_gradients(model, x, y, before, loss_of, training):
    """The gradients at the parameters by PyTorch's own layers alone; None where dropout draws."""
    if any(drop.p > 0 for drop in model.drops) and training:
        return None
    statistics = [buffer.clone() for buffer in model.buffers()]
    silent = lambda _name, value: value
    model.train(training)
    x = x.double()
    given = before(x, silent) if before else x
    if given.dim() == 1 and any(isinstance(norm, nn.BatchNorm1d) for norm in model.norms):
        return None
    loss = loss_of(model(given), y.double(), None, silent)
    trained = {n: t for n, t in parameter_names(model).items() if t.requires_grad}
    found = gradients(loss, trained)
    for buffer, was in zip(model.buffers(), statistics):
        buffer.copy_(was)
    return found


def penalty(model, l1, l2):
    weights = [layer.weight for layer in model.layers]
    return learning.l1_penalty(weights, l1) + learning.l2_penalty(weights, l2)


def plain_loss(task, model, l1=0.0, l2=0.0):
    def loss_of(logits, y, _y_hat, record):
        L_data = record("L_data", multilayer.losses[task](logits, y))
        if l1 == 0 and l2 == 0:
            return L_data
        return L_data + record("R", penalty(model, l1, l2))

    return loss_of


every_feature = list(multilayer.features)


def playground_case(group, title, names, widths, x, y, task="binary", classes=2, chosen=("x1", "x2"),
                    norm="none", p=0.0, l1=0.0, l2=0.0, training=False):
    outputs = classes if task == "classes" else 1
    model = network([len(chosen), *widths, outputs], names, norm, p)
    config = {
        "task": "regression" if task == "regression" else "classification",
        "classes": classes,
        "depth": len(widths),
        **{f"units{i + 1}": width for i, width in enumerate(widths)},
        **{f"activation{i + 1}": name for i, name in enumerate(names)},
        "activation": "tanh",
        "initialiser": "xavier",
        **{name: name in chosen for name in every_feature},
        "norm": norm,
        "dropout": p,
        "l1": l1,
        "l2": l2,
    }
    before = lambda x, record: record("phi", multilayer.features_of(chosen, x))
    loss_of = plain_loss(task, model, l1, l2)
    return network_case(
        f"mlp-playground, {group}", title, "mlp-playground", config, model, x, y, task, loss_of,
        before, training)


def iris_case(title, widths, inputs, classes, x, y):
    names = ["relu"] * len(widths)
    model = network([inputs, *widths, classes], names)
    config = {
        "inputs": inputs,
        "classes": classes,
        "depth": len(widths),
        **{f"units{i + 1}": width for i, width in enumerate(widths)},
        "activation": "relu",
        "initialiser": "he",
    }
    loss_of = plain_loss("classes", model)
    return network_case(
        f"mlp-iris, {classes} classes", title, "mlp-iris", config, model, x, y, "classes", loss_of)


def shapes_case(title, widths, inputs, outputs, x, y):
    model = network([inputs, *widths, outputs], ["sigmoid"] * len(widths))
    config = {
        "inputs": inputs,
        "outputs": outputs,
        "depth": len(widths),
        **{f"units{i + 1}": width for i, width in enumerate(widths)},
        "activation": "sigmoid",
        "initialiser": "pytorch",
    }
    loss_of = lambda logits, y, _y_hat, record: nn.functional.mse_loss(logits, y)
    golden = network_case(
        "mlp-shapes", title, "mlp-shapes", config, model, x, y, "regression", loss_of)
    # Its logits are its answer.
    del golden["taps"]["y_hat"], golden["gradients"]["y_hat"]
    return {**golden, "output": golden["taps"]["logits"]}


def signals_case(group, title, name, depth, norm, x, y):
    width = 5
    model = network([3] + [width] * depth + [1], [name] * depth, norm)
    config = {
        "inputs": 3, "depth": depth, "width": width, "activation": name, "initialiser": "he",
        "norm": norm,
    }
    loss_of = lambda logits, y, _y_hat, record: multilayer.losses["binary"](logits, y)
    golden = network_case(
        f"learning-signals, {group}", title, "learning-signals", config, model, x, y, "binary",
        loss_of, training=norm == "batch" and x.dim() == 2)
    golden["inputs"].pop("training", None)
    return {name: value for name, value in golden.items() if name != "metrics"}


def overfitting_case(task, title, name, x, y, p=0.0, norm="none", training=False, decay=0.03):
    is_curve = task == "curve"
    config = {
        "task": task, "depth": 2, "width": 6, "activation": name, "initialiser": "he",
        "norm": norm, "dropout": p, "weightDecay": decay,
    }
    model = network([1 if is_curve else 2, 6, 6, 1], [name] * 2, norm, p)

    def loss_of(logits, y, y_hat, record):
        kind = "regression" if is_curve else "binary"
        if is_curve and y_hat is not None:
            L_data = nn.functional.mse_loss(y_hat, y)
        else:
            L_data = multilayer.losses[kind](logits, y)
        record("L_data", L_data)
        return L_data + record("R", penalty(model, 0.0, decay))

    before = (lambda x, _record: x.unsqueeze(-1)) if is_curve else None
    return network_case(
        f"learning-overfitting, {task}", title, "learning-overfitting", config, model, x, y,
        "regression" if is_curve else "binary", loss_of, before, training)


def run_case(group, title, program, config, parameters, x, y, run):
    """`run(parameters, x, y)` returns the taps and the loss; the output is y_hat."""
    parameters = {name: value.double().requires_grad_() for name, value in parameters.items()}
    leaf_x, leaf_y = x.double().requires_grad_(), y.double().requires_grad_()
    taps, loss = run(parameters, leaf_x, leaf_y)
    return {
        "program": program,
        "group": group,
        "config": config,
        "title": title,
        "parameters": named_numbers(parameters),
        "inputs": named_numbers({"x": x, "y": y}),
        "output": numbers(taps["y_hat"]),
        "taps": named_numbers({**taps, "L": loss}),
        "gradients": gradients(loss, {**parameters, **taps}),
    }


def bumps_case(title, k, x, y, scale=0.5):
    model = multilayer.Bumps(k, steepness=4.0)
    with torch.no_grad():
        for tensor in model.parameters():
            tensor += scale * torch.randn_like(tensor)
    hidden, output = model.layers
    parameters = {
        "layers.0.W": hidden.weight.detach(), "layers.0.b": hidden.bias.detach(),
        "layers.1.W": output.weight.detach(), "layers.1.b": output.bias.detach(),
    }

    def run(parameters, x, y):
        for i, layer in enumerate(model.layers):
            del layer.weight, layer.bias
            layer.weight, layer.bias = parameters[f"layers.{i}.W"], parameters[f"layers.{i}.b"]
        z, a, bumps, y_hat = model(x)
        taps = {"x": x, "layers.0.z": z, "layers.0.a": a, "bumps": bumps, "y_hat": y_hat, "y": y}
        return taps, multilayer.squared_error(y_hat, y)

    config = {"bumps": k, "steepness": 4}
    return run_case("mlp-bumps", title, "mlp-bumps", config, parameters, x, y, run)


scalar_weights = ["w_11", "w_12", "w_21", "w_22", "b_1", "b_2", "v_1", "v_2", "c"]


def backprop_case(title, name, output, x, y):
    g, f = perceptron.activations[name], perceptron.activations[output]
    apart = lambda function: lambda z: function(z.clone())  # the identity makes two names one tensor

    def run(parameters, x, y):
        weights = [parameters[weight] for weight in scalar_weights]
        quantities = learning.scalar_network(weights, x, apart(g), apart(f))
        taps = {
            quantity: differentiable(value)
            for quantity, value in quantities.items()
            if quantity not in parameters and quantity not in ("weights", "x", "g", "f")
        }
        for tap, function, at in (("slope_1", g, "z_1"), ("slope_2", g, "z_2"), ("slope", f, "z")):
            taps[tap] = differentiable(learning.slope(function, taps[at]))
        near = torch.cat([taps["z_1"].flatten(), taps["z_2"].flatten()]).abs().min()
        if title == "a batch" and name in kinked and near < 0.05:
            raise Unfit
        taps["y"] = y
        taps["e"] = taps["y_hat"] - y
        return taps, taps["e"].square().mean()

    config = {"activation": name, "output": output}
    parameters = {weight: normal(()) for weight in scalar_weights}
    return run_case(
        f"learning-backprop, {name}", title, "learning-backprop", config, parameters, x, y, run)


def yes_or_no(m):
    return (normal(m) > 0).float()


def playground_cases():
    for title, x, y in (("one example", normal(2), torch.tensor(1.0)), ("a batch", normal(6, 2), yes_or_no(6))):
        yield playground_case("no hidden layer", title, [], [], x, y)
        yield playground_case("tanh", title, ["tanh", "tanh"], [4, 3], x, y)
        yield settled(lambda: playground_case("relu", title, ["relu"] * 3, [3, 3, 2], x, y))
        four = ["leakyRelu", "gelu", "sigmoid", "identity"]
        yield settled(
            lambda: playground_case("an activation each", title, four, [3, 4, 3, 2], x, y))
        yield playground_case("every feature", title, ["tanh"], [4], x, y, chosen=every_feature)
        yield playground_case(
            "regression", title, ["tanh"], [5], x, 3 * normal(y.shape), task="regression",
            chosen=("x1Squared", "sinX2"))
        yield playground_case(
            "five classes", title, ["tanh"], [4], x, torch.randint(5, y.shape).float(),
            task="classes", classes=5)
        yield playground_case("penalties", title, ["tanh"], [4], x, y, l1=0.02, l2=0.3)
        yield playground_case(
            "dropout", title, ["tanh", "gelu"], [6, 5], x, y, p=0.4, training=True)
        yield settled(
            lambda: playground_case("layer norm", title, ["gelu", "relu"], [6, 4], x, y, norm="layer"))
    yield playground_case(
        "five classes", "far from every border", ["identity"], [4], 40 * normal(4, 2),
        torch.tensor([0.0, 1, 2, 4]), task="classes", classes=5)
    yield playground_case(
        "dropout", "no draws", ["tanh", "gelu"], [6, 5], normal(3, 2), yes_or_no(3), p=0.4)
    x, y = normal(8, 2), yes_or_no(8)
    for title, training in (("a batch", True), ("out of training", False)):
        yield settled(
            lambda: playground_case(
                "batch norm", title, ["relu", "tanh"], [4, 4], x, y, norm="batch",
                training=training))
    one, zero, classes = normal(2), torch.tensor(0.0), torch.randint(3, (8,)).float()
    yield settled(
        lambda: playground_case(
            "batch norm", "one example", ["relu", "tanh"], [5, 4], one, zero, norm="batch"))
    yield settled(
        lambda: playground_case(
            "all together", "a batch", ["tanh", "gelu"], [5, 4], x, classes, task="classes",
            classes=3, chosen=("x1", "x2", "x1x2"), norm="batch", p=0.25, l1=0.01, l2=0.1,
            training=True))


def other_cases():
    flowers, species = normal(6, 4), torch.tensor([0.0, 1, 2, 2, 1, 0])
    yield settled(lambda: iris_case("a batch", [4], 4, 3, flowers, species))
    yield iris_case("one example", [5, 4], 4, 3, normal(4), torch.tensor(2.0))
    yield iris_case("a batch", [], 3, 2, normal(5, 3), torch.tensor([0.0, 1, 1, 0, 1]))
    yield shapes_case("a batch", [3, 4], 2, 3, normal(5, 2), normal(5, 3))
    yield shapes_case("one example", [], 4, 2, normal(4), normal(2))
    yield bumps_case("a batch", 3, torch.rand(6), normal(6))
    yield bumps_case("one example", 2, torch.rand(()), normal(()))
    yield bumps_case("as it opens", 2, torch.linspace(0, 1, 5), normal(5), scale=0.0)
    for name, output in (("tanh", "identity"), ("relu", "sigmoid"), ("sigmoid", "tanh")):
        yield backprop_case("one example", name, output, normal(2), normal(()))
        yield settled(lambda: backprop_case("a batch", name, output, normal(5, 2), normal(5)))
    x, y = normal(6, 3), yes_or_no(6)
    yield signals_case("tanh", "a batch", "tanh", 12, "none", x, y)
    yield settled(lambda: signals_case("relu", "a batch", "relu", 5, "none", x[:4], y[:4]))
    yield settled(lambda: signals_case("batch norm", "a batch", "tanh", 4, "batch", x, y))
    yield settled(lambda: signals_case("batch norm", "one example", "tanh", 4, "batch", x[0], y[0]))
    yield settled(lambda: signals_case("layer norm", "a batch", "gelu", 4, "layer", x, y))
    for training in (True, False):
        title = "a batch" if training else "out of training"
        x, y, points, classes = normal(6), normal(6), normal(6, 2), yes_or_no(6)
        yield overfitting_case("curve", title, "tanh", x, y, p=0.3, training=training)
        yield settled(
            lambda: overfitting_case(
                "plane", title, "gelu", points, classes, p=0.3, norm="batch", training=training))
    yield overfitting_case("curve", "one example", "relu", normal(()), normal(()))


def main():
    torch.manual_seed(2)
    write("networks", [*playground_cases(), *other_cases()])


if __name__ == "__main__":
    main()
