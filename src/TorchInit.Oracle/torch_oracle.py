"""Real torch behind one interface: a request in, named tensors and the generator's state out.

Every transport runs this file. As a program (python -I torch_oracle.py) it is a worker that answers frames on its standard
input and output until the input ends; imported, run(request_json, payload) answers one request in process. With the argument "cuda"
the worker's default device is the first GPU: tensors are made and drawn there, and the state is its generator's.

A frame is: u32 header length, u64 payload length (little endian), a JSON header, the payload's raw bytes. The first frame comes
from the worker: {"protocol": 1, "info": {...}}, or {"protocol": 1, "unavailable": "why"}.

Request header: {"call": CALL, "dtype": "float32", "seed": "0" or null, "state": true when the payload is a generator state,
"reset": how many more times reset_parameters() runs}. CALL is {"call": NAME, "args": [...], "kwargs": {...}, "forward": [sizes]};
the last three are optional. Values are null, true, false, integers of any size, strings, arrays (lists), {"float": "0.1"},
{"tuple": [...]}, {"dtype": "float64"}, {"dict": [[name, value], ...]}, {"ordered_dict": ...} and nested calls. A tensor to fill is replaced by its
shape: {"tuple": [3, 5]}, or {"transpose": {"tuple": [3, 5]}} for the (5, 3) view of a (3, 5) tensor; or a call that gives a tensor. Requests are data: a name
outside NAMES is refused.

Reply header: {"tensors": [{"name", "dtype", "shape"}], "warnings": [{"category", "message"}], "state": bytes of the state} and
"error": {"kind", "message"} if torch raised. The payload is the tensors' elements, each row-major, then the state.
torch 1.13 to 2.15, Python 3.8 or later; numpy is not needed (a pip torch has none, and numpy has no bfloat16).
"""
import collections
import contextlib
import ctypes
import hashlib
import json
import operator
import os
import platform
import re
import struct
import sys
import time
import warnings

PROTOCOL = 1
MAX_HEADER = 1 << 20    # bytes, in each direction; also the limit of a request's payload
MAX_BYTES = 1 << 30     # for all tensors of a request: 2**28 float32
MAX_INTEGER = 1 << 28   # in a module's arguments, as no size is larger
MAX_PRODUCT = 1 << 30   # for a module's two largest integers, which nearly always belong to one weight
MAX_MEMORY = 8 << 30    # for the whole worker: what the limits above let through becomes torch's own out-of-memory error
MAX_DEPTH = 64

DEVICE = "cpu"          # or "cuda", if the worker was started with it
torch = None            # imported by load(), after a worker has moved its descriptors out of reach of libraries that print
NAMES = {}              # name -> (kind, callable, or None if this torch does not have it)

# The classes that users put into torch.nn models. Those of the second group draw nothing, but a Sequential needs them.
MODULES = """
Linear Bilinear LazyLinear Identity Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d ConvTranspose3d LazyConv1d LazyConv2d
LazyConv3d LazyConvTranspose1d LazyConvTranspose2d LazyConvTranspose3d BatchNorm1d BatchNorm2d BatchNorm3d SyncBatchNorm
LazyBatchNorm1d LazyBatchNorm2d LazyBatchNorm3d InstanceNorm1d InstanceNorm2d InstanceNorm3d LazyInstanceNorm1d LazyInstanceNorm2d
LazyInstanceNorm3d LayerNorm RMSNorm GroupNorm Embedding EmbeddingBag PReLU RNN LSTM GRU RNNCell LSTMCell GRUCell
MultiheadAttention TransformerEncoderLayer TransformerDecoderLayer TransformerEncoder TransformerDecoder Transformer
AdaptiveLogSoftmaxWithLoss LinearCrossEntropyLoss Sequential ModuleList ModuleDict Container DataParallel RNNBase RNNCellBase

ReLU ReLU6 LeakyReLU ELU CELU SELU GELU SiLU Mish Hardswish Hardsigmoid Hardtanh Hardshrink Softshrink Tanhshrink Softplus Softsign
Sigmoid LogSigmoid Tanh Threshold RReLU GLU Softmax LogSoftmax Softmin Softmax2d Dropout Dropout1d Dropout2d Dropout3d AlphaDropout
FeatureAlphaDropout Flatten Unflatten MaxPool1d MaxPool2d MaxPool3d AvgPool1d AvgPool2d AvgPool3d LPPool1d LPPool2d
AdaptiveAvgPool1d AdaptiveAvgPool2d AdaptiveAvgPool3d AdaptiveMaxPool1d AdaptiveMaxPool2d AdaptiveMaxPool3d Upsample PixelShuffle
PixelUnshuffle ChannelShuffle ZeroPad2d ConstantPad1d ConstantPad2d ConstantPad3d ReflectionPad1d ReflectionPad2d ReplicationPad1d
ReplicationPad2d ReplicationPad3d LocalResponseNorm CosineSimilarity PairwiseDistance Fold Unfold LPPool3d MaxUnpool1d MaxUnpool2d
MaxUnpool3d FractionalMaxPool2d FractionalMaxPool3d UpsamplingNearest2d UpsamplingBilinear2d ReflectionPad3d ZeroPad1d ZeroPad3d
CircularPad1d CircularPad2d CircularPad3d CrossMapLRN2d

L1Loss MSELoss BCELoss BCEWithLogitsLoss NLLLoss NLLLoss2d CrossEntropyLoss CTCLoss CosineEmbeddingLoss GaussianNLLLoss
HingeEmbeddingLoss HuberLoss KLDivLoss MarginRankingLoss MultiLabelMarginLoss MultiLabelSoftMarginLoss MultiMarginLoss PoissonNLLLoss
SmoothL1Loss SoftMarginLoss TripletMarginLoss TripletMarginWithDistanceLoss
""".split()
# The names without a trailing underscore are deprecated: they warn, then do the same.
INITS = """
uniform_ normal_ constant_ ones_ zeros_ eye_ dirac_ xavier_uniform_ xavier_normal_ kaiming_uniform_ kaiming_normal_ trunc_normal_
orthogonal_ sparse_ uniform normal constant eye dirac xavier_uniform xavier_normal kaiming_uniform kaiming_normal orthogonal sparse
""".split()
# Functions of torch that return tensors, and methods of a tensor, which is the first argument.
TENSORS = """
rand randn randint full arange linspace tensor rand_like randn_like randint_like zeros_like ones_like normal bernoulli multinomial
mul multiply div divide true_divide add sub subtract rsub neg abs square reciprocal exp expm1 log erfinv pow clamp clip t transpose
floor_divide remainder sin cos tanh sigmoid rsqrt sign floor ceil trunc round relu sqrt clamp_min clamp_max swapaxes unsqueeze
squeeze flatten narrow select chunk split unbind cat concat stack where clone masked_fill eye gt ge lt le eq ne
""".split()
METHODS = """
exponential_ log_normal_ cauchy_ geometric_ bernoulli_ random_ fill_ zero_ mul_ multiply_ div_ divide_ add_ sub_ subtract_ neg_ abs_
square_ reciprocal_ exp_ expm1_ log_ erfinv_ sqrt_ clamp_ clip_ view reshape contiguous floor_divide_ remainder_ true_divide_ subtract_ pow_
sin_ cos_ tanh_ sigmoid_ rsqrt_ sign_ floor_ ceil_ trunc_ round_ relu_ permute expand expand_as repeat copy_ detach masked_fill_ to type_as
double half bfloat16 long short char byte
""".split()
DTYPES = ("float32", "float64", "float16", "bfloat16")
ITEM_SIZE = {"float32": 4, "float64": 8, "float16": 2, "bfloat16": 2, "int64": 8, "int32": 4, "int16": 2, "int8": 1, "uint8": 1,
             "bool": 1}


class OracleRefused(Exception):
    """The request is not allowed: its name, size or form. Torch's own errors keep their own class."""


def load():
    """Imports torch and fills NAMES; a second call does nothing."""
    global torch
    if torch is not None:
        return
    import torch as real
    import torch.nn.utils.parametrizations as parametrizations
    from torch.nn.modules import linear
    nn, utils = real.nn, real.nn.utils
    # getattr is called with the constants above, never with a name from a request.
    NAMES.update((name, ("module", getattr(nn, name, None))) for name in MODULES)
    NAMES.update(("init." + name, ("fill", getattr(nn.init, name, None))) for name in INITS)
    NAMES.update((name, ("fill", getattr(real.Tensor, name))) for name in ("uniform_", "normal_"))
    NAMES.update((name, ("tensor", getattr(real, name))) for name in TENSORS)
    NAMES.update((name, ("method", getattr(real.Tensor, name))) for name in METHODS)
    NAMES.update({
        "NonDynamicallyQuantizableLinear": ("module", linear.NonDynamicallyQuantizableLinear),
        "utils.weight_norm": ("module", getattr(utils, "weight_norm", None)),
        "utils.spectral_norm": ("module", getattr(utils, "spectral_norm", None)),
        "parametrizations.weight_norm": ("module", getattr(parametrizations, "weight_norm", None)),
        "parametrizations.spectral_norm": ("module", parametrizations.spectral_norm),
        "parametrizations.orthogonal": ("module", parametrizations.orthogonal),
        "init.calculate_gain": ("scalar", nn.init.calculate_gain),
        "randperm": ("randperm", real.randperm),
        "timed": ("timed", None),
        "timed_model": ("timed_model", None),
        "ones": ("argument", real.ones),
        "zeros": ("argument", real.zeros),
        # Zeros, so that memory that a draw does not touch is defined.
        "empty": ("tensor", real.zeros),
        "tensor": ("tensor", real.tensor),
        "empty_like": ("tensor", real.zeros_like),
        "dropout": ("tensor", nn.functional.dropout),
        "Parameter": ("tensor", nn.Parameter),
        "Buffer": ("tensor", lambda data: data),
        "ParameterDict": ("tensor", nn.ParameterDict),
        "slice": ("tensor", slice),
        "Ellipsis": ("tensor", lambda: Ellipsis),
        "operator": ("tensor", lambda symbol, *operands: OPERATORS[symbol](*operands)),
        "program": ("program", None),
        "getitem": ("tensor", lambda tensor, index: tensor[index]),
        "setitem": ("tensor", _set_item),
        "unpack": ("tensor", _unpack),
        "ParameterList": ("tensor", nn.ParameterList),
        "range": ("tensor", range),
        "list": ("tensor", _listed),
        "Generator": ("tensor", real.Generator),
        "manual_seed": ("tensor", lambda generator, seed: generator.manual_seed(seed)),
    })
    data = real.utils.data
    for prefix in ("", "utils.data."):
        NAMES.update((prefix + name, ("tensor", _order(getattr(data, name)))) for name in SAMPLERS)
        NAMES[prefix + "random_split"] = (
            "tensor", lambda *args, **kwargs: [_indices(part.indices) for part in data.random_split(*args, **kwargs)])
        NAMES[prefix + "DataLoader"] = ("tensor", lambda *args, **kwargs: Order(data.DataLoader(*args, **kwargs)))
    NAMES["functional.dropout"] = NAMES["dropout"]
    torch = real


SAMPLERS = ("RandomSampler", "SubsetRandomSampler", "WeightedRandomSampler")


# Python's operators by their spelling; "neg" is the unary minus.
OPERATORS = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "//": operator.floordiv, "%": operator.mod,
    "**": operator.pow, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
    "neg": operator.neg, "+=": operator.iadd, "-=": operator.isub, "*=": operator.imul, "/=": operator.itruediv,
    "//=": operator.ifloordiv, "%=": operator.imod, "**=": operator.ipow,
}


def _set_item(tensor, index, value):
    tensor[index] = value
    return tensor


def _unpack(values, at, count):
    """One of the names of `a, b = values`."""
    names = list(values)
    if len(names) != count:
        raise ValueError("%d values for %d names" % (len(names), count))
    return names[at]


class Order:
    """A sampler or loader, which draws each time it is iterated."""

    def __init__(self, values):
        self.values = values

    def __iter__(self):
        return iter(self.values)

    def __len__(self):
        return len(self.values)


def _order(sampler):
    return lambda *args, **kwargs: Order(sampler(*args, **kwargs))


def _listed(values):
    """list(values), for values that draw anew each time; a list of tensors is returned as it is."""
    if not isinstance(values, Order):
        return values
    items = list(values)
    return items if all(isinstance(item, torch.Tensor) for item in items) and items else _indices(items)


def _indices(values):
    return torch.tensor(values, dtype=torch.int64)


def _trunc_normal_by_rejection(tensor, mean, std, a, b):
    """trunc_normal_ of torch 2.12 and later, by operations that every torch has."""
    tensor.normal_(mean, std)
    outside = (tensor < a) | (tensor > b)
    while outside.any():
        torch.where(outside, torch.empty_like(tensor).normal_(mean, std), tensor, out=tensor)
        outside = (tensor < a) | (tensor > b)


# What can be timed; the arguments follow the tensor.
TIMED = {
    "uniform_": lambda tensor, a, b: tensor.uniform_(a, b),
    "normal_": lambda tensor, mean, std: tensor.normal_(mean, std),
    "trunc_normal_": lambda tensor, mean, std, a, b: torch.nn.init.trunc_normal_(tensor, mean, std, a, b),
    "trunc_normal_by_rejection": _trunc_normal_by_rejection,
    "orthogonal_": lambda tensor, rows: torch.nn.init.orthogonal_(tensor.view(rows, -1)),
}

# What of torchvision can be timed.
TIMED_MODELS = ("resnet50",)


class Call:
    """One request's call: turns the tree of data into torch calls, within one budget of bytes."""

    kept = None             # the tensor of the last timed call
    within = False          # whether the call is an argument of one that takes tensors

    def __init__(self, dtype):
        self.dtype = getattr(torch, dtype)
        self.item_size = ITEM_SIZE[dtype]
        self.left = MAX_BYTES
        self.variables = {}

    def spend(self, count, item_size):
        self.left -= count * item_size
        if self.left < 0:
            raise OracleRefused("the tensors of the request take more than %d bytes" % MAX_BYTES)

    def shape(self, node):
        sizes = node.get("tuple") if isinstance(node, dict) and len(node) == 1 else None
        if not isinstance(sizes, list) or len(sizes) > MAX_DEPTH or not all(type(size) is int for size in sizes):
            raise OracleRefused("a shape is {\"tuple\": [integers]}, not %s" % _short(node))
        count = 1
        for size in sizes:
            count *= size
        # Torch refuses negative sizes itself; with a zero there are no elements, as in (0, 2**40).
        self.spend(max(count, 0), self.item_size)
        if any(abs(size) >= 1 << 63 for size in sizes):
            raise OracleRefused("a size does not fit into 64 bits")
        return sizes

    def program(self, statements):
        """Runs statements in order: ["=", name, value], ["seed", integer], ["do", value]. The variables are the result."""
        if not isinstance(statements, list):
            raise OracleRefused("a program is a list of statements")
        self.within = True
        for statement in statements:
            if not isinstance(statement, list) or len(statement) != (3 if statement[:1] == ["="] else 2):
                raise OracleRefused("%s is not a statement" % _short(statement))
            kind, value = statement[0], statement[-1]
            if kind == "seed" and type(value) is int:
                torch.manual_seed(value)
            elif kind == "=" and isinstance(statement[1], str):
                self.variables[statement[1]] = self.value(value, 0)
            elif kind == "do":
                self.value(value, 0)
            else:
                raise OracleRefused("%s is not a statement" % _short(statement))
        return {name: value for name, value in self.variables.items() if not isinstance(value, (torch.Generator, Order))}

    def tensor(self, node):
        """The tensor to fill: zeros, so that memory that the operation does not touch is defined."""
        if isinstance(node, dict) and ("variable" in node or "attribute" in node):
            return self.value(node, 0)
        if isinstance(node, dict) and "call" in node:
            value = self.call(node, outermost=False)
            if not isinstance(value, torch.Tensor):
                raise OracleRefused("expected a tensor, not %s" % _short(node))
            return value
        if isinstance(node, dict) and len(node) == 1 and "transpose" in node:
            return torch.zeros(self.shape(node["transpose"]), dtype=self.dtype).t()
        return torch.zeros(self.shape(node), dtype=self.dtype)

    def value(self, node, depth):
        if depth > MAX_DEPTH:
            raise OracleRefused("the call is nested more than %d levels deep" % MAX_DEPTH)
        if node is None or isinstance(node, (bool, int)):
            return node
        if isinstance(node, str):
            # weight_norm(name=...) and similar functions read the attribute of that name.
            if node.startswith("_"):
                raise OracleRefused("the string %s starts with an underscore" % _short(node))
            return node
        if isinstance(node, list):
            return [self.value(item, depth + 1) for item in node]
        if "call" in node:
            return self.call(node, outermost=False, depth=depth + 1)
        if len(node) == 1 and isinstance(node.get("variable"), str):
            if node["variable"] not in self.variables:
                raise OracleRefused("the variable %s has no value" % _short(node["variable"]))
            return self.variables[node["variable"]]
        if set(node) == {"attribute", "of"} and node["attribute"] in ("data", "weight", "bias", "T"):
            return getattr(self.value(node["of"], depth + 1), node["attribute"])
        if len(node) == 1 and isinstance(node.get("float"), str):
            try:
                return float(node["float"])
            except ValueError:
                raise OracleRefused("%s is not a float" % _short(node["float"])) from None
        if len(node) == 1 and node.get("dtype") in ITEM_SIZE:
            return getattr(torch, node["dtype"])
        for key, kind in (("dict", dict), ("ordered_dict", collections.OrderedDict)):
            if len(node) == 1 and isinstance(node.get(key), list):
                if not all(isinstance(item, list) and len(item) == 2 and isinstance(item[0], str) for item in node[key]):
                    raise OracleRefused("a dict is a list of pairs of a name and a value, not %s" % _short(node))
                return kind((self.value(name, depth + 1), self.value(item, depth + 1)) for name, item in node[key])
        if len(node) == 1 and isinstance(node.get("tuple"), list):
            return tuple(self.value(item, depth + 1) for item in node["tuple"])
        raise OracleRefused("%s is not a value" % _short(node))

    def call(self, node, outermost, depth=0):
        name, args, kwargs = node.get("call"), node.get("args", []), node.get("kwargs", {})
        if not isinstance(name, str) or not isinstance(args, list) or not isinstance(kwargs, dict) \
                or not set(node) <= {"call", "args", "kwargs", "forward"}:
            raise OracleRefused("a call is {\"call\", \"args\", \"kwargs\", \"forward\"}, not %s" % _short(node))
        if name not in NAMES:
            raise OracleRefused("the name %s is not allowed" % _short(name))
        kind, function = NAMES[name]
        inner = kind == "argument" or name in ("empty", "tensor")
        here = kind == "module" or (outermost and kind != "argument") or (not outermost and inner) or \
            (kind in TENSOR_KINDS and (self.within or outermost))
        if not here or (kind != "module" and "forward" in node):
            raise OracleRefused("%s cannot be called here" % name)
        if function is None and kind not in ("timed", "timed_model", "program"):
            raise AttributeError("torch %s has no %s" % (torch.__version__, name))
        if kind == "program":
            return self.program(*args)
        if kind in ("tensor", "method") or (kind == "argument" and (self.within or outermost)):
            return self.tensors(name, kind, function, args, kwargs, depth)
        if kind == "fill":
            if not args:
                raise OracleRefused("the first argument of %s is the shape to fill" % name)
            outer, self.within = self.within, True
            target = self.tensor(args[0])
            self.within = outer
            rest, named = self.arguments(args[1:], kwargs, depth)
            function(target, *rest, **named)
            return target
        if kind == "argument":
            # ones(7), ones(2, 3) and ones((2, 3)).
            if not set(kwargs) <= {"dtype"}:
                raise OracleRefused("%s takes sizes and a dtype here" % name)
            sizes = self.shape(args[0] if len(args) == 1 and isinstance(args[0], dict) else {"tuple": args})
            return function(sizes, **self.arguments([], kwargs, depth)[1])
        outer, self.within = self.within, self.within or kind == "randperm"      # its generator
        positional, named = self.arguments(args, kwargs, depth)
        self.within = outer
        if kind == "randperm":
            self.spend(max([0] + [n for n in positional + list(named.values()) if isinstance(n, int)]), ITEM_SIZE["int64"])
            return function(*positional, **named)
        if kind == "timed":
            return self.timed(*positional, **named)
        if kind == "timed_model":
            return self.timed_model(*positional, **named)
        if kind == "scalar":
            return torch.tensor(float(function(*positional, **named)), dtype=torch.float64)
        self.check_sizes(positional + list(named.values()))
        module = function(*positional, **named)
        if "forward" in node:
            self.forward(module, node["forward"])
        return module

    def tensors(self, name, kind, function, args, kwargs, depth):
        """A function of torch that returns a tensor and may take others as arguments."""
        outer, self.within = self.within, True
        try:
            first = [self.tensor(args[0])] if kind == "method" and args else []
            positional, named = self.arguments(args[len(first):], kwargs, depth)
        finally:
            self.within = outer
        if name in SIZED:
            given = positional[:1] if name == "full" else positional[-1:] if name in ("randint", "normal") else positional
            count = 1
            for size in _integers([named.get("size", given)]):
                count *= abs(size)
            self.spend(count, 8)
        elif name in ("arange", "linspace", "multinomial", "range"):
            self.spend(max([0] + [abs(n) for n in positional if isinstance(n, (int, float))]), 8)
        return function(*first, *positional, **named)

    def timed(self, fills, rounds, samples, fresh):
        """Seconds of each sample: `rounds` times the fills [name, offset, count, arguments...] of one tensor, which is kept for later requests or made again in each round."""
        if DEVICE != "cpu":
            raise OracleRefused("fills are timed only on the CPU")
        if not 0 < rounds * samples <= MAX_HEADER or not all(name in TIMED and offset >= 0 and count >= 0 for name, offset, count, *_ in fills):
            raise OracleRefused("a timed fill is [name, offset, count, arguments...], its name one of %s" % ", ".join(TIMED))
        size = max([0] + [offset + count for _, offset, count, *_ in fills])
        self.spend(size, self.item_size)
        memory = Call.kept
        if fresh or memory is None or memory.dtype != self.dtype or memory.numel() != size:
            memory = Call.kept = None if fresh else torch.zeros(size, dtype=self.dtype)
        taken = []
        for _ in range(samples):
            start = time.perf_counter()
            for _ in range(rounds):
                tensor = torch.empty(size, dtype=self.dtype) if fresh else memory
                for name, offset, count, *args in fills:
                    TIMED[name](tensor if count == size else tensor[offset:offset + count], *args)
                tensor = None
            taken.append(time.perf_counter() - start)
        return torch.tensor(taken, dtype=torch.float64)

    def timed_model(self, name, rounds):
        """Seconds of `rounds` constructions of one of torchvision's models, with its default arguments."""
        if DEVICE != "cpu":
            raise OracleRefused("models are timed on the CPU alone")
        if name not in TIMED_MODELS or type(rounds) is not int or not 0 < rounds <= MAX_HEADER:
            raise OracleRefused("a timed model is [name, rounds], its name one of %s" % ", ".join(TIMED_MODELS))
        try:
            from torchvision import models
        except (ImportError, RuntimeError) as error:
            raise OracleRefused("this Python has no torchvision: %s" % error)
        construct = {"resnet50": models.resnet50}[name]
        start = time.perf_counter()
        for _ in range(rounds):
            construct()
        return torch.tensor([time.perf_counter() - start], dtype=torch.float64)

    def arguments(self, args, kwargs, depth):
        return [self.value(node, depth) for node in args], {name: self.value(node, depth) for name, node in kwargs.items()}

    def check_sizes(self, values):
        sizes = sorted(abs(n) for n in _integers(values))
        if sizes and sizes[-1] > MAX_INTEGER:
            raise OracleRefused("the integer %s is above %d" % (_short(sizes[-1]), MAX_INTEGER))
        if len(sizes) > 1 and sizes[-1] * sizes[-2] > MAX_PRODUCT:
            raise OracleRefused("the sizes %d and %d together are too large" % (sizes[-2], sizes[-1]))

    def forward(self, module, sizes):
        """Runs a module on zeros in evaluation mode: a lazy one makes and draws its parameters."""
        inputs = torch.zeros(self.shape({"tuple": sizes}))
        lazy, training = _is_lazy(module), module.training
        try:
            module.eval()  # no statistics are updated, and dropout draws nothing
            with torch.no_grad():
                module(inputs)
        except (RuntimeError, NotImplementedError):
            # The parameters are drawn before the arithmetic, which old versions lack for 16 bits on the CPU.
            if not lazy or _is_lazy(module):
                raise
        finally:
            module.train(training)  # a wrapper around it iterates in training mode


TENSOR_KINDS = ("tensor", "method", "fill", "argument", "randperm")
SIZED = ("rand", "randn", "randint", "full", "normal", "empty", "ones", "zeros")


def _integers(values):
    for value in values:
        if isinstance(value, (list, tuple)):
            yield from _integers(value)
        elif isinstance(value, int):
            yield value


def _is_lazy(module):
    tensors = list(module.parameters()) + list(module.buffers())
    return any(torch.nn.parameter.is_lazy(tensor) for tensor in tensors)


def _reset(target, times):
    for _ in range(times):
        # MultiheadAttention and Transformer call theirs _reset_parameters.
        again = getattr(target, "reset_parameters", None) or getattr(target, "_reset_parameters", None)
        if again is None:
            raise AttributeError("'%s' object has no attribute 'reset_parameters'" % type(target).__name__)
        again()


def _entries(result):
    """(name, contiguous CPU tensor) in order; lazy parameters that have no shape yet are left out."""
    if isinstance(result, Order):
        result = _listed(result)
    if isinstance(result, torch.Tensor):
        return [("", _here(result))]
    if isinstance(result, dict):
        return [(name + (inner and "." + inner), tensor) for name, value in result.items() for inner, tensor in _entries(value)]
    if isinstance(result, (list, tuple)):
        return [(str(number), _here(tensor)) for number, tensor in enumerate(result)]
    entries = [(name, tensor) for name, tensor in result.state_dict().items() if not torch.nn.parameter.is_lazy(tensor)]
    if sum(tensor.numel() * tensor.element_size() for _, tensor in entries) > MAX_BYTES:
        raise OracleRefused("the module's tensors take more than %d bytes" % MAX_BYTES)
    for name, tensor in entries:
        if tensor.device.type not in ("cpu", DEVICE) or _dtype(tensor) not in ITEM_SIZE:
            raise OracleRefused("%s is on %s with %s" % (name, tensor.device, tensor.dtype))
    return [(name, _here(tensor)) for name, tensor in entries]


def _here(tensor):
    return tensor.detach().to("cpu").contiguous()


def _dtype(tensor):
    return str(tensor.dtype)[len("torch."):]


def _memory(tensor):
    """The elements' bytes without a copy; valid as long as the tensor lives."""
    size = tensor.numel() * tensor.element_size()
    return (ctypes.c_char * size).from_address(tensor.data_ptr()) if size else b""


def _short(value):
    text = repr(value)
    return text if len(text) <= 120 else text[:117] + "..."


def _text(message):
    """A message that every JSON reader accepts: of limited length, without half surrogates that an argument may contain."""
    return str(message)[:8192].encode("utf-8", "replace").decode()


def _no_float(text):
    raise OracleRefused("a float is {\"float\": \"%s\"}: so integers stay integers" % text[:40])


def _parse(request_json):
    try:
        request = json.loads(request_json, parse_float=_no_float, parse_constant=_no_float)
    except (ValueError, RecursionError) as error:
        raise OracleRefused("the request is not JSON: %s" % error) from None
    if not isinstance(request, dict) or not isinstance(request.get("call"), dict):
        raise OracleRefused("the request has no call")
    if request.get("dtype") not in DTYPES:
        raise OracleRefused("dtype %s is not one of %s" % (_short(request.get("dtype")), ", ".join(DTYPES)))
    if type(request.get("reset", 0)) is not int or not 0 <= request.get("reset", 0) <= MAX_HEADER:
        raise OracleRefused("reset is a count from 0 to %d" % MAX_HEADER)
    return request


def _seed(request, payload):
    seed = request.get("seed")
    if bool(request.get("state")) == (seed is not None) or (payload and not request.get("state")):
        raise OracleRefused("a request has either a seed or a state")
    if seed is None:
        state = torch.frombuffer(bytearray(payload), dtype=torch.uint8) if payload else torch.empty(0, dtype=torch.uint8)
        _generator().set_rng_state(state)
    elif not isinstance(seed, str) or not re.match(r"-?[0-9]{1,4000}\Z", seed):
        raise OracleRefused("the seed %s is not a decimal integer" % _short(seed))
    else:
        torch.manual_seed(int(seed))


def _generator():
    """The module with the device's get_rng_state and set_rng_state."""
    return torch.cuda if DEVICE == "cuda" else torch


def _default_device():
    return torch.device(DEVICE) if DEVICE != "cpu" else contextlib.nullcontext()


def answer(request_json, payload=b""):
    """Answers one request: (reply's JSON, list of (owner, buffer)); a buffer is valid as long as its owner lives."""
    load()
    buffers, entries, error, seeded = [], [], None, False
    previous = torch.get_default_dtype()
    # A C++ warning that torch issues once per process is only in the first reply.
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            request = _parse(request_json)
            _seed(request, payload)
            seeded = True
            torch.set_default_dtype(getattr(torch, request["dtype"]))
            with _default_device():
                result = Call(request["dtype"]).call(request["call"], outermost=True)
                _reset(result, request.get("reset", 0))
            entries = _entries(result)
        except Exception as raised:  # the reply has Python's class and text
            error = {"kind": type(raised).__name__, "message": _text(raised)}
        finally:
            torch.set_default_dtype(previous)
    state = _generator().get_rng_state() if seeded else torch.empty(0, dtype=torch.uint8)
    buffers = [(tensor, _memory(tensor)) for _, tensor in entries] + [(state, _memory(state))]
    reply = {
        "tensors": [{"name": name, "dtype": _dtype(tensor), "shape": list(tensor.shape)} for name, tensor in entries],
        "warnings": [{"category": w.category.__name__, "message": _text(w.message)} for w in caught[:16]],
        "state": state.numel(),
    }
    if error is not None:
        reply["error"] = error
    text = json.dumps(reply)
    if len(text) > MAX_HEADER:
        error = {"kind": "OracleRefused", "message": "the module has too many tensors (%d) for one reply" % len(entries)}
        return json.dumps({"tensors": [], "warnings": [], "state": 0, "error": error}), []
    return text, buffers


def run(request_json, payload=b""):
    """Answers one request in process: (reply's JSON, payload). Uses torch's global generator: one caller at a time."""
    reply, buffers = answer(request_json, payload)
    return reply, b"".join(buffer for _, buffer in buffers)


def info_json():
    """What affects the bits besides the request, as JSON."""
    load()
    config = torch.__config__.show()
    gpu = {} if DEVICE == "cpu" else {"gpu": _gpu()}
    return json.dumps({
        "torch": str(torch.__version__),
        "package": _package_version(),
        "python": platform.python_version(),
        "platform": _platform(),
        "cpu": _capability(config),
        "libc": _libc(),
        "blas": _setting(config, "BLAS_INFO"),
        "mkl": bool(torch.backends.mkl.is_available()),
        "lapack": _lapack(config),
        "qr": _qr(),
        **gpu,
    })


def _gpu():
    """The GPU that draws: its name, and the two properties that affect values."""
    if not torch.cuda.is_available():
        built = "is built without CUDA" if torch.version.cuda is None else "finds no GPU"
        raise OSError("torch %s %s, and a GPU's draws were asked for" % (torch.__version__, built))
    properties = torch.cuda.get_device_properties(0)
    threads = getattr(properties, "max_threads_per_multi_processor", None)
    if threads is None or not hasattr(torch, "set_default_device"):
        raise OSError("torch %s does not report a GPU's threads, or has no default device; 2.1 and later do" % torch.__version__)
    torch.cuda.init()
    return {"name": properties.name, "multiprocessors": properties.multi_processor_count, "threads": threads}


def _package_version():
    """Debian's 1.13.1 calls itself 1.13.0a0: the package's version is the reliable one."""
    if os.path.realpath(torch.__file__).startswith("/usr/lib/python3/dist-packages/") and os.access("/usr/bin/dpkg-query", os.X_OK):
        import subprocess
        found = subprocess.run(["/usr/bin/dpkg-query", "-W", "-f=${Version}", "python3-torch"], stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=120, check=False)
        if found.returncode == 0 and found.stdout:
            return found.stdout.decode()
    from importlib import metadata
    try:
        return metadata.version("torch")
    except metadata.PackageNotFoundError:
        return str(torch.__version__)


def _platform():
    system = {"linux": "linux", "win32": "windows", "darwin": "macos"}.get(sys.platform, sys.platform)
    machine = platform.machine().lower()
    return system + "-" + {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64"}.get(machine, machine)


def _capability(config):
    cpu = getattr(torch.backends, "cpu", None)
    if hasattr(cpu, "get_cpu_capability"):
        return cpu.get_cpu_capability()
    found = re.search(r"CPU capability usage: *(.+)", config)
    return found.group(1).strip() if found else ""


def _libc():
    if sys.platform == "win32":
        return "ucrt"
    if sys.platform == "darwin":
        return "macOS " + platform.mac_ver()[0]
    try:
        return os.confstr("CS_GNU_LIBC_VERSION") or ""
    except (ValueError, OSError):
        return " ".join(platform.libc_ver()).strip()


def _setting(config, name):
    found = re.search(name + r"=([^,\s]*)", config)
    return found.group(1) if found else ""


def _lapack(config):
    """The library that orthogonal_ calls: its file if one is mapped, and the version it states."""
    paths = set()
    if os.path.exists("/proc/self/maps"):
        with open("/proc/self/maps", encoding="utf-8", errors="replace") as maps:
            paths = set(re.findall(r"(/\S*/lib(?:lapack|openblas|flexiblas|mkl_rt|nvpl_lapack|scipy_openblas)[^/\s]*)$", maps.read(), re.M))
    parts = []
    for path in sorted(os.path.realpath(path) for path in paths):
        text = os.path.basename(path)
        try:
            version = [ctypes.c_int() for _ in range(3)]
            ctypes.CDLL(path).ilaver_(*[ctypes.byref(part) for part in version])
            text += " (LAPACK %s)" % ".".join(str(part.value) for part in version)
        except (OSError, AttributeError):
            pass
        parts.append(text)
    if not parts:
        found = re.search(r"(Math Kernel Library[^\n]*|LAPACK_INFO=[^,\s]*)", config)
        parts = [found.group(1)] if found else []
    return ", ".join(parts)


def _qr():
    """A digest of what orthogonal_'s LAPACK and BLAS compute: Q of a (40, 30) matrix of k-ths of 1024, in float32 and then in float64.
    A library's name and the version that it states do not show its order of operations (3.12.1 states 3.12.0), its bits do."""
    digest = hashlib.sha256()
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        for dtype in (torch.float32, torch.float64):
            matrix = torch.tensor([(31 * k * k + 7919 * k) % 2003 - 1001 for k in range(1200)], dtype=dtype).div(1024).view(40, 30)
            q = torch.linalg.qr(matrix)[0].contiguous()
            digest.update(_memory(q))
    except RuntimeError:
        return ""   # a torch without LAPACK
    finally:
        torch.set_num_threads(threads)
    return digest.hexdigest()[:16]


def _private_descriptors():
    """The protocol's two streams on separate descriptors; the output of libraries goes to standard error."""
    source, sink = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    if sys.platform == "win32":
        import msvcrt
        msvcrt.setmode(source, os.O_BINARY)
        msvcrt.setmode(sink, os.O_BINARY)
    return os.fdopen(source, "rb"), os.fdopen(sink, "wb")


def _limit_memory():
    try:
        import resource
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (MAX_MEMORY if hard == resource.RLIM_INFINITY else min(MAX_MEMORY, hard), hard))
    except (ImportError, OSError, ValueError):
        pass  # Windows has no such limit; there only the limits on sizes apply


def _write(sink, header, buffers=()):
    text = header.encode()
    sink.write(struct.pack("<IQ", len(text), sum(len(buffer) for _, buffer in buffers)))
    sink.write(text)
    for _, buffer in buffers:
        sink.write(buffer)
    sink.flush()


def _serve(arguments):
    global DEVICE
    source, sink = _private_descriptors()
    if "cuda" in arguments:
        DEVICE = "cuda"
    else:
        _limit_memory()     # a GPU's driver maps more than that
    # One thread: a threaded BLAS splits its sums by the number of cores, so QR would depend on the machine; fills never depend on it.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        if sys.byteorder != "little":
            raise OSError("a big-endian machine: the protocol sends memory as it is, little-endian")
        info = info_json()
        torch.set_num_threads(1)
    except Exception as error:
        _write(sink, json.dumps({"protocol": PROTOCOL, "unavailable": "%s: %s" % (type(error).__name__, _text(error))}))
        return 1
    _write(sink, '{"protocol": %d, "info": %s}' % (PROTOCOL, info))
    while True:
        prefix = source.read(12)
        if len(prefix) < 12:
            return 0
        header_size, payload_size = struct.unpack("<IQ", prefix)
        if header_size > MAX_HEADER or payload_size > MAX_HEADER:
            print("a frame of %d + %d bytes; at most %d each" % (header_size, payload_size, MAX_HEADER), file=sys.stderr)
            return 2
        header, payload = source.read(header_size), source.read(payload_size)
        if len(header) < header_size or len(payload) < payload_size:
            return 0
        reply, buffers = answer(header, payload)
        _write(sink, reply, buffers)


if __name__ == "__main__":
    sys.exit(_serve(sys.argv[1:]))
