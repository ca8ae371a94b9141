"""What a recorder meets in constructors, one kind a model: each is recorded, replayed and compared."""
import copy
import math

import torch
from torch import nn
from torch.nn import functional as F


def _module(**tensors):
    """A module with these parameters (floats) and buffers (the rest)."""
    module = nn.Module()
    for name, value in tensors.items():
        if value.is_floating_point():
            module.register_parameter(name, nn.Parameter(value))
        else:
            module.register_buffer(name, value)
    return module


# Memory that is made before it is filled

def meta_then_empty():
    model = nn.Sequential(nn.Linear(5, 4, device="meta"), nn.LayerNorm(4, device="meta"), nn.Conv1d(4, 3, 2, device="meta"))
    model = model.to_empty(device="cpu")
    for module in model:
        module.reset_parameters()
    return model


class WithInitWeights(nn.Module):
    """Made on the meta device, filled by init_weights(), as trainers of large models do."""

    def __init__(self, device):
        super().__init__()
        self.embed = nn.Embedding(11, 6, device=device)
        self.out = nn.Linear(6, 11, bias=False, device=device)
        self.register_buffer("steps", torch.zeros(3, dtype=torch.int64, device=device))

    @torch.no_grad()
    def init_weights(self):
        nn.init.trunc_normal_(self.embed.weight, std=0.5)
        nn.init.normal_(self.out.weight, std=6 ** -0.5)
        self.steps.zero_()


def meta_init_weights():
    model = WithInitWeights("meta").to_empty(device="cpu")
    model.init_weights()
    return model


def under_meta_device():
    """The context manager of torch 2, the argument before."""
    if hasattr(torch, "get_default_device") or torch.__version__ >= "2":
        with torch.device("meta"):
            model = nn.Sequential(nn.Linear(3, 4), nn.Embedding(5, 4), nn.BatchNorm1d(4))
    else:
        model = nn.Sequential(nn.Linear(3, 4, device="meta"), nn.Embedding(5, 4, device="meta"), nn.BatchNorm1d(4, device="meta"))
    model.to_empty(device="cpu")
    model.apply(lambda module: module.reset_parameters() if hasattr(module, "reset_parameters") else None)
    return model


def skipped():
    first = nn.utils.skip_init(nn.Linear, 6, 5)
    nn.init.orthogonal_(first.weight)
    nn.init.zeros_(first.bias)
    return nn.Sequential(first, nn.Linear(5, 2))


def lazy_called():
    model = nn.Sequential(nn.LazyConv2d(4, 3), nn.ReLU(), nn.LazyBatchNorm2d(), nn.Flatten(), nn.Dropout(0.5), nn.LazyLinear(3))
    model.eval()
    model(torch.zeros(1, 2, 5, 5))
    return model.train()


class Lazy(nn.Sequential):
    """Recorded with --call 2,7."""

    def __init__(self):
        super().__init__(nn.LazyLinear(5), nn.LazyBatchNorm1d(), nn.LazyLinear(4))


class LazyThatDraws(nn.Module):
    """A forward that draws before the last layer is made moves that layer's stream."""

    def __init__(self):
        super().__init__()
        self.first, self.drop, self.last = nn.LazyLinear(5), nn.Dropout(0.3), nn.LazyLinear(4)
        with torch.no_grad():
            self(torch.ones(2, 3))

    def forward(self, x):
        return self.last(self.drop(self.first(x)) + torch.randn(5))


# Defaults and dtypes

class DoubleInside(nn.Module):
    def __init__(self):
        super().__init__()
        before = torch.get_default_dtype()
        torch.set_default_dtype(torch.float64)
        self.inner = nn.Linear(4, 3)
        torch.set_default_dtype(before)
        self.outer = nn.Linear(3, 2)


def cast_down():
    return nn.Sequential(nn.Linear(9, 7), nn.LayerNorm(7), nn.Linear(7, 2)).to(torch.bfloat16)


def cast_half():
    return nn.Sequential(nn.Linear(9, 7), nn.BatchNorm1d(7)).half()


def cast_up():
    return nn.Conv2d(3, 4, 3).double()


def explicit_dtypes():
    return _module(a=torch.randn(20, dtype=torch.float64).float(), b=torch.rand(20, dtype=torch.bfloat16), c=torch.randperm(9).float(),
                   d=torch.randperm(9, dtype=torch.int32), e=torch.rand(17, dtype=torch.float64).to(torch.bfloat16))


# Draws

def other_laws():
    return _module(a=torch.empty(40).exponential_(1.5), b=torch.empty(40).log_normal_(0.1, 0.4), c=torch.empty(40).cauchy_(0.0, 0.3),
                   d=torch.empty(40).geometric_(0.3), e=torch.empty(40).bernoulli_(0.3), f=torch.empty(40).random_(3, 9),
                   g=torch.normal(0.5, 0.02, size=(6, 7)), h=torch.bernoulli(torch.full((9,), 0.25)))


def whole_numbers():
    return _module(a=torch.randint(5, 90, (4, 6)), b=torch.randint(7, (9,), dtype=torch.int32), c=torch.randint_like(torch.zeros(6), 10),
                   d=torch.multinomial(torch.ones(10), 4), e=torch.empty(5, dtype=torch.int64).random_())


def dropped_weights():
    weight = F.dropout(torch.randn(8, 6), 0.25)
    return _module(weight=weight)


# Arithmetic

def inverse_softplus():
    """Mamba's bias of dt."""
    low, high = math.log(0.001), math.log(0.1)
    dt = torch.exp(torch.rand(64) * (high - low) + low).clamp(min=1e-4)
    return _module(bias=dt + torch.log(-torch.expm1(-dt)))


def own_trunc_normal():
    """trunc_normal_ as libraries copy it."""
    weight = torch.empty(12, 10)
    low, high = (math.erf(bound / math.sqrt(2)) for bound in (-2, 2))
    weight.uniform_(low, high).erfinv_().mul_(0.02 * math.sqrt(2)).add_(0.1).clamp_(min=-1.9, max=0.12)
    return _module(weight=weight)


def broadcast():
    weight = torch.randn(5, 7)
    scale = torch.rand(5, 1)
    return _module(a=weight * scale, b=weight + torch.linspace(0, 1, 7), c=torch.arange(1.0, 8.0) * weight, d=weight / scale,
                   e=1 - weight, f=torch.linspace(-1, 1, 7) - weight, g=scale.expand(5, 3).clone(), h=2 * scale / 3)


def powers():
    weight = torch.rand(33) + 0.5
    return _module(a=weight ** 2, b=weight.sqrt(), c=weight.rsqrt(), d=weight.square(), e=weight * weight, f=weight ** -1,
                   g=weight.abs().neg(), h=weight.log(), i=weight.exp())


def broadcast_into():
    table = torch.empty(4, 6)
    table.copy_(torch.randn(6))
    with torch.no_grad():
        layer = nn.Linear(6, 4)
        layer.weight.copy_(torch.rand(1, 6))
        layer.bias.fill_(torch.rand(()))
    return nn.ModuleList([layer, _module(table=table)])


# Masks and places

def masked():
    weight = torch.randn(6, 8)
    keep = torch.rand(6, 8) < 0.3
    return _module(a=weight.masked_fill(keep, 0.5), b=torch.where(keep, weight, torch.zeros(())), c=weight * keep,
                   d=weight * (torch.rand(6, 8) > 0.5).float(), e=keep, f=torch.where(~keep, weight, torch.full((6, 8), 2.0)))


def masked_in_place():
    weight = torch.randn(6, 8)
    weight[torch.rand(6, 8) < 0.4] = 0
    weight[weight > 1.0] = 1.0
    other = torch.ones(5, 4)
    other.masked_fill_(torch.rand(5, 4) >= 0.5, -1)
    return _module(weight=weight, other=other)


def triangles():
    weight = torch.randn(6, 6)
    recurrent = torch.randn(5, 5).fill_diagonal_(0.0)
    return _module(a=weight.tril(), b=torch.triu(weight, 1), c=recurrent, d=torch.randn(4, 4).tril_(-1))


def padded():
    return _module(a=F.pad(torch.randn(3, 4), (1, 2, 0, 1)), b=F.pad(torch.rand(5), (2, -1), value=0.5))


def permuted():
    order = torch.randperm(8)
    weight = torch.randn(8, 5)
    mask = torch.ones(8)
    mask[order[:3]] = 0
    weight[order[3:5]] = 0
    weight[:, torch.randperm(5)[:2]] = 0.25
    table = torch.arange(16.0).reshape(2, 8)
    return _module(a=weight[order], b=mask, c=table[:, order], d=weight.index_select(1, torch.randperm(5)), order=order)


def own_sparse():
    """A fixed number of zeros a column."""
    weight = torch.empty(10, 4).normal_(0, 0.1)
    for column in range(4):
        weight[torch.randperm(10)[:7], column] = 0
    return _module(weight=weight)


def rows_of_lists():
    layer = nn.Linear(4, 6)
    with torch.no_grad():
        layer.bias[[0, 2, 4]] = 1.0
        layer.weight[[1, 3], [0, 2]] = 0.5
        layer.weight[torch.tensor([True, False, False, False, False, True])] = torch.full((4,), 0.125)
        layer.weight.index_fill_(1, torch.tensor([3]), -1.0)
    return layer


def moved():
    weight = torch.randn(4, 6)
    return _module(a=weight.flip(0), b=torch.roll(weight, 2, 1), c=weight.repeat(2, 1), d=weight.t().contiguous(),
                   e=torch.cat([weight, torch.zeros(1, 6), -weight]), f=weight[[3, 0, 1]], g=weight.repeat_interleave(2, 0),
                   h=torch.rot90(weight), i=weight[:, ::2].clone(), j=weight[1, 2].clone())


def eye_over_drawn():
    layer = nn.Linear(4, 4)
    nn.init.eye_(layer.weight)
    conv = nn.Conv2d(3, 3, 3)
    nn.init.dirac_(conv.weight)
    return nn.Sequential(layer, conv)


# Copies, ties, lists

class TiedInEveryWay(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(9, 4)
        self.head = nn.Linear(4, 9, bias=False)
        self.tie_weights()
        self.turned = nn.Parameter(self.embed.weight.t())
        self.row = nn.Parameter(self.embed.weight[0])
        self.again = self.head

    def tie_weights(self):
        self.head.weight = self.embed.weight


class DeepCopies(nn.Module):
    def __init__(self):
        super().__init__()
        layer = nn.Module()
        layer.line = nn.Linear(3, 3)
        layer.register_buffer("order", torch.randperm(6))
        layer.register_buffer("noise", torch.randn(4))
        self.layers = nn.ModuleList(copy.deepcopy(layer) for _ in range(3))
        self.layers[1].noise.mul_(2)
        self.momentum = copy.deepcopy(self.layers[0])
        for target, source in zip(self.momentum.parameters(), self.layers[2].parameters()):
            target.data.copy_(source.data)


class Dictionaries(nn.Module):
    def __init__(self):
        super().__init__()
        self.low = nn.ParameterDict({name: nn.Parameter(torch.zeros(4, 2)) for name in ("query", "value")})
        self.up = nn.ParameterDict()
        for name in ("value", "query"):
            self.up[name] = nn.Parameter(torch.empty(2, 4))
            nn.init.kaiming_uniform_(self.up[name], a=math.sqrt(5))
        self.apply(self.reset)

    def reset(self, module):
        if isinstance(module, nn.ParameterDict):
            for value in module.values():
                value.data.add_(0.5)


class Norms(nn.Module):
    def __init__(self):
        super().__init__()
        self.old = nn.utils.spectral_norm(nn.Linear(5, 4))
        self.new = nn.utils.parametrizations.spectral_norm(nn.Conv2d(2, 3, 2))


class FixedFrequencies(nn.Module):
    """A buffer of a fixed seed, under fork_rng; what comes after is as if it were not there."""

    def __init__(self):
        super().__init__()
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(17)
            self.register_buffer("frequencies", torch.randn(8) * 3)
        self.line = nn.Linear(8, 2)
