"""What a recorder must refuse: each constructor does one thing that no recording can do again."""
import torch
from torch import nn


def _module(**tensors):
    """A module with these parameters (floats) and buffers (the rest)."""
    module = nn.Module()
    for name, value in tensors.items():
        if value.is_floating_point():
            module.register_parameter(name, nn.Parameter(value))
        else:
            module.register_buffer(name, value)
    return module


def seeded_inside():
    torch.manual_seed(3)
    return nn.Linear(2, 2)


def lazy_uncalled():
    return nn.LazyLinear(3)


def listed():
    return _module(order=torch.tensor(torch.randperm(5).tolist()))


def through_numpy():
    return _module(weight=torch.from_numpy(torch.randn(3).numpy() * 2))


_made = [0]


def counting():
    """Another model each time."""
    _made[0] += 1
    return _module(weight=torch.full((2,), float(_made[0])))


def masked_size():
    weight = torch.randn(9)
    return _module(weight=weight[weight > 0])


def statistics_moved():
    model = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4))
    model(torch.ones(5, 3))
    return model


def multiplied():
    return _module(weight=torch.randn(3, 3) @ torch.randn(3, 3))


def swallowed():
    """A refusal that a model's own except would swallow."""
    weight = torch.randn(3)
    try:
        if weight.sum() > 0:
            weight = torch.zeros(3)
    except Exception:
        pass
    return _module(weight=weight)
