"""What PyTorch says about the recurrent cells: every gate at every step, and the gradients at all of them.

Writes recurrent.json and the .safetensors files beside this file. Run by hand: python3 tests/golden/recurrent.py

nn.RNN, nn.LSTM and nn.GRU show no more than the hidden state at each step. So the cells are written out
here, and held to PyTorch's own modules in outputs, last states and all gradients: run over whole sequences,
over packed ones (some end early), and piece by piece with the state detached between (truncation).
"""

import json
import struct

import torch
from golden import gradients, here, named_numbers, numbers, write
from torch import nn

normal = torch.randn

modules = {
    "rnn": lambda I, H, g: nn.RNN(I, H, nonlinearity=g, batch_first=True),
    "lstm": lambda I, H, g: nn.LSTM(I, H, batch_first=True),
    "gru": lambda I, H, g: nn.GRU(I, H, batch_first=True),
}
rows = {"rnn": ["h"], "lstm": ["i", "f", "c", "o"], "gru": ["r", "z", "h"]}


def unpacked(kind, module):
    """The parameters under our names. Two biases that are only ever added become one."""
    H = module.hidden_size
    W, U = module.weight_ih_l0, module.weight_hh_l0
    b_ih, b_hh = module.bias_ih_l0, module.bias_hh_l0
    if kind == "rnn":
        return {"W_x": W, "W_h": U, "b_h": b_ih + b_hh}
    own = {}
    for k, gate in enumerate(rows[kind]):
        block = slice(k * H, (k + 1) * H)
        is_candidate = kind == "gru" and gate == "h"
        own[f"W_{gate}"], own[f"U_{gate}"] = W[block], U[block]
        own[f"b_{gate}"] = b_ih[block] if is_candidate else b_ih[block] + b_hh[block]
        if is_candidate:
            own["b_hn"] = b_hh[block]
    return own


def packed(kind, own):
    """The same for PyTorch: what `unpacked` undoes."""
    names = ("W_x", "W_h", "b_h") if kind == "rnn" else ("W", "U", "b")
    if kind == "rnn":
        W, U, b = (own[name] for name in names)
    else:
        W, U, b = (torch.cat([own[f"{name}_{gate}"] for gate in rows[kind]]) for name in names)
    b_hh = torch.zeros_like(b)
    if kind == "gru":
        b_hh = torch.cat([torch.zeros_like(b[: 2 * len(own["b_hn"])]), own["b_hn"]])
    return {"weight_ih_l0": W, "weight_hh_l0": U, "bias_ih_l0": b, "bias_hh_l0": b_hh}


activation = {"tanh": torch.tanh, "relu": torch.relu, "sigmoid": torch.sigmoid}


def step(kind, own, x, h, c, g, tap):
    """One step by the formula."""

    def gate(name, squash=torch.sigmoid):
        return squash(x @ own[f"W_{name}"].T + h @ own[f"U_{name}"].T + own[f"b_{name}"])

    if kind == "rnn":
        a = tap("a", x @ own["W_x"].T + h @ own["W_h"].T + own["b_h"])
        return tap("h", activation[g](a)), None
    if kind == "lstm":
        i, f = tap("i", gate("i")), tap("f", gate("f"))
        c_tilde, o = tap("c_tilde", gate("c", torch.tanh)), tap("o", gate("o"))
        c = tap("c", f * c + i * c_tilde)
        return tap("h", o * torch.tanh(c)), c
    r, z = tap("r", gate("r")), tap("z", gate("z"))
    inner = h @ own["U_h"].T + own["b_hn"]
    h_tilde = tap("h_tilde", torch.tanh(x @ own["W_h"].T + own["b_h"] + r * inner))
    return tap("h", z * h + (1 - z) * h_tilde), None


def opened(kind, own, x, h, c, g, lengths, truncate, record):
    """The whole sequence by the formula, every quantity recorded."""
    h = record("h_0", h)
    c = record("c_0", c) if kind == "lstm" else None
    states = []
    for t in range(x.shape[1]):
        if truncate and t and t % truncate == 0:
            h, c = h.detach(), None if c is None else c.detach()
        before = {"h": h, "c": c}
        goes_on = (t < lengths)[:, None]

        def tap(name, value):
            kept = torch.where(goes_on, value, before[name]) if name in before else value
            return record(f"steps.{t + 1}.{name}", kept)

        h, c = step(kind, own, x[:, t], h, c, g, tap)
        states.append(h)
    return torch.stack(states, 1), h, c


def own_run(module, x, h, c, lengths, truncate):
    """The same by PyTorch's own module: hidden states, last hidden state, last cell state."""
    state = (h[None], c[None]) if c is not None else h[None]
    T = x.shape[1]
    if not truncate:
        sequence = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, state = module(sequence, state)
        out, _ = nn.utils.rnn.pad_packed_sequence(out, batch_first=True, total_length=T)
        # Where a sequence has ended PyTorch says 0; here its last state stands.
        last = state[0][0] if c is not None else state[0]
        ended = torch.arange(T)[None, :, None] >= lengths[:, None, None]
        out = torch.where(ended, last[:, None, :], out)
    else:
        pieces = []
        for piece in x.split(truncate, 1):
            state = tuple(part.detach() for part in state) if pieces and c is not None else state
            state = state.detach() if pieces and c is None else state
            piece_out, state = module(piece, state)
            pieces.append(piece_out)
        out = torch.cat(pieces, 1)
    return (out, state[0][0], state[1][0]) if c is not None else (out, state[0], None)


def loss_of(out, c, y, truncate):
    """Every hidden state against its target, and the last cell state against 0."""
    squares = (out - y).square().mean()
    return squares if c is None else squares + c.square().mean()


def case(kind, title, g="tanh", B=2, T=4, I=3, H=5, given=False, lengths=None, truncate=0, words=0):
    """A case whose numbers, with `given`, start from a state that is given; else from zeros."""
    module = modules[kind](I, H, "tanh" if g == "sigmoid" else g)
    own = {name: (1.5 * value.detach()).requires_grad_() for name, value in unpacked(kind, module).items()}
    with torch.no_grad():
        for name, value in packed(kind, own).items():
            getattr(module, name).copy_(value)
    module = module.double()
    parameters = {name: value.detach().float().double().requires_grad_() for name, value in own.items()}
    inputs, taps = {"y": normal(B, T, H)}, {}
    if given:
        inputs["h"] = 0.5 * normal(B, H)
        if kind == "lstm":
            inputs["c"] = normal(B, H)
    lengths = torch.full((B,), T) if lengths is None else torch.tensor(lengths)
    if lengths.min() < T:
        inputs["mask"] = (torch.arange(T)[None] < lengths[:, None]).float()

    def record(name, value):
        taps[name] = value if value.requires_grad else value.requires_grad_()
        return taps[name]

    if words:
        indices = torch.randint(words, (B, T))
        indices = torch.where(torch.arange(T)[None] < lengths[:, None], indices, torch.tensor(-1))
        inputs["words"] = indices.float()
        parameters["E"] = normal(words, I).double().requires_grad_()
        one_hot = nn.functional.one_hot(indices.clamp(min=0), words).double()
        one_hot = record("one_hot", one_hot * (indices >= 0)[:, :, None])
        x = record("e", one_hot @ parameters["E"])
        looked_up = nn.functional.embedding(indices.clamp(min=0), parameters["E"])
        assert torch.equal(x, looked_up * (indices >= 0)[:, :, None])
    else:
        inputs["x"] = normal(B, T, I)
        x = record("x", inputs["x"].double())

    y = inputs["y"].double()
    zeros = torch.zeros(B, H).double()
    h = inputs["h"].double() if given else zeros.clone()
    c = (inputs["c"].double() if given else zeros.clone()) if kind == "lstm" else None
    cell = {name: value for name, value in parameters.items() if name != "E"}
    out, _, last_c = opened(kind, cell, x, h, c, g, lengths, truncate, record)
    loss = loss_of(out, last_c, y, truncate)
    if g != "sigmoid":
        held_to_module(kind, module, cell, x, h, c, y, lengths, truncate, out, loss)
    everything = {**parameters, **taps}
    config = {"kind": kind, "I": I, "H": H, "activation": g, "truncate": truncate, "words": words}
    return {
        "program": "recurrent",
        "group": f"{kind}, {g}" if kind == "rnn" else kind,
        "config": config,
        "title": title,
        "parameters": named_numbers(parameters),
        "inputs": named_numbers(inputs),
        "output": numbers(out),
        "taps": {**named_numbers(taps), "L": numbers(loss)},
        "gradients": gradients(loss, everything),
    }


def held_to_module(kind, module, cell, x, h, c, y, lengths, truncate, out, loss):
    """The formulas agree with PyTorch's module in what comes out and in every gradient of the weights."""
    with torch.no_grad():
        for name, value in packed(kind, cell).items():
            getattr(module, name).copy_(value)
    theirs, _, last_c = own_run(module, x, h, c, lengths, truncate)
    close = lambda a, b: torch.allclose(a, b, rtol=1e-10, atol=1e-12)
    assert close(theirs, out), kind
    their_loss = loss_of(theirs, last_c, y, truncate)
    slopes = torch.autograd.grad(loss, list(cell.values()), retain_graph=True)
    ours = packed(kind, dict(zip(cell, slopes)))
    names = list(ours)
    weights = [getattr(module, name) for name in names]
    for name, slope in zip(names, torch.autograd.grad(their_loss, weights, retain_graph=True)):
        # b_ih and b_hh, being added, have one gradient; ours stands in b_ih, but for the candidate's.
        if name == "bias_hh_l0":
            slope = slope[-module.hidden_size :] if kind == "gru" else slope
            assert close(slope, ours[name][-len(slope) :] if kind == "gru" else ours["bias_ih_l0"]), name
        else:
            assert close(slope, ours[name]), name
    at_x = torch.autograd.grad(loss, x, retain_graph=True)[0]
    assert close(at_x, torch.autograd.grad(their_loss, x, retain_graph=True)[0]), "x"


def away_from_kinks(make):
    """A case in which no finite difference crosses the kink of ReLU."""
    while True:
        found = make()
        sums = [torch.tensor(value) for name, value in found["taps"].items() if name.endswith(".a")]
        if min(a.abs().min().item() for a in sums) > 0.08:
            return found


def cases():
    for g in ("tanh", "sigmoid"):
        yield case("rnn", "a batch", g)
    yield away_from_kinks(lambda: case("rnn", "a batch", "relu", T=3, H=3))
    for kind in ("lstm", "gru"):
        yield case(kind, "a batch")
    for kind in ("rnn", "lstm", "gru"):
        yield case(kind, "one sequence", B=1, T=3, I=2, H=3, given=True)
        yield case(kind, "of one step", B=3, T=1, I=2, H=2)
        yield case(kind, "truncated", T=5, I=2, H=3, given=True, truncate=2)
        yield case(kind, "ended early", B=3, T=4, I=2, H=3, lengths=[2, 4, 1])
        yield case(kind, "words", B=2, T=4, I=3, H=4, lengths=[4, 3], words=6)


def write_safetensors(name, tensors):
    """The format by hand (https://huggingface.co/docs/safetensors): header length, header, numbers."""
    header, data = {}, b""
    for key, tensor in tensors.items():
        numbers_of = tensor.detach().float().contiguous().numpy().tobytes()
        offsets = [len(data), len(data) + len(numbers_of)]
        header[key] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": offsets}
        data += numbers_of
    text = json.dumps(header).encode()
    (here / f"{name}.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + data)


def checkpoint(kind):
    """A model as PyTorch saves it, with both biases, and what it says to an input."""
    module = modules[kind](3, 4, "tanh")
    write_safetensors(kind, {f"{kind}.{name}": value for name, value in module.state_dict().items()})
    x = normal(2, 5, 3)
    return {"kind": kind, "inputs": {"x": numbers(x)}, "output": numbers(module(x)[0])}


def main():
    torch.manual_seed(5)
    write("recurrent", list(cases()))
    write("checkpoints", [checkpoint(kind) for kind in modules])


if __name__ == "__main__":
    main()
