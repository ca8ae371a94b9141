"""Constructors that people write, odd and ordinary: what the recorder meets there is replayed, to the bit."""
import copy
import math

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


class FusedQkv(nn.Module):
    """torch.nn.init on the thirds of one matrix, as attention layers do it."""

    def __init__(self):
        super().__init__()
        self.qkv = nn.Linear(8, 24)
        with torch.no_grad():
            for part, gain in zip(self.qkv.weight.chunk(3), (0.5, 0.5, 1.0)):
                nn.init.xavier_uniform_(part, gain=gain)
            nn.init.orthogonal_(self.qkv.weight[16:])
            nn.init.trunc_normal_(self.qkv.weight[:8, :4], std=0.02)
            nn.init.zeros_(self.qkv.bias[8:16])
        self.out = nn.Linear(8, 8, bias=False)


class ResidualScaled(nn.Module):
    """GPT-2's: what ends in a residual is divided by the root of the number of layers, by name."""

    def __init__(self, layers=3):
        super().__init__()
        self.blocks = nn.ModuleList(nn.ModuleDict({"up": nn.Linear(6, 12), "c_proj": nn.Linear(12, 6)}) for _ in range(layers))
        self.apply(self._init)
        with torch.no_grad():
            for name, value in self.named_parameters():
                if name.endswith("c_proj.weight"):
                    value /= math.sqrt(2 * layers)
                elif name.endswith("up.bias"):
                    value.add_(0.125).mul_(2)

    def _init(self, module):
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, std=0.02)
            nn.init.uniform_(module.bias, -0.1, 0.3)


class TiedAfterInit(nn.Module):
    """The head is drawn, and then is the embedding after all."""

    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(7, 5)
        self.head = nn.Linear(5, 7)
        self.decoder = copy.deepcopy(self.head)
        for value in self.parameters():
            if value.dim() > 1:
                nn.init.kaiming_normal_(value)
        self.head.weight = self.embed.weight
        self.decoder.bias = self.head.bias


class Reversed(nn.Module):
    """Made from the last layer to the first, named from the first to the last."""

    def __init__(self):
        super().__init__()
        made = [nn.Linear(4 + at, 3 + at) for at in reversed(range(4))]
        self.layers = nn.ModuleList(reversed(made))
        self.layers.insert(1, nn.LayerNorm(4))
        self.layers.append(copy.deepcopy(self.layers[0]))



class Loaded(nn.Module):
    """A part of another model's weights is taken over in __init__."""

    def __init__(self):
        super().__init__()
        teacher = nn.Sequential(nn.Linear(4, 6), nn.LayerNorm(6), nn.Linear(6, 2))
        self.body = nn.Sequential(nn.Linear(4, 6), nn.LayerNorm(6))
        self.body.load_state_dict({name: value for name, value in teacher.state_dict().items() if not name.startswith("2")})
        self.head = nn.Linear(6, 3)
        self.head.load_state_dict({"weight": torch.ones(3, 6), "bias": torch.arange(3.0)})


class Permutations(nn.Module):
    """Fixed orders, as buffers, and what is looked up by them."""

    def __init__(self):
        super().__init__()
        order = torch.randperm(10)
        self.register_buffer("order", order)
        self.register_buffer("inverse", torch.zeros(10, dtype=torch.int64).index_copy_(0, order, torch.arange(10)))
        self.register_buffer("mask", torch.randperm(10) < 4)
        self.register_buffer("few", torch.randperm(20)[:5].to(torch.int32), persistent=True)
        self.register_buffer("unsaved", torch.randn(4), persistent=False)
        self.weight = nn.Parameter(torch.randn(10, 3)[order])


class DoubleAllAlong(nn.Module):
    """The default dtype is double while the model is made, and one part is single nevertheless."""

    def __init__(self):
        super().__init__()
        before = torch.get_default_dtype()
        torch.set_default_dtype(torch.float64)
        try:
            self.line = nn.Linear(5, 3)
            self.gru = nn.GRU(3, 4)
            self.scale = nn.Parameter(torch.rand(3) * 0.1 + 1)
            self.single = nn.Linear(3, 2, dtype=torch.float32)
            self.mixed = nn.Parameter((torch.rand(4) + torch.rand(4, dtype=torch.float32)).float())
        finally:
            torch.set_default_dtype(before)




class DefaultGenerator(nn.Module):
    """The default generator, named: that is the one that draws anyway."""

    def __init__(self):
        super().__init__()
        generator = torch.default_generator
        self.a = nn.Parameter(torch.empty(4, 3).normal_(0, 0.3, generator=generator))
        self.b = nn.Parameter(torch.rand(5, generator=generator))
        self.register_buffer("c", torch.randperm(6, generator=generator))


class Fourier(nn.Module):
    """Random features: a drawn matrix, scaled by powers of two that are not drawn, and a phase."""

    def __init__(self):
        super().__init__()
        self.register_buffer("frequencies", torch.randn(4, 6) * 2.0 ** torch.arange(6.0))
        self.register_buffer("phase", torch.rand(6) * 2 * math.pi)
        self.register_buffer("decay", -torch.exp(torch.rand(6).mul(3.0).sub(1.5)))
        self.scale = nn.Parameter(torch.full((6,), 0.5).log())


class BlockDiagonal(nn.Module):
    """Gates and blocks filled one by one in one matrix, the forget gate's bias set to one."""

    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(4, 3, 2, bidirectional=True)
        for name, value in self.lstm.named_parameters():
            if "weight_hh" in name:
                for gate in value.data.split(3):
                    nn.init.orthogonal_(gate)
            elif "bias" in name:
                value.data.fill_(0)
                value.data[3:6] = 1
        self.blocks = nn.Parameter(torch.zeros(6, 6))
        with torch.no_grad():
            for at in range(0, 6, 2):
                self.blocks[at:at + 2, at:at + 2] = torch.randn(2, 2) / 2 ** 0.5


class LoRA(nn.Module):
    """Frozen weights with low-rank additions: one drawn as a Linear, one zero, stacked over tasks."""

    def __init__(self):
        super().__init__()
        self.base = nn.Linear(6, 4)
        self.base.weight.requires_grad_(False)
        self.a = nn.Parameter(torch.stack([torch.empty(2, 6).uniform_(-math.sqrt(1 / 6), math.sqrt(1 / 6)) for _ in range(3)]))
        self.b = nn.Parameter(self.base.weight.new_zeros(3, 4, 2))
        self.merged = nn.Parameter(self.base.weight.detach().clone(), requires_grad=False)


class Ema(nn.Module):
    """A teacher that follows: deep-copied, detached, and moved a little with lerp_."""

    def __init__(self):
        super().__init__()
        self.student = nn.Linear(3, 4)
        self.teacher = copy.deepcopy(self.student)
        for kept, value in zip(self.teacher.parameters(), self.student.parameters()):
            kept.requires_grad_(False)
            kept.copy_(value.detach()).mul_(0.99).add_(value.detach() * 0.01)


class Experts(nn.Module):
    """Experts in one tensor, each filled as a matrix of its own, and a router of small values."""

    def __init__(self):
        super().__init__()
        self.up = nn.Parameter(torch.empty(3, 4, 8))
        self.down = nn.Parameter(torch.empty(3, 8, 4))
        for expert in range(3):
            nn.init.kaiming_uniform_(self.up[expert], a=math.sqrt(5))
            nn.init.xavier_normal_(self.down.data[expert].t())
        self.router = nn.Parameter(torch.randn(4, 3).clamp_(-1, 1) * 1e-2)


class Ragged(nn.Module):
    """Tensors without elements, without dimensions and of one element."""

    def __init__(self):
        super().__init__()
        self.none = nn.Parameter(torch.empty(0, 4))
        self.temperature = nn.Parameter(torch.randn(()).abs())
        self.one = nn.Parameter(torch.rand(1, 1, 1))
        self.embed = nn.Embedding(5, 3, padding_idx=-1)
        self.bag = nn.EmbeddingBag(4, 3)
        self.bilinear = nn.Bilinear(2, 3, 2)
        self.prelu = nn.PReLU(3)


def frozen_batch_norm():
    """Statistics that are drawn, as tests of converters do it."""
    model = nn.Sequential(nn.Conv2d(2, 3, 1), nn.BatchNorm2d(3))
    model[1].running_mean.normal_(0, 0.1)
    model[1].running_var.uniform_(0.5, 1.5)
    nn.init.uniform_(model[1].weight, 0.9, 1.1)
    return model.eval()


def recurrent_scaled():
    """An echo state network's reservoir without its spectral radius: sparse, signed, scaled by rows."""
    weight = torch.randn(8, 8)
    weight = weight * (torch.rand(8, 8) < 0.4)
    signs = torch.randint(0, 2, (8, 1)).float() * 2 - 1
    return _module(weight=weight * signs / 3, signs=signs, sizes=torch.randint(1, 9, (8,)))


def from_distributions():
    """torch.distributions, and means and deviations that are tensors."""
    law = torch.distributions
    return _module(a=law.Normal(0.5, 0.25).sample((6, 7)), b=law.Uniform(-1.0, 0.5).sample((5,)),
                   c=law.Normal(torch.linspace(-1, 1, 7), torch.linspace(0.1, 0.9, 7)).sample((4,)), d=torch.normal(torch.zeros(20), 0.3),
                   e=torch.normal(0.5, torch.rand(40) + 0.1), f=law.Bernoulli(0.3).sample((9,)), g=law.Exponential(1.5).sample((8,)))


def diagonals():
    """Matrices of a vector, or of blocks; and a vector of a matrix."""
    return _module(a=torch.diag(torch.rand(4)), b=torch.diag(torch.rand(3), 1), c=torch.diag(torch.randn(4, 5), -1),
                   d=torch.diag_embed(torch.rand(2, 3)), e=torch.diag_embed(torch.rand(2, 3), -1, 0, 2),
                   f=torch.block_diag(torch.randn(2, 3), torch.rand(4), torch.ones(1, 2)), g=torch.eye(4) + 0.01 * torch.randn(4, 4))


def slices():
    """Parts of a matrix, assigned, added to and scaled."""
    weight = torch.zeros(4, 6)
    weight[::2] = torch.rand(2, 6)
    weight[:, 1] += torch.randn(4)
    weight[1:3, 2:4] *= 0.5
    weight[weight.abs() > 0.9] = 0
    return _module(weight=weight, product=torch.kron(torch.rand(2, 2), torch.ones(2, 2)), outer=torch.outer(torch.rand(3), torch.rand(2)))


def channels_last():
    """Weights that lie in memory as images do; the state dict has them as any."""
    return nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.Conv2d(4, 2, 3).half()).to(memory_format=torch.channels_last)


class Views(nn.Module):
    """One memory under several names and shapes, and one row for all."""

    def __init__(self):
        super().__init__()
        noise = torch.randn(6)
        self.register_buffer("whole", noise)
        self.register_buffer("part", noise[2:5])
        self.register_buffer("matrix", noise.view(2, 3))
        self.register_buffer("codes", torch.randint(0, 256, (5,), dtype=torch.uint8))
        self.register_buffer("windows", torch.rand(8).unfold(0, 3, 2).clone())
        self.wide = nn.Parameter(torch.rand(1, 3).expand(4, 3))
        self.line = nn.Linear(3, 2)
        self.line.weight.data = self.line.weight.data.t()
        self.last = nn.Linear(3, 2)
        nn.utils.vector_to_parameters(nn.utils.parameters_to_vector(self.last.parameters()) * 2, self.last.parameters())
