"""What PyTorch says of attention, of the blocks of a transformer and of whole small ones.

    python3 tests/golden/transformer.py    # writes transformer.json, gpt.safetensors and its answers; needs Debian's python3-torch

The models are written out here, head by head, with every quantity named. Each is held to PyTorch's own
module (nn.MultiheadAttention, nn.TransformerEncoderLayer, nn.TransformerDecoderLayer) with the same weights,
packed as that module packs them: in its output, its attention weights, and the gradient at every weight.
"""

import json
import math
import struct

import torch
import torch.nn.functional as F
from golden import differentiable, gradients, here, named_numbers, numbers, write
from torch import nn
from torch.nn.utils.stateless import functional_call

torch.set_default_dtype(torch.float64)


def single(tensor):
    """The numbers that float32 can hold."""
    return tensor.float().double()


def normal(*shape, scale=1.0):
    return single(scale * torch.randn(shape))


# Weights.


def attention_shapes(part, d, h, k, biases):
    shapes = {f"{part}W_{name}": (h, d, k) for name in "QKV"}
    shapes[f"{part}W_O"] = (h, k, d)
    if biases:
        shapes.update({f"{part}b_{name}": (h, k) for name in "QKV"})
        shapes[f"{part}b_O"] = (d,)
    return shapes


def block_shapes(part, c, crosses=False):
    d, h, k, biases = c["d_model"], c["heads"], c["d_head"], c["biases"]
    shapes = attention_shapes(f"{part}attn.", d, h, k, biases)
    if crosses:
        shapes.update(attention_shapes(f"{part}cross.", d, h, k, biases))
    if c["d_ff"]:
        shapes.update({f"{part}ffn.W_1": (d, c["d_ff"]), f"{part}ffn.W_2": (c["d_ff"], d)})
        if biases:
            shapes.update({f"{part}ffn.b_1": (c["d_ff"],), f"{part}ffn.b_2": (d,)})
    norms = 0 if c["norm"] == "none" else 1 + crosses + (c["d_ff"] > 0)
    for i in range(norms):
        shapes.update({f"{part}norm_{i + 1}.gamma": (d,), f"{part}norm_{i + 1}.beta": (d,)})
    return shapes


def stack_shapes(part, V, T, c, crosses=False):
    d = c["d_model"]
    shapes = {f"{part}W_E": (V, d)}
    if c["positions"] == "learned":
        shapes[f"{part}W_P"] = (T, d)
    for i in range(c["layers"]):
        shapes.update(block_shapes(f"{part}blocks.{i}.", c, crosses))
    if c["norm"] == "pre":
        shapes.update({f"{part}norm_f.gamma": (d,), f"{part}norm_f.beta": (d,)})
    return shapes


def drawn(shapes):
    def start(name, shape):
        return single(1 + 0.3 * torch.randn(shape)) if name.endswith("gamma") else normal(*shape, scale=0.6)

    return {name: start(name, shape) for name, shape in shapes.items()}


# The models, written out.


def prefixed(part, tap):
    return lambda name, value: tap(part + name, value)


def attend(p, part, x, context, M, tap, scaled=True):
    tap = prefixed(part, tap)
    has = f"{part}b_O" in p

    def by_head(name, rows):
        z = torch.einsum("btd,hdk->bhtk", rows, p[f"{part}W_{name}"])
        return tap(name, z + p[f"{part}b_{name}"][:, None, :] if has else z)

    Q, K, V = by_head("Q", x), by_head("K", context), by_head("V", context)
    QK = tap("QK", Q @ K.transpose(-1, -2))
    S = tap("S", QK / math.sqrt(Q.shape[-1]) if scaled else QK * 1)
    A = tap("A", torch.softmax(S if M is None else S.masked_fill(M == 0, -math.inf), -1))
    Z = tap("Z", A @ V)
    concat = tap("concat", Z.transpose(1, 2).flatten(2))
    out = concat @ p[f"{part}W_O"].flatten(0, 1)
    return tap("out", out + p[f"{part}b_O"] if has else out)


def layer_norm(p, part, x, tap):
    tap = prefixed(part, tap)
    mu = tap("mu", x.mean(-1, keepdim=True))
    sigma2 = tap("sigma2", (x - mu).square().mean(-1, keepdim=True))
    x_hat = tap("x_hat", (x - mu) / torch.sqrt(sigma2 + 1e-5))
    return tap("y", p[f"{part}gamma"] * x_hat + p[f"{part}beta"])


g = {"relu": F.relu, "gelu": F.gelu, "geluTanh": lambda z: F.gelu(z, approximate="tanh")}


def feed_forward(p, part, x, activation, tap):
    tap = prefixed(part, tap)
    has = f"{part}b_1" in p
    z = x @ p[f"{part}W_1"]
    a = tap("a", g[activation](tap("z", z + p[f"{part}b_1"] if has else z)))
    out = a @ p[f"{part}W_2"]
    return tap("out", out + p[f"{part}b_2"] if has else out)


def block(p, part, c, x, tap, M=None, memory=None, memory_M=None):
    """An encoder's block; with a memory, a decoder's."""
    inner = prefixed(part, tap)
    count = iter("123")

    def sublayer(f, x):
        norm = f"{part}norm_{next(count)}."
        out = f(layer_norm(p, norm, x, tap) if c["norm"] == "pre" else x)
        total = x + out if c["residual"] else out
        return layer_norm(p, norm, total, tap) if c["norm"] == "post" else total

    own = lambda x: attend(p, f"{part}attn.", x, x, M, tap, c["scaled"])
    across = lambda x: attend(p, f"{part}cross.", x, memory, memory_M, tap, c["scaled"])
    x = inner("resid_pre", x)
    x = inner("resid_mid", sublayer(own, x))
    if memory is not None:
        x = inner("resid_cross", sublayer(across, x))
    if c["d_ff"]:
        x = sublayer(lambda x: feed_forward(p, f"{part}ffn.", x, c["activation"], tap), x)
    return inner("resid_post", x * 1)


def sinusoids(T, d):
    t, k = torch.arange(T).double()[:, None], torch.arange(d)
    angle = t * 10000.0 ** (-2 * (k // 2) / d)
    return torch.where(k % 2 == 0, torch.sin(angle), torch.cos(angle))


def stack(p, part, c, tokens, tap, M=None, memory=None, memory_M=None, blocks=block):
    inner = prefixed(part, tap)
    one_hot = inner("one_hot", F.one_hot(tokens.long(), p[f"{part}W_E"].shape[0]).double())
    x = inner("e", one_hot @ p[f"{part}W_E"])
    T, d = x.shape[1:]
    if c["positions"] != "none":
        P = p[f"{part}W_P"][:T] if c["positions"] == "learned" else sinusoids(T, d)
        x = x + inner("P", P)
    for i in range(c["layers"]):
        x = blocks(p, f"{part}blocks.{i}.", c, x, tap, M, memory, memory_M)
    return layer_norm(p, f"{part}norm_f.", x, tap) if c["norm"] == "pre" else x


# The same by PyTorch's modules.


def packed_attention(p, part, module, scaled=True):
    """The weights of heads as nn.MultiheadAttention packs them, differentiable."""
    k = p[f"{part}W_Q"].shape[-1]
    # It always divides by the root of d_k, which a larger query makes good.
    factor = {"Q": 1.0 if scaled else math.sqrt(k), "K": 1.0, "V": 1.0}
    packed = {
        f"{module}in_proj_weight": torch.cat(
            [(factor[n] * p[f"{part}W_{n}"]).transpose(1, 2).flatten(0, 1) for n in "QKV"]),
        f"{module}out_proj.weight": p[f"{part}W_O"].flatten(0, 1).T,
    }
    if f"{part}b_O" in p:
        packed[f"{module}in_proj_bias"] = torch.cat([factor[n] * p[f"{part}b_{n}"].flatten() for n in "QKV"])
        packed[f"{module}out_proj.bias"] = p[f"{part}b_O"]
    return packed


def packed_block(p, part, c, crosses, module=""):
    packed = packed_attention(p, f"{part}attn.", f"{module}self_attn.", c["scaled"])
    if crosses:
        packed.update(packed_attention(p, f"{part}cross.", f"{module}multihead_attn.", c["scaled"]))
    for i in (1, 2):
        packed[f"{module}linear{i}.weight"] = p[f"{part}ffn.W_{i}"].T
        packed[f"{module}linear{i}.bias"] = p[f"{part}ffn.b_{i}"]
    for i in range(2 + crosses):
        packed[f"{module}norm{i + 1}.weight"] = p[f"{part}norm_{i + 1}.gamma"]
        packed[f"{module}norm{i + 1}.bias"] = p[f"{part}norm_{i + 1}.beta"]
    return packed


def torch_block(p, part, c, x, tap, M=None, memory=None, memory_M=None):
    """A block by nn.TransformerEncoderLayer or nn.TransformerDecoderLayer."""
    kind = nn.TransformerEncoderLayer if memory is None else nn.TransformerDecoderLayer
    module = kind(
        c["d_model"], c["heads"], c["d_ff"], dropout=0.0, activation=g[c["activation"]],
        batch_first=True, norm_first=c["norm"] == "pre")
    weights = packed_block(p, part, c, memory is not None)
    # A mask for every sequence and head, true where a key is hidden.
    B, T = x.shape[:2]
    hidden = lambda M, keys: None if M is None else (
        (M == 0).expand(B, c["heads"], T, keys).reshape(-1, T, keys))
    if memory is None:
        return functional_call(module, weights, (x,), dict(src_mask=hidden(M, T)))
    masks = dict(tgt_mask=hidden(M, T), memory_mask=hidden(memory_M, memory.shape[1]))
    return functional_call(module, weights, (x, memory), masks)


def torch_attention(p, c, x, context, M):
    module = nn.MultiheadAttention(c["d_model"], c["heads"], bias=c["biases"], batch_first=True)
    B, T = x.shape[:2]
    keys = context.shape[1]
    hidden = None if M is None else (M == 0).expand(B, c["heads"], T, keys).reshape(-1, T, keys)
    weights = packed_attention(p, "", "", c["scaled"])
    options = dict(attn_mask=hidden, average_attn_weights=False)
    return functional_call(module, weights, (x, context, context), options)


# The cases.


def case(program, group, title, config, parameters, inputs, run, reference=None, metrics=None):
    """`run` and `reference`, both of (parameters, tap), return the output and the loss."""
    parameters = {name: value.requires_grad_() for name, value in parameters.items()}
    taps = {}

    def tap(name, value):
        taps[name] = differentiable(value)
        return taps[name]

    output, loss = run(parameters, tap)
    if reference:
        theirs, their_loss = reference(parameters, lambda name, value: value)
        torch.testing.assert_close(output, theirs, rtol=1e-9, atol=1e-10)
        names = list(parameters)
        ours = torch.autograd.grad(loss, [parameters[n] for n in names], retain_graph=True)
        other = torch.autograd.grad(their_loss, [parameters[n] for n in names])
        for name, one, two in zip(names, ours, other):
            torch.testing.assert_close(one, two, rtol=1e-9, atol=1e-10, msg=f"{title}: {name}")
    taps["L"] = loss
    # Masks and one-hot rows are what they are: nobody moves them a little.
    fixed = ("M", "one_hot")
    moved = {n: v for n, v in taps.items() if n != "L" and n.split(".")[-1] not in fixed}
    golden = {
        "program": program,
        "group": group,
        "config": config,
        "title": title,
        "parameters": named_numbers(parameters),
        "inputs": named_numbers(inputs),
        "output": numbers(output),
        "taps": named_numbers(taps),
        "gradients": gradients(loss, {**parameters, **moved}),
    }
    if metrics:
        golden["metrics"] = {name: numbers(value) for name, value in metrics(output).items()}
    return golden


def causal(T):
    return torch.tril(torch.ones(T, T))


def attention_case(
        title, B=2, T=3, keys=3, d=4, heads=2, biases=True, crosses=False, ahead=False,
        padded=False, scaled=True):
    config = dict(
        d_model=d, heads=heads, d_head=d // heads, biases=biases, crosses=crosses,
        causal=ahead, padded=padded, scaled=scaled)
    parameters = drawn(attention_shapes("", d, heads, d // heads, biases))
    inputs = dict(x=normal(B, T, d), y=normal(B, T, d))
    if crosses:
        inputs["context"] = normal(B, keys, d)
    if padded:
        inputs["words"] = torch.ones(B, keys)
        inputs["words"][0, -1] = inputs["words"][1, -2:] = 0
    M = causal(T) if ahead else None
    if padded:
        words = (inputs["words"] != 0).double()[:, None, None, :]
        M = words if M is None else M * words

    def run(p, tap):
        x = tap("x", inputs["x"])
        context = tap("context", inputs["context"]) if crosses else x
        out = attend(p, "", x, context, M, tap, scaled)
        return out, (out - inputs["y"]).square().mean()

    def reference(p, tap):
        x = inputs["x"]
        context = inputs["context"] if crosses else x
        out, A = torch_attention(p, config, x, context, M)
        found = {}
        attend(p, "", x, context, M, lambda name, value: found.setdefault(name, value), scaled)
        torch.testing.assert_close(found["A"], A, rtol=1e-9, atol=1e-10)
        return out, (out - inputs["y"]).square().mean()

    return case("attention", "attention", title, config, parameters, inputs, run, reference)


def block_case(
        title, norm, activation, B=2, T=3, keys=3, d=4, heads=2, d_ff=5, crosses=False,
        ahead=False, padded=False, like_torch=True, **changes):
    config = dict(
        d_model=d, heads=heads, d_head=d // heads, d_ff=d_ff, biases=True, norm=norm,
        activation=activation, residual=True, scaled=True, gated=False, crosses=crosses,
        causal=ahead, padded=padded)
    config.update(changes)
    parameters = drawn(block_shapes("", config, crosses))
    inputs = dict(x=normal(B, T, d, scale=2.0), y=normal(B, T, d))
    if crosses:
        inputs["memory"] = normal(B, keys, d)
    words = None
    if padded:
        inputs["words"] = torch.ones(B, keys)
        inputs["words"][0, -1] = inputs["words"][1, -2:] = 0
        words = (inputs["words"] != 0).double()[:, None, None, :]
    M = causal(T) if ahead else None

    def running(blocks):
        def run(p, tap):
            if crosses:
                memory = tap("memory", inputs["memory"])
                out = blocks(p, "", config, inputs["x"], tap, M, memory, words)
            else:
                both = words if M is None else M if words is None else M * words
                out = blocks(p, "", config, inputs["x"], tap, both)
            return out, (out - inputs["y"]).square().mean()

        return run

    group = "decoder block" if crosses else "encoder block"
    reference = running(torch_block) if like_torch else None
    return case("block", group, title, config, parameters, inputs, running(block), reference)


def token_loss(logits, y):
    return F.cross_entropy(logits.flatten(0, 1), y.flatten().long(), ignore_index=-1)


def accuracy(y):
    asked = y >= 0
    return lambda logits: dict(accuracy=((logits.argmax(-1) == y) & asked).sum() / asked.sum())


def unembedding_shapes(V, d, biases):
    return {"W_U": (d, V), **({"b_U": (V,)} if biases else {})}


def unembed(p, x, tied=False):
    logits = x @ (p["W_E"].T if tied else p["W_U"])
    return logits + p["b_U"] if "b_U" in p else logits


def gpt_case(title, like_torch=True, V=5, T=4, B=2, ahead=True, tied=False, **changes):
    config = dict(
        V=V, T=T, d_model=4, heads=2, d_head=2, layers=2, d_ff=5, activation="gelu", norm="pre",
        positions="learned", residual=True, biases=True, scaled=True, gated=False, causal=ahead,
        tied=tied)
    config.update(changes)
    shapes = stack_shapes("", V, T, config)
    if not tied:
        shapes.update(unembedding_shapes(V, config["d_model"], config["biases"]))
    parameters = drawn(shapes)
    x = torch.randint(V, (B, T)).double()
    y = torch.randint(V, (B, T)).double()
    y[0, 0] = -1

    def running(blocks):
        def run(p, tap):
            M = tap("M", causal(T)) if ahead else None
            resid = stack(p, "", config, x, tap, M, blocks=blocks)
            logits = tap("logits", unembed(p, resid, tied))
            return logits, token_loss(logits, y)

        return run

    reference = running(torch_block) if like_torch else None
    inputs = dict(x=x, y=y)
    return case(
        "gpt", "GPT", title, config, parameters, inputs, running(block), reference, accuracy(y))


def translation_case(title, **changes):
    config = dict(
        V_source=5, T_source=4, V_target=6, T_target=3, d_model=4, heads=2, d_head=2, layers=1,
        d_ff=5, activation="relu", norm="post", positions="sinusoidal", residual=True, biases=True,
        scaled=True, gated=False, causal=True)
    config.update(changes)
    parameters = drawn({
        **stack_shapes("encoder.", config["V_source"], config["T_source"], config),
        **stack_shapes("decoder.", config["V_target"], config["T_target"], config, True),
        **unembedding_shapes(config["V_target"], config["d_model"], True)})
    x = torch.tensor([[1, 2, 3, 4], [3, 1, 0, 0]]).double()
    before = torch.tensor([[1, 2, 3], [1, 4, 0]]).double()
    y = torch.tensor([[2, 3, 5], [4, 5, -1]]).double()

    def running(blocks):
        def run(p, tap):
            words = tap("encoder.M", (x != 0).double()[:, None, None, :])
            memory = stack(p, "encoder.", config, x, tap, words, blocks=blocks)
            M = tap("decoder.M", causal(3) * (before != 0).double()[:, None, None, :])
            resid = stack(p, "decoder.", config, before, tap, M, memory, words, blocks=blocks)
            logits = tap("logits", unembed(p, resid))
            return logits, token_loss(logits, y)

        return run

    inputs = dict(x=x, before=before, y=y)
    return case(
        "translation", "encoder–decoder", title, config, parameters, inputs, running(block),
        running(torch_block), accuracy(y))


def cases():
    yield attention_case("a batch")
    yield attention_case("causal, one head", heads=1, ahead=True, B=1)
    yield attention_case("to a context, some of it padding", crosses=True, keys=4, padded=True)
    yield attention_case("causal and padded, without biases", T=4, keys=4, biases=False, ahead=True, padded=True)
    yield attention_case("four heads of one number, not scaled", heads=4, scaled=False)
    yield block_case("a batch", "pre", "gelu", ahead=True)
    yield block_case("post-norm, relu, padded", "post", "relu", padded=True)
    yield block_case("the tanh approximation of GELU", "pre", "geluTanh")
    yield block_case("no residual, no norm", "none", "relu", residual=False, like_torch=False)
    yield block_case("a batch", "post", "gelu", crosses=True, keys=4, ahead=True)
    yield block_case("pre-norm, relu, padded", "pre", "relu", crosses=True, keys=4, ahead=True, padded=True)
    yield gpt_case("a batch", layers=1, T=3)
    yield gpt_case("two blocks, longer", T=5)
    yield gpt_case("post-norm, sinusoidal positions, one embedding", norm="post", positions="sinusoidal", tied=True)
    yield gpt_case("attention only", d_ff=0, norm="none", biases=False, like_torch=False)
    yield gpt_case("looking both ways, no positions", ahead=False, positions="none", layers=1)
    yield translation_case("a batch", activation="gelu")
    yield translation_case("pre-norm, relu, learned positions", norm="pre", positions="learned")


class Gpt(nn.Module):
    """As the names of its tensors say: what a reader of the book writes in PyTorch."""

    def __init__(self, V, T, d, heads, d_ff, layers):
        super().__init__()
        self.tokens, self.positions = nn.Embedding(V, d), nn.Embedding(T, d)
        self.blocks = nn.ModuleList(
            nn.TransformerEncoderLayer(
                d, heads, d_ff, dropout=0.0, activation="gelu", batch_first=True, norm_first=True)
            for _ in range(layers))
        self.norm, self.unembed = nn.LayerNorm(d), nn.Linear(d, V)

    def forward(self, x):
        T = x.shape[1]
        stream = self.tokens(x) + self.positions.weight[:T]
        for one in self.blocks:
            stream = one(stream, causal(T) == 0)
        return self.unembed(self.norm(stream))


def write_safetensors(name, tensors):
    header, blob = {"__metadata__": {"format": "pt"}}, b""
    for key, value in tensors.items():
        values = value.detach().float().flatten().tolist()
        data = struct.pack(f"<{len(values)}f", *values)
        header[key] = {"dtype": "F32", "shape": list(value.shape), "data_offsets": [len(blob), len(blob) + len(data)]}
        blob += data
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    (here / f"{name}.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + blob)


def checkpoint():
    """A model that PyTorch saved, and what it says."""
    sizes = dict(V=7, T=5, d=6, heads=3, d_ff=8, layers=2)
    model = Gpt(**sizes)
    model.load_state_dict({name: single(value) for name, value in model.state_dict().items()})
    write_safetensors("gpt", model.state_dict())
    x = torch.randint(sizes["V"], (2, 5))
    return {"kind": "gpt", "inputs": {"x": numbers(x.double())}, "output": numbers(model.train()(x))}


def main():
    torch.manual_seed(8)
    write("transformer", cases())
    write("gpt", [checkpoint()])


if __name__ == "__main__":
    main()
