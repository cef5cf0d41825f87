"""PyTorch's learning-rate schedules, as factors of the rate for each of the first steps.

Writes schedules.json beside this file. Run by hand: python3 tests/golden/schedules.py
"""

import json
from pathlib import Path

import torch
from torch.optim.lr_scheduler import CosineAnnealingLR, LinearLR, SequentialLR, StepLR


def warmup(optimiser, steps):
    """Up in equal steps over the first tenth, then in equal steps down to 0."""
    up = steps // 10
    return SequentialLR(
        optimiser,
        [
            LinearLR(optimiser, start_factor=1 / up, end_factor=1, total_iters=up - 1),
            LinearLR(optimiser, start_factor=1, end_factor=0, total_iters=steps - up + 1),
        ],
        milestones=[up - 1],
    )


schedules = {
    "step": lambda optimiser, steps: StepLR(optimiser, step_size=steps, gamma=0.5),
    "cosine": lambda optimiser, steps: CosineAnnealingLR(optimiser, T_max=steps),
    "warmup": warmup,
}


def factors(make, steps, count):
    optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    schedule = make(optimiser, steps)
    rates = []
    for _ in range(count):
        rates.append(optimiser.param_groups[0]["lr"])
        optimiser.step()
        schedule.step()
    return rates


golden = {
    "torch": torch.__version__,
    "steps": 40,
    # PyTorch's cosine rises again after its steps; the book's stays at 0.
    "factors": {
        name: factors(make, 40, 130 if name == "step" else 41) for name, make in schedules.items()
    },
}
path = Path(__file__).with_suffix(".json")
path.write_text(json.dumps(golden, indent=1) + "\n")
