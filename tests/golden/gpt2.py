"""A file of weights as GPT-2's own are, and what PyTorch says that this model answers.

    python3 tests/golden/gpt2.py    # writes gpt2.safetensors and gpt2.json; needs Debian's python3-torch

The names and shapes are those of the published files: every name with the prefix `transformer.`, matrices that
stand on the right of a row, queries, keys and values of all heads side by side in c_attn, and among them the
causal masks (attn.bias, attn.masked_bias), which are no weights.
"""

import math

import torch
from golden import numbers, write
from torch.nn.functional import layer_norm
from transformer import normal, write_safetensors

V, T, d, heads, layers = 260, 12, 8, 2, 2


def weights():
    named = {"wte.weight": normal(V, d, scale=0.4), "wpe.weight": normal(T, d, scale=0.3)}
    for i in range(layers):
        shapes = {
            "ln_1.weight": (d,), "ln_1.bias": (d,),
            "attn.c_attn.weight": (d, 3 * d), "attn.c_attn.bias": (3 * d,),
            "attn.c_proj.weight": (d, d), "attn.c_proj.bias": (d,),
            "ln_2.weight": (d,), "ln_2.bias": (d,),
            "mlp.c_fc.weight": (d, 4 * d), "mlp.c_fc.bias": (4 * d,),
            "mlp.c_proj.weight": (4 * d, d), "mlp.c_proj.bias": (d,),
        }
        named.update({f"h.{i}.{name}": normal(*shape, scale=0.5) for name, shape in shapes.items()})
        named[f"h.{i}.attn.bias"] = torch.tril(torch.ones(1, 1, T, T))
        named[f"h.{i}.attn.masked_bias"] = torch.tensor(-1e4)
    named.update({"ln_f.weight": normal(d), "ln_f.bias": normal(d)})
    return named


def gelu(z):
    return z / 2 * (1 + torch.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3)))


def answer(w, x):
    B, n = x.shape
    norm = lambda name, of: layer_norm(of, (d,), w[f"{name}.weight"], w[f"{name}.bias"], 1e-5)
    times = lambda name, of: of @ w[f"{name}.weight"] + w[f"{name}.bias"]
    by_head = lambda of: of.view(B, n, heads, d // heads).transpose(1, 2)
    stream = w["wte.weight"][x] + w["wpe.weight"][:n]
    for i in range(layers):
        h = f"h.{i}"
        q, k, v = map(by_head, times(f"{h}.attn.c_attn", norm(f"{h}.ln_1", stream)).split(d, dim=2))
        scores = q @ k.transpose(2, 3) / math.sqrt(d // heads)
        seen = w[f"{h}.attn.bias"][:, :, :n, :n]
        shares = scores.masked_fill(seen == 0, -math.inf).softmax(-1)
        gathered = (shares @ v).transpose(1, 2).reshape(B, n, d)
        stream = stream + times(f"{h}.attn.c_proj", gathered)
        stream = stream + times(f"{h}.mlp.c_proj", gelu(times(f"{h}.mlp.c_fc", norm(f"{h}.ln_2", stream))))
    return norm("ln_f", stream) @ w["wte.weight"].T


def main():
    torch.manual_seed(11)
    named = weights()
    write_safetensors("gpt2", {f"transformer.{name}": value for name, value in named.items()})
    x = torch.randint(V, (2, 9))
    says = answer(named, x)
    write("gpt2", [{"kind": "gpt2", "inputs": {"x": numbers(x.double())}, "output": numbers(says[:, -1])}])


if __name__ == "__main__":
    main()
