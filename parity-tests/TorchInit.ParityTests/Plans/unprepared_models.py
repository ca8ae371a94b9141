"""Ten models that nobody prepared: how people initialise their own."""
import math

import torch
from torch import nn
from torch.nn.init import orthogonal_, sparse_, trunc_normal_


class Orthogonal(nn.Module):
    """A recurrent core with orthogonal kernels and a forget gate that starts open."""

    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(6, 8, 2)
        self.head = nn.Linear(8, 3)
        for name, value in self.lstm.named_parameters():
            if "weight_hh" in name:
                for gate in range(4):
                    orthogonal_(value.data[gate * 8:(gate + 1) * 8])
            elif "bias" in name:
                nn.init.zeros_(value)
                value.data[8:16].fill_(1.0)
        orthogonal_(self.head.weight, gain=0.01)


class Sparse(nn.Module):
    def __init__(self):
        super().__init__()
        self.reservoir = nn.Parameter(torch.empty(20, 20))
        sparse_(self.reservoir, sparsity=0.8, std=0.3)
        self.out = nn.Linear(20, 2, bias=False)


class Truncated(nn.Module):
    def __init__(self):
        super().__init__()
        self.position = nn.Parameter(torch.zeros(1, 17, 32))
        self.token = nn.Parameter(torch.zeros(1, 1, 32))
        self.blocks = nn.ModuleList(nn.Linear(32, 32) for _ in range(3))
        trunc_normal_(self.position, std=0.02)
        trunc_normal_(self.token, std=0.02)
        self.apply(self.reset)

    @staticmethod
    def reset(module):
        if isinstance(module, nn.Linear):
            trunc_normal_(module.weight, std=0.02)
            nn.init.constant_(module.bias, 0)


class Tied(nn.Module):
    """A small language model: one matrix for embedding and head, residual projections scaled by depth, as GPT-2's."""

    def __init__(self, vocabulary=37, width=16, layers=3):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, width)
        self.layers = nn.ModuleList(nn.ModuleDict({"up": nn.Linear(width, 4 * width), "c_proj": nn.Linear(4 * width, width)})
                                    for _ in range(layers))
        self.head = nn.Linear(width, vocabulary, bias=False)
        self.head.weight = self.embedding.weight
        self.apply(self.reset)
        for name, value in self.named_parameters():
            if name.endswith("c_proj.weight"):
                nn.init.normal_(value, mean=0.0, std=0.02 / math.sqrt(2 * layers))

    @staticmethod
    def reset(module):
        if isinstance(module, (nn.Linear, nn.Embedding)):
            nn.init.normal_(module.weight, mean=0.0, std=0.02)
            if isinstance(module, nn.Linear) and module.bias is not None:
                nn.init.zeros_(module.bias)


class Permuted(nn.Module):
    """A coupling layer with a fixed random order, and a table of sines."""

    def __init__(self, width=12):
        super().__init__()
        self.register_buffer("order", torch.randperm(width))
        self.scale = nn.Linear(width // 2, width // 2)
        frequencies = torch.exp(torch.arange(0, width, 2) * (-math.log(10000.0) / width))
        self.register_buffer("sines", torch.sin(torch.arange(5).unsqueeze(1) * frequencies))


class Scaled(nn.Module):
    """Residual branches that begin small: arithmetic on what was drawn."""

    def __init__(self, depth=4):
        super().__init__()
        self.first = nn.Parameter(torch.randn(10, 6) * 0.02)
        self.second = nn.Parameter(torch.rand(7) * 2 - 1)
        self.branches = nn.ModuleList(nn.Conv2d(3, 3, 3, padding=1) for _ in range(depth))
        with torch.no_grad():
            for branch in self.branches:
                branch.weight.mul_(depth ** -0.5)
                branch.bias.zero_()
            self.branches[0].weight.clamp_(-0.05, 0.05)


class Listed(nn.Module):
    def __init__(self):
        super().__init__()
        self.factors = nn.ParameterList([nn.Parameter(torch.randn(4, rank)) for rank in (1, 2, 3)])
        self.gates = nn.ParameterDict({"in": nn.Parameter(torch.empty(5).uniform_(-1, 1)), "out": nn.Parameter(torch.ones(5))})
        self.stacked = nn.Parameter(torch.stack([torch.randn(3), torch.zeros(3), torch.rand(3)]))


class Normalised(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.utils.weight_norm(nn.Conv1d(4, 6, 3))
        self.line = nn.utils.weight_norm(nn.Linear(6, 2), dim=1)
        self.norm = nn.BatchNorm1d(6)


class Copied(nn.Module):
    """A target network, a prototype that is thrown away, and a draw whose result nobody keeps."""

    def __init__(self):
        super().__init__()
        import copy
        torch.rand(3)
        self.online = nn.Sequential(nn.Linear(4, 5), nn.ReLU(), nn.Linear(5, 2))
        self.target = copy.deepcopy(self.online)
        nn.Linear(9, 9)
        self.last = nn.Linear(2, 2)
        self.last.load_state_dict({"weight": self.online[2].weight[:, :2].clone(), "bias": torch.tensor([0.5, -0.5])})


class Forward(nn.Module):
    """Draws in forward are no part of the start; transposed and half-filled memory is."""

    def __init__(self):
        super().__init__()
        self.turned = nn.Parameter(torch.randn(3, 5).t())
        table = torch.zeros(4, 6)
        table[1:3, ::2].normal_(0, 0.5)
        self.table = nn.Parameter(table)
        self.dropout = nn.Dropout(0.5)

    def forward(self, x):
        return self.dropout(x) + torch.randn_like(x)


class NumpyDrawn(nn.Module):
    def __init__(self):
        super().__init__()
        import numpy
        self.weight = nn.Parameter(torch.from_numpy(numpy.random.randn(3)).float())


class PythonDrawn(nn.Module):
    def __init__(self):
        super().__init__()
        import random
        self.weight = nn.Parameter(torch.full((3,), random.random()))


class Deciding(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(3))
        if self.weight.sum() > 0:
            nn.init.zeros_(self.weight)


class Unsupported(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.fft.fft(torch.randn(4)).real.contiguous())


class OwnGenerator(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(3).normal_(generator=torch.Generator().manual_seed(3)))
