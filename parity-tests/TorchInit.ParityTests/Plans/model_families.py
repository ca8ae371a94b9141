"""Language models by the rules of their families: which layers there are, and how each family draws its weights.

Written for these tests; only the initialisation is here, no forward. Sizes are arguments, so that the same class is a fixture of a few
thousand weights or a model that people train.
"""
import math

import torch
from torch import nn


class RMSNorm(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))


# GPT-2, in the way of nanoGPT: everything N(0, 0.02), the projections back into the residual stream smaller by √(2 · layers)

class GptBlock(nn.Module):
    def __init__(self, width, context, bias):
        super().__init__()
        self.ln_1 = nn.LayerNorm(width)
        self.attn = nn.ModuleDict({"c_attn": nn.Linear(width, 3 * width, bias=bias), "c_proj": nn.Linear(width, width, bias=bias)})
        self.attn.register_buffer("bias", torch.tril(torch.ones(context, context)).view(1, 1, context, context), persistent=False)
        self.ln_2 = nn.LayerNorm(width)
        self.mlp = nn.ModuleDict({"c_fc": nn.Linear(width, 4 * width, bias=bias), "c_proj": nn.Linear(4 * width, width, bias=bias)})


class Gpt2(nn.Module):
    def __init__(self, vocabulary=97, context=16, width=24, layers=2, bias=True):
        super().__init__()
        self.transformer = nn.ModuleDict({
            "wte": nn.Embedding(vocabulary, width), "wpe": nn.Embedding(context, width),
            "h": nn.ModuleList(GptBlock(width, context, bias) for _ in range(layers)), "ln_f": nn.LayerNorm(width)})
        self.lm_head = nn.Linear(width, vocabulary, bias=False)
        self.transformer["wte"].weight = self.lm_head.weight
        self.apply(self._init_weights)
        for name, value in self.named_parameters():
            if name.endswith("c_proj.weight"):
                nn.init.normal_(value, mean=0.0, std=0.02 / math.sqrt(2 * layers))

    def _init_weights(self, module):
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, mean=0.0, std=0.02)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
        elif isinstance(module, nn.Embedding):
            nn.init.normal_(module.weight, mean=0.0, std=0.02)


# BERT: N(0, initializer_range), the padding token's row and all biases 0, the decoder tied to the embedding

class BertLayer(nn.Module):
    def __init__(self, width, hidden):
        super().__init__()
        attention = nn.ModuleDict({name: nn.Linear(width, width) for name in ("query", "key", "value")})
        self.attention = nn.ModuleDict({"self": attention, "dense": nn.Linear(width, width), "LayerNorm": nn.LayerNorm(width, eps=1e-12)})
        self.intermediate = nn.Linear(width, hidden)
        self.output = nn.ModuleDict({"dense": nn.Linear(hidden, width), "LayerNorm": nn.LayerNorm(width, eps=1e-12)})


class Bert(nn.Module):
    initializer_range = 0.02

    def __init__(self, vocabulary=101, positions=20, width=24, hidden=48, layers=2):
        super().__init__()
        self.embeddings = nn.ModuleDict({
            "word_embeddings": nn.Embedding(vocabulary, width, padding_idx=0), "position_embeddings": nn.Embedding(positions, width),
            "token_type_embeddings": nn.Embedding(2, width), "LayerNorm": nn.LayerNorm(width, eps=1e-12)})
        self.embeddings.register_buffer("position_ids", torch.arange(positions).expand((1, -1)))
        self.encoder = nn.ModuleList(BertLayer(width, hidden) for _ in range(layers))
        self.pooler = nn.Linear(width, width)
        self.transform = nn.ModuleDict({"dense": nn.Linear(width, width), "LayerNorm": nn.LayerNorm(width, eps=1e-12)})
        self.decoder = nn.Linear(width, vocabulary)
        self.bias = nn.Parameter(torch.zeros(vocabulary))
        self.decoder.bias = self.bias
        self.apply(self._init_weights)
        self.decoder.weight = self.embeddings["word_embeddings"].weight

    def _init_weights(self, module):
        if isinstance(module, nn.Linear):
            module.weight.data.normal_(mean=0.0, std=self.initializer_range)
            if module.bias is not None:
                module.bias.data.zero_()
        elif isinstance(module, nn.Embedding):
            module.weight.data.normal_(mean=0.0, std=self.initializer_range)
            if module.padding_idx is not None:
                module.weight.data[module.padding_idx].zero_()
        elif isinstance(module, nn.LayerNorm):
            module.bias.data.zero_()
            module.weight.data.fill_(1.0)


# Llama: no biases, grouped keys and values, rotary frequencies as a buffer

class LlamaLayer(nn.Module):
    def __init__(self, width, hidden, heads, groups):
        super().__init__()
        size = width // heads
        self.self_attn = nn.ModuleDict({
            "q_proj": nn.Linear(width, heads * size, bias=False), "k_proj": nn.Linear(width, groups * size, bias=False),
            "v_proj": nn.Linear(width, groups * size, bias=False), "o_proj": nn.Linear(heads * size, width, bias=False)})
        self.mlp = nn.ModuleDict({
            "gate_proj": nn.Linear(width, hidden, bias=False), "up_proj": nn.Linear(width, hidden, bias=False),
            "down_proj": nn.Linear(hidden, width, bias=False)})
        self.input_layernorm = RMSNorm(width)
        self.post_attention_layernorm = RMSNorm(width)


class Llama(nn.Module):
    def __init__(self, vocabulary=89, width=32, hidden=56, layers=2, heads=4, groups=2, theta=10000.0):
        super().__init__()
        self.embed_tokens = nn.Embedding(vocabulary, width, padding_idx=0)
        self.layers = nn.ModuleList(self._layer(width, hidden, heads, groups) for _ in range(layers))
        self.norm = RMSNorm(width)
        size = width // heads
        self.register_buffer("inv_freq", 1.0 / (theta ** (torch.arange(0, size, 2).float() / size)))
        self.lm_head = nn.Linear(width, vocabulary, bias=False)
        self.apply(self._init_weights)

    def _layer(self, width, hidden, heads, groups):
        return LlamaLayer(width, hidden, heads, groups)

    def _init_weights(self, module):
        if isinstance(module, nn.Linear):
            module.weight.data.normal_(mean=0.0, std=0.02)
        elif isinstance(module, nn.Embedding):
            module.weight.data.normal_(mean=0.0, std=0.02)
            if module.padding_idx is not None:
                module.weight.data[module.padding_idx].zero_()


# Mixtral: Llama's attention, and experts whose weights are one tensor each, behind a router

class MixtralExperts(nn.Module):
    def __init__(self, width, hidden, experts):
        super().__init__()
        self.gate_up_proj = nn.Parameter(torch.empty(experts, 2 * hidden, width))
        self.down_proj = nn.Parameter(torch.empty(experts, width, hidden))


class Mixtral(Llama):
    def __init__(self, vocabulary=89, width=32, hidden=40, layers=2, heads=4, groups=2, experts=4, theta=1000000.0):
        self.experts = experts
        super().__init__(vocabulary, width, hidden, layers, heads, groups, theta)

    def _layer(self, width, hidden, heads, groups):
        layer = LlamaLayer(width, 1, heads, groups)
        layer.mlp = nn.ModuleDict({"gate": nn.Linear(width, self.experts, bias=False), "experts": MixtralExperts(width, hidden, self.experts)})
        return layer

    def _init_weights(self, module):
        super()._init_weights(module)
        if isinstance(module, MixtralExperts):
            for expert in range(module.gate_up_proj.shape[0]):
                nn.init.normal_(module.gate_up_proj.data[expert], mean=0.0, std=0.02)
                nn.init.normal_(module.down_proj.data[expert], mean=0.0, std=0.02)


# Mamba: A as the logarithm of 1 … n, steps dt log-uniform through an inverse softplus, the outer projection smaller by √layers

class MambaMixer(nn.Module):
    def __init__(self, width, states, kernel, expand):
        super().__init__()
        inner, rank = expand * width, math.ceil(width / 16)
        self.in_proj = nn.Linear(width, 2 * inner, bias=False)
        self.conv1d = nn.Conv1d(inner, inner, kernel, groups=inner, padding=kernel - 1)
        self.x_proj = nn.Linear(inner, rank + 2 * states, bias=False)
        self.dt_proj = nn.Linear(rank, inner)
        self.A_log = nn.Parameter(torch.log(torch.arange(1, states + 1, dtype=torch.float32).repeat(inner, 1)))
        self.D = nn.Parameter(torch.ones(inner))
        self.out_proj = nn.Linear(inner, width, bias=False)


class Mamba(nn.Module):
    def __init__(self, vocabulary=83, width=32, layers=2, states=4, kernel=4, expand=2, dt_min=0.001, dt_max=0.1, dt_floor=1e-4):
        super().__init__()
        self.dt = math.log(dt_min), math.log(dt_max), dt_floor
        self.count = layers
        self.embeddings = nn.Embedding(vocabulary, width)
        self.layers = nn.ModuleList(
            nn.ModuleDict({"norm": RMSNorm(width), "mixer": MambaMixer(width, states, kernel, expand)}) for _ in range(layers))
        self.norm_f = RMSNorm(width)
        self.lm_head = nn.Linear(width, vocabulary, bias=False)
        self.apply(self._init_weights)
        self.lm_head.weight = self.embeddings.weight

    @torch.no_grad()
    def _init_weights(self, module):
        if isinstance(module, MambaMixer):
            low, high, floor = self.dt
            reach = module.dt_proj.weight.shape[1] ** -0.5
            nn.init.uniform_(module.dt_proj.weight, -reach, reach)
            dt = torch.exp(torch.rand(module.dt_proj.bias.shape[0]) * (high - low) + low).clamp(min=floor)
            module.dt_proj.bias.copy_(dt + torch.log(-torch.expm1(-dt)))
            module.dt_proj.bias._no_reinit = True
            nn.init.kaiming_uniform_(module.conv1d.weight, a=math.sqrt(5))
            nn.init.zeros_(module.conv1d.bias)
            nn.init.kaiming_uniform_(module.out_proj.weight, a=math.sqrt(5))
            module.out_proj.weight.div_(math.sqrt(self.count))
        elif isinstance(module, nn.Linear):
            if module.bias is not None and not getattr(module.bias, "_no_reinit", False):
                nn.init.zeros_(module.bias)
        elif isinstance(module, nn.Embedding):
            nn.init.normal_(module.weight, std=0.1)
