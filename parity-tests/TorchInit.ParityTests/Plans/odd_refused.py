"""Constructors that people write, and that no recording can do again, or none yet: each is refused, by name."""
import random

import torch
from torch import nn


def _module(**tensors):
    """A module with these buffers."""
    module = nn.Module()
    for name, value in tensors.items():
        module.register_buffer(name, value)
    return module


def cumulative():
    return _module(positions=torch.rand(6).cumsum(0))


def in_order():
    return _module(knots=torch.rand(6).sort().values)


def centred():
    weight = torch.randn(4, 3)
    return _module(weight=weight - weight.mean(1, keepdim=True))


def normalised_rows():
    return _module(weight=nn.functional.normalize(torch.randn(3, 3), dim=1))


def orthogonal_parametrization():
    return nn.utils.parametrizations.orthogonal(nn.Linear(5, 5))


def coin():
    layer = nn.Linear(2, 2)
    if torch.rand(1) < .5:
        layer = nn.Linear(3, 2)
    return layer


def drawn_size():
    return nn.Linear(int(torch.randint(1, 4, (1,))), 2)


def gamma():
    return _module(rate=torch.distributions.Gamma(2.0, 3.0).sample((4,)))


class Forked(nn.Module):
    """Draws under fork_rng that nothing seeds come a second time behind it."""

    def __init__(self):
        super().__init__()
        with torch.random.fork_rng(devices=[]):
            self.inside = nn.Linear(3, 3)
        self.last = nn.Linear(3, 3)


class Rewound(nn.Module):
    """Two layers of the same draws, by setting the generator back."""

    def __init__(self):
        super().__init__()
        state = torch.get_rng_state()
        self.online = nn.Linear(3, 2)
        torch.set_rng_state(state)
        self.target = nn.Linear(3, 2)


def own_generator():
    """Of the default generator's seed, and another one nevertheless."""
    generator = torch.Generator().manual_seed(torch.initial_seed() + 1)
    return _module(noise=torch.randn(3, generator=generator))


def numpys_generator():
    import numpy
    return _module(noise=torch.from_numpy(numpy.random.default_rng().standard_normal(3)))


def chosen():
    layer = nn.Linear(2, 2)
    nn.init.constant_(layer.bias, random.choice([1.0, 2.0]))
    return layer


def complex_spectrum():
    return _module(spectrum=torch.randn(3, dtype=torch.complex64))


def quantised():
    """float8 where this torch has it."""
    if hasattr(torch, "float8_e4m3fn"):
        return _module(codes=torch.randn(4, 4).to(torch.float8_e4m3fn))
    return _module(codes=torch.quantize_per_tensor(torch.randn(4), 0.1, 0, torch.qint8))


def sparse_layout():
    return _module(graph=torch.randn(3, 3).to_sparse())


def no_module():
    return [nn.Linear(2, 2)]
