"""What PyTorch says of convolution, pooling, a small CNN, autoencoders and a variational autoencoder.

Pictures lie channels last, as TensorFlow.js has them; weights as PyTorch has them.

    python3 tests/golden/images.py    # writes images.json; needs Debian's python3-torch
"""

import torch
import torch.nn.functional as F
from golden import differentiable, gradients, named_numbers, numbers, write

torch.set_default_dtype(torch.float64)


def single(tensor):
    """The numbers that float32 can hold."""
    return tensor.float().double()


def normal(*shape):
    return single(torch.randn(shape))


def channels_first(x):
    return x.permute(0, 3, 1, 2)


def channels_last(x):
    return x.permute(0, 2, 3, 1)


def case(program, group, title, config, parameters, inputs, run):
    """`run(parameters, inputs, tap)` returns the output and the loss."""
    parameters = {name: value.requires_grad_() for name, value in parameters.items()}
    taps = {}

    def tap(name, value):
        taps[name] = differentiable(value)
        return taps[name]

    output, loss = run(parameters, inputs, tap)
    taps["L"] = loss
    points = {**parameters, **{name: value for name, value in taps.items() if name != "L"}}
    return {
        "program": program,
        "group": group,
        "config": config,
        "title": title,
        "parameters": named_numbers(parameters),
        "inputs": named_numbers(inputs),
        "output": numbers(output),
        "taps": named_numbers(taps),
        "gradients": gradients(loss, points),
    }


def convolved(W, b, x, stride, padding, dilation, tap):
    """As F.conv2d, but by way of the patches, so that there is a gradient at them."""
    c_out, _, k, _ = W.shape
    first = channels_first(x)
    columns = F.unfold(first, k, dilation=dilation, padding=padding, stride=stride)  # [m, ckk, places]
    straight = F.conv2d(first, W, b, stride=stride, padding=padding, dilation=dilation)
    m, _, rows, wide = straight.shape
    patches = tap("patches", columns.transpose(1, 2).reshape(m, rows, wide, -1))
    z = tap("z", patches @ W.reshape(c_out, -1).T + b)
    assert torch.allclose(z, channels_last(straight), atol=1e-12)
    return z


def convolution_case(title, size, c_in, c_out, kernel, stride=1, padding=0, dilation=1, m=2):
    config = dict(
        c_in=c_in, c_out=c_out, kernel=kernel, stride=stride, padding=padding, dilation=dilation)
    parameters = dict(W=normal(c_out, c_in, kernel, kernel), b=normal(c_out))
    h, w = size
    x = normal(m, h, w, c_in)
    like = F.conv2d(channels_first(x), parameters["W"], None, stride, padding, dilation)
    y = normal(*channels_last(like).shape)

    def run(p, inputs, tap):
        z = convolved(p["W"], p["b"], tap("x", inputs["x"]), stride, padding, dilation, tap)
        return z, ((z - inputs["y"]) ** 2).mean()

    group = "convolution"
    return case("convolution", group, title, config, parameters, dict(x=x, y=y), run)


def spaced(*shape):
    """Numbers in any order, no two nearer than 0.1: the greatest of a window stays the greatest."""
    count = torch.Size(shape).numel()
    return single((torch.randperm(count) - count / 2) * 0.1).reshape(shape)


def pooling_case(kind, title, size, window, stride, channels=2):
    x = spaced(2, *size, channels)
    pool = F.max_pool2d if kind == "max" else F.avg_pool2d
    y = normal(*channels_last(pool(channels_first(x), window, stride)).shape)

    def run(_, inputs, tap):
        p = tap("p", channels_last(pool(channels_first(tap("x", inputs["x"])), window, stride)))
        return p, ((p - inputs["y"]) ** 2).mean()

    config = dict(kind=kind, size=window, stride=stride)
    return case("pooling", f"{kind} pooling", title, config, {}, dict(x=x, y=y), run)


def cnn_case(title, size, pool, activation, classes=4, m=3, channel=False):
    left = size // 4 if pool != "none" else size
    shapes = {
        "convs.0.W": (2, 1, 3, 3), "convs.0.b": (2,), "convs.1.W": (3, 2, 3, 3), "convs.1.b": (3,),
        "output.W": (classes, 3 * left * left), "output.b": (classes,)}
    parameters = {name: single(0.5 * torch.randn(shape)) for name, shape in shapes.items()}
    g = {"relu": torch.relu, "tanh": torch.tanh}[activation]
    pools = dict(max=F.max_pool2d, average=F.avg_pool2d, none=lambda a, size: a)

    def run(p, inputs, tap):
        x = inputs["x"]
        maps = x if channel else x.unsqueeze(-1)
        for i in range(2):
            W, b = p[f"convs.{i}.W"], p[f"convs.{i}.b"]
            own = lambda name, value: tap(f"convs.{i}.{name}", value)
            a = own("a", g(convolved(W, b, maps, 1, 1, 1, own)))
            maps = own("p", channels_last(pools[pool](channels_first(a), 2)))
        flat = tap("flat", channels_first(maps).flatten(1))
        logits = tap("logits", F.linear(flat, p["output.W"], p["output.b"]))
        return logits, F.cross_entropy(logits, inputs["y"].long())

    x = normal(m, size, size, 1) if channel else normal(m, size, size)
    inputs = dict(x=x, y=torch.arange(m).double() % classes)
    config = dict(size=size, pool=pool, activation=activation, classes=classes)
    golden = case("cnn", "cnn", title, config, parameters, inputs, run)
    if pool == "max" and activation == "relu":
        # Where all of a window is 0, each backend has its own way to choose the greatest.
        for i in range(2):
            del golden["gradients"][f"convs.{i}.a"]
    return golden


def linear_parameters(part, sizes):
    shapes = {}
    for i, (n, k) in enumerate(zip(sizes, sizes[1:])):
        shapes[f"{part}.layers.{i}.W"] = (k, n)
        shapes[f"{part}.layers.{i}.b"] = (k,)
    return {name: single(0.7 * torch.randn(shape)) for name, shape in shapes.items()}


def mlp(part, p, x, tap):
    """One hidden layer of tanh, and a linear one."""
    W, b, V, c = (p[f"{part}.layers.{name}"] for name in ("0.W", "0.b", "1.W", "1.b"))
    a = tap(f"{part}.layers.0.a", torch.tanh(tap(f"{part}.layers.0.z", F.linear(x, W, b))))
    return tap(f"{part}.logits", F.linear(a, V, c))


def bernoulli_cost(logits, x):
    return F.binary_cross_entropy_with_logits(logits, x, reduction="none").sum(-1)


def autoencoder_case(group, title, code, penalty, share=0.0, noisy=False):
    parameters = {**linear_parameters("encoder", [6, 4, 3]), **linear_parameters("decoder", [3, 4, 6])}
    inputs = dict(x=single(torch.rand(5, 6)))
    if noisy:
        inputs["u"] = single(torch.rand(5, 6))
    f = {"identity": lambda z: z, "sigmoid": torch.sigmoid}[code]

    def run(p, inputs, tap):
        x = inputs["x"]
        x_tilde = tap("x_tilde", x * (inputs["u"] >= share) if noisy else x.clone())
        h = tap("h", f(mlp("encoder", p, x_tilde, tap)))
        logits = mlp("decoder", p, h, tap)
        x_hat = tap("x_hat", torch.sigmoid(logits))
        cost = bernoulli_cost(logits, x).mean()
        if penalty == "none":
            return x_hat, cost
        reconstruction = tap("reconstruction", cost)
        if penalty == "l1":
            R = 0.3 * h.abs().sum(-1).mean()
        else:
            rho_hat = tap("rho_hat", h.mean(0))
            coin = lambda probs: torch.distributions.Bernoulli(probs=probs)
            rho = torch.full_like(rho_hat, 0.1)
            R = 0.5 * torch.distributions.kl_divergence(coin(rho), coin(rho_hat)).sum()
        return x_hat, reconstruction + tap("R", R)

    config = dict(code=code, penalty=penalty, share=share)
    return case("autoencoder", group, title, config, parameters, inputs, run)


def vae_case(
        title, likelihood="bernoulli", beta=1.0, free_bits=0.0, classes=0,
        sampling="reparameterised", noisy=True, group="vae"):
    parameters = {
        **linear_parameters("encoder", [6 + classes, 4, 4]),
        **linear_parameters("decoder", [2 + classes, 4, 6])}
    inputs = dict(x=single(torch.rand(5, 6)))
    if noisy:
        inputs["epsilon"] = normal(5, 2)
    if classes:
        inputs["y"] = torch.arange(5).double() % classes
    Normal, divergence = torch.distributions.Normal, torch.distributions.kl_divergence

    def told(x, inputs):
        return torch.cat([x, F.one_hot(inputs["y"].long(), classes).double()], 1) if classes else x

    def run(p, inputs, tap):
        x = inputs["x"]
        mu, log_var = mlp("encoder", p, told(x, inputs), tap).chunk(2, 1)
        mu, log_var = tap("mu", mu), tap("log_var", log_var)
        constant = sampling != "reparameterised"
        mean, spread = (mu.detach(), log_var.detach()) if constant else (mu, log_var)
        sigma = tap("sigma", torch.exp(spread / 2))
        z = tap("z", mean + sigma * tap("epsilon", inputs["epsilon"]) if noisy else mean.clone())
        logits = mlp("decoder", p, told(z, inputs), tap)
        x_hat = tap("x_hat", torch.sigmoid(logits))
        cost = (
            bernoulli_cost(logits, x) if likelihood == "bernoulli"
            else -Normal(x_hat, 0.4).log_prob(x).sum(-1))
        if sampling == "score":
            log_q = Normal(mu, torch.exp(log_var / 2)).log_prob(z.detach()).sum(-1)
            cost = cost + (cost.detach() - 2) * (log_q - log_q.detach())
        kl = tap("kl", divergence(Normal(mu, torch.exp(log_var / 2)), Normal(0.0, 1.0)))
        KL_d = tap("KL_d", kl.mean(0))
        KL = tap("KL", KL_d.sum())
        charged = KL_d.clamp(min=free_bits).sum() if free_bits else KL
        ELBO = tap("ELBO", -tap("reconstruction", cost.mean()) - beta * charged)
        return x_hat, -ELBO

    config = dict(
        likelihood=likelihood, beta=beta, freeBits=free_bits, classes=classes, sampling=sampling)
    return case("vae", group, title, config, parameters, inputs, run)


def cases():
    yield convolution_case("a batch", (5, 6), 2, 3, 3, padding=1)
    yield convolution_case("no padding", (5, 5), 1, 2, 3)
    yield convolution_case("stride 2", (6, 7), 2, 2, 3, stride=2, padding=1)
    yield convolution_case("stride 3, what is left over is not seen", (8, 9), 1, 2, 2, stride=3)
    yield convolution_case("dilation 2", (7, 6), 2, 2, 3, padding=2, dilation=2)
    yield convolution_case("all at once", (9, 8), 3, 2, 3, stride=2, padding=3, dilation=2)
    yield convolution_case("an even kernel", (4, 4), 2, 3, 2, padding=1)
    yield convolution_case("one cell", (3, 4), 3, 2, 1)
    yield convolution_case("one place", (3, 3), 2, 4, 3, m=1)
    for kind in ("max", "average"):
        yield pooling_case(kind, "a batch", (4, 6), 2, 2)
        yield pooling_case(kind, "overlapping", (5, 6), 3, 2)
        yield pooling_case(kind, "stride 1", (4, 4), 2, 1, channels=1)
        yield pooling_case(kind, "gaps and a rest", (8, 7), 2, 3)
    yield cnn_case("a batch", 8, "average", "tanh")
    yield cnn_case("relu and max", 8, "max", "relu", channel=True)
    yield cnn_case("no pooling", 4, "none", "tanh", m=1)
    yield autoencoder_case("autoencoder, undercomplete", "a batch", "identity", "none")
    yield autoencoder_case(
        "autoencoder, denoising", "a batch", "identity", "none", share=0.4, noisy=True)
    yield autoencoder_case("autoencoder, L1", "a batch", "identity", "l1")
    yield autoencoder_case("autoencoder, KL of the mean", "a batch", "sigmoid", "kl")
    yield vae_case("a batch")
    yield vae_case("without noise", noisy=False)
    yield vae_case("beta", beta=4.0)
    yield vae_case("plain sample", sampling="plain")
    yield vae_case("score function", sampling="score")
    yield vae_case("conditional", classes=3)
    yield vae_case("a batch", likelihood="gaussian", group="vae, normal pixels")
    yield vae_case("a batch", free_bits=0.6, beta=0.5, group="vae, free bits")


def main():
    torch.manual_seed(5)
    write("images", cases())


if __name__ == "__main__":
    main()
