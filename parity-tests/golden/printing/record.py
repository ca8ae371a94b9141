"""Records how this torch prints tensors: python -I record.py > VERSION.json"""
import json
import math
import random
import sys

import torch

CHOICE = random.Random(5)
torch.manual_seed(1)
CASES = []


def add(tensor, **options):
    torch.set_printoptions(profile="default")
    torch.set_printoptions(sci_mode=None)
    if options:
        torch.set_printoptions(**options)
    flat = tensor.reshape(-1).contiguous()
    if flat.dtype in (torch.float16, torch.bfloat16):
        flat = flat.view(torch.int16)
    CASES.append({"dtype": str(tensor.dtype)[6:], "shape": list(tensor.shape), "bytes": flat.numpy().tobytes().hex(),
                  "options": options, "text": str(tensor)})


def drawn():
    dimensions = CHOICE.choice([0, 1, 1, 2, 2, 2, 3, 4])
    shape = [CHOICE.choice([0, 1, 2, 3, 5, 7, 8] if CHOICE.random() < 0.9 else [9, 12, 40]) for _ in range(dimensions)]
    shape = shape if math.prod(shape) <= 300 else shape[:1]
    values = torch.randn(shape, dtype=torch.float64) * 10.0 ** CHOICE.randint(-7, 9)
    kind = CHOICE.randrange(8)
    if kind == 0:
        values = torch.round(values * 3)
    elif kind == 1:                     # exact ties of five decimals
        values = (torch.randn(shape) * 64).round().double() / 32
    elif kind == 2:
        values = values.clamp(0)
    elif kind == 3 and values.numel():
        values.view(-1)[0] = CHOICE.choice([math.nan, math.inf, -math.inf, -0.0])
    elif kind == 4:
        values = torch.zeros(shape)
    elif kind == 5:
        values = torch.rand(shape) * 2 - 1
    return values.to(CHOICE.choice([torch.float32, torch.float64, torch.float16, torch.bfloat16]))


def options():
    chosen = {}
    if CHOICE.random() < 0.3:
        chosen["precision"] = CHOICE.choice([0, 1, 2, 6, 10])
    if CHOICE.random() < 0.2:
        chosen["sci_mode"] = CHOICE.choice([True, False])
    if CHOICE.random() < 0.2:
        chosen["linewidth"] = CHOICE.choice([20, 60, 120])
    if CHOICE.random() < 0.2:
        chosen["edgeitems"], chosen["threshold"] = CHOICE.choice([1, 2]), CHOICE.choice([0, 10])
    return chosen


for _ in range(160):
    add(drawn(), **options())
for most in (10, 10**12, 10**18):
    add(torch.randint(-5, most, (3, 14)))
for values in ([2**63 - 1, -2**63, 0], 7):
    add(torch.tensor(values))
for values in ([0.03125, 0.09375, 0.5], [100005.0, 1.5, 1e-9], [1e300, 5e-324], [99999.5, 1e-7], [1e8, 1.0], [1e8 + 1, 0.5]):
    add(torch.tensor(values, dtype=torch.float64))
add(torch.randn(33, 33))
add(torch.randn(1001))
add(torch.randn(9, 5, 5, 5) * 1e-3, edgeitems=2)
json.dump({"torch": torch.__version__, "cases": CASES}, sys.stdout, indent=0)
