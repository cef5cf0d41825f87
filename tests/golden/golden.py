"""How the scripts beside this file write down what PyTorch says of a model.

Inputs and parameters are float32 numbers, PyTorch computes with them in float64, and results are
written with nine significant digits.
"""

import importlib.util
import json
from pathlib import Path

import torch

here = Path(__file__).parent


def twin_of(chapter):
    """The chapter's pytorch.py as a module."""
    path = here.parent.parent / "chapters" / chapter / "pytorch.py"
    spec = importlib.util.spec_from_file_location("twin_of_" + chapter[:2], path)
    twin = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(twin)
    return twin


def numbers(tensor):
    def nine_digits(value):
        return [nine_digits(v) for v in value] if isinstance(value, list) else float(f"{value:.9g}")

    return nine_digits(tensor.tolist())


def named_numbers(tensors):
    return {name: numbers(tensor) for name, tensor in tensors.items()}


def gradients(loss, tensors):
    """The gradient of `loss` with respect to each tensor; zeros where it does not depend on it."""
    found = torch.autograd.grad(loss, list(tensors.values()), allow_unused=True)
    return {
        name: numbers(torch.zeros_like(tensor) if gradient is None else gradient)
        for (name, tensor), gradient in zip(tensors.items(), found)
    }


def differentiable(tensor):
    """The tensor, able to receive a gradient even where it depends on nothing that does (a step)."""
    return tensor if tensor.requires_grad else tensor.requires_grad_()


def write(name, cases):
    """Writes the cases to NAME.json, one a line."""
    lines = ",\n".join(json.dumps(golden) for golden in cases)
    header = json.dumps({"torch": torch.__version__})[:-1]
    (here / f"{name}.json").write_text(f'{header}, "cases": [\n{lines}\n]}}\n')
