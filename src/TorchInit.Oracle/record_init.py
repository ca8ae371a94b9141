#!/usr/bin/env python3
"""Records how a PyTorch model is initialised, as a plan that draws the same weights without PyTorch, for any seed.

    python record_init.py "torchvision.models:resnet50(weights=None)" -o resnet50.initplan.json
    python record_init.py "my_model.py:build" -o my_model.initplan.json

The model is constructed once, under a dispatch mode that sees every operation. A draw that reaches a parameter or buffer becomes a step;
values that depend on no draw are stored as data; a use of drawn values that cannot be replayed is refused, with the operation and the
line that called it. The text in quotes is parsed, never evaluated: MODULE:CALLABLE, or FILE.py:CALLABLE, with literals as arguments.
"""

import argparse
import ast
import difflib
import hashlib
import importlib
import importlib.util
import json
import math
import os
import platform
import random
import sys
import sysconfig
import tempfile
import traceback

SCRATCH = "scratch."
# Operands that a step reads as whole tensors, by name.
WHOLE = {"norm_except": ("source",), "bernoulli_tensor": ("probabilities",), "multinomial": ("weights",),
         "power_iteration": ("v", "weight")}
INDEXED = ("index", "index_put")              # steps that select rows of their operands
MOST_DATA = 1 << 22


class Refused(BaseException):
    """A refusal to record: the operation, the line that called it, and what to do. A model that catches errors does not catch it."""


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", help="MODULE:CALLABLE or FILE.py:CALLABLE, with literal arguments in parentheses if it takes any")
    parser.add_argument("-o", "--output", help="the plan's file; the default is standard output")
    parser.add_argument("--path", action="append", default=[], help="a folder to import from, besides the installed packages")
    parser.add_argument("--dtype", default="float32", choices=["float32", "float64", "float16", "bfloat16"],
                        help="torch's default dtype during construction")
    parser.add_argument("--call", action="append", default=[], metavar="SHAPE",
                        help="call the model once, in evaluation mode, with zeros of these shapes, one option per argument, to initialise "
                        "lazy layers; for example --call 1,3,32,32")
    parser.add_argument("--no-check", action="store_true",
                        help="do not construct the model a second time to check the recording")
    parser.add_argument("--hash", action="append", default=[], type=int, metavar="SEED",
                        help="instead of a plan, print what torch itself gives: the SHA-256 of the state dict and of the generator state")
    options = parser.parse_args(arguments)
    plans_file = None if options.output is not None else own_output()
    try:
        build = called(callable_of(options.model, options.path), [shape_of(text) for text in options.call])
        text = (hashes(build, options.hash, options.dtype) if options.hash
                else plan_json(build, options.model, options.dtype, not options.no_check))
    except Refused as refusal:
        print("record_init: %s" % refusal, file=sys.stderr)
        return 4
    if plans_file is not None:
        with plans_file:
            plans_file.write(text)
    else:
        write_whole(options.output, text)
    return 0


def own_output():
    """Standard output for the plan alone: what the model, or a program that it starts, writes there goes to standard error."""
    sys.stdout.flush()
    file = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return file


def write_whole(path, text):
    """Writes the file whole or not at all: to a temporary file beside it, flushed, then renamed."""
    folder = os.path.dirname(os.path.abspath(path))
    handle, name = tempfile.mkstemp(dir=folder, prefix=os.path.basename(path) + ".")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


# ---- The requested model

def callable_of(text, paths):
    """MODULE:CALLABLE(literals) as a function without arguments."""
    module, colon, call = text.partition(":")
    if not colon or not module or not call:
        raise Refused("%r is not a model; allowed: MODULE:CALLABLE or FILE.py:CALLABLE, for example torchvision.models:resnet50" % text)
    try:
        tree = ast.parse(call, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise Refused("%r is not a call; allowed: a name, with literals in parentheses if it takes arguments" % call) from None
    args, kwargs = [], {}
    if isinstance(tree, ast.Call):
        try:
            args = [ast.literal_eval(argument) for argument in tree.args]
            kwargs = {keyword.arg: ast.literal_eval(keyword.value) for keyword in tree.keywords if keyword.arg is not None}
        except (ValueError, SyntaxError, TypeError):
            raise Refused("an argument of %r is not a literal; put the call into a function in a file: FILE.py:CALLABLE" % call) from None
        tree = tree.func
    names = []
    while isinstance(tree, ast.Attribute):
        names.append(tree.attr)
        tree = tree.value
    if not isinstance(tree, ast.Name):
        raise Refused("%r is not a name" % call)
    names.append(tree.id)
    found = of_model("%s cannot be imported" % module, lambda: imported(module, paths))
    for name in reversed(names):
        try:
            found = getattr(found, name)
        except AttributeError:
            raise Refused("%s has no %s%s" % (module, name, nearest(name, dir(found)))) from None
    return lambda: of_model("%s cannot be constructed" % text, lambda: found(*args, **kwargs))


def of_model(what, run):
    """Runs the model's own code. If it fails or ends the program, that is a refusal with the lines of the model, not of this file."""
    try:
        return run()
    except SystemExit as end:
        said = "it ends the program by sys.exit(%s)" % ("" if end.code is None else repr(end.code))
        frames = traceback.extract_tb(end.__traceback__)
    except Exception as error:
        if isinstance(error, ImportError) and error.name == "torch":
            raise
        said = "".join(traceback.format_exception_only(type(error), error)).strip()
        frames = traceback.extract_tb(error.__traceback__)
    skipped = ("<frozen importlib", os.path.abspath(__file__))
    lines = traceback.format_list([frame for frame in frames if not frame.filename.startswith(skipped)])
    raise Refused("%s: %s%s" % (what, said, "\n" + "".join(lines).rstrip() if lines else "")) from None


def nearest(name, known):
    """The end of an error message: the names that may have been meant."""
    lower = {other.lower(): other for other in known if not other.startswith("_")}
    near = difflib.get_close_matches(name.lower(), lower, 3)
    return "; nearest: %s" % ", ".join(lower[other] for other in near) if near else ""


def shape_of(text):
    try:
        shape = [int(size) for size in text.split(",") if size.strip()]
    except ValueError:
        shape = [-1]
    if any(size < 0 for size in shape):
        raise Refused("--call %s is not a shape; allowed: sizes separated by commas, for example 1,3,32,32" % text)
    return shape


def called(build, shapes):
    """The model after a first forward, which initialises lazy layers."""
    import torch
    if not shapes:
        return build

    def made():
        model = build()
        if not isinstance(model, torch.nn.Module):
            return model                                     # refused later, with what it is
        training = [(module, module.training) for module in model.modules()]
        model.eval()
        with torch.no_grad():
            of_model("the model cannot be called with %s" % " and ".join(map(str, shapes)),
                     lambda: model(*[torch.zeros(shape) for shape in shapes]))
        for module, was in training:
            module.training = was
        return model

    return made


def imported(module, paths):
    sys.path[:0] = [os.path.abspath(path) for path in paths]
    if module.endswith(".py"):
        if not os.path.isfile(module):
            folder, name = os.path.split(module)
            there = os.listdir(folder or ".") if os.path.isdir(folder or ".") else ()
            raise Refused("there is no file %s%s" % (module, nearest(name, there)))
        spec = importlib.util.spec_from_file_location(os.path.splitext(os.path.basename(module))[0], module)
        loaded = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = loaded
        spec.loader.exec_module(loaded)
        return loaded
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise Refused("%s cannot be imported: %s" % (module, error)) from None


def hashes(build, seeds, dtype):
    """What torch itself draws, as JSON lines: the reference for a replay."""
    import torch
    lines = []
    for seed in seeds:
        torch.set_default_dtype(getattr(torch, dtype))
        torch.manual_seed(seed)
        lines.append(json.dumps({"seed": seed, **digest_of(build())}))
    return "\n".join(lines) + "\n"


def digest_of(model):
    """The hashes of a freshly drawn state dict and of the generator state."""
    import torch
    state = hashlib.sha256(torch.get_rng_state().numpy().tobytes()).hexdigest()
    digest, count = hashlib.sha256(), 0
    for tensor in model.state_dict().values():
        flat = tensor.detach().cpu().contiguous().reshape(-1)
        if flat.numel():
            digest.update(flat.view(torch.uint8).numpy())
        count += flat.numel()
    return {"sha256": digest.hexdigest(), "state": state, "elements": count}


# ---- Recording

class Storage:
    """Memory that tensors share, and what is known about its contents."""

    def __init__(self, tensor):
        self.keep = tensor          # a freed address could be reused by another tensor
        self.dtype = tensor.dtype
        self.count = storage_of(tensor).nbytes() // tensor.element_size()
        self.is_drawn = False
        self.is_written = False
        self.refusal = None         # why its contents cannot be replayed; reported if they are needed
        self.name = None
        self.shape = None           # for steps that read the whole tensor by name


def storage_of(tensor):
    import torch
    if tensor.layout is not torch.strided:
        refuse("a tensor of layout %s" % tensor.layout, "only strided tensors are recorded")
    return tensor.untyped_storage() if hasattr(tensor, "untyped_storage") else tensor.storage()._storage


def recorder_type():
    import torch
    from torch.utils._python_dispatch import TorchDispatchMode
    aten = torch.ops.aten
    fills = {aten.zero_: lambda args: 0.0, aten.fill_: lambda args: args[1]}
    empties = {aten.empty, aten.empty_like, aten.empty_strided, aten.new_empty, aten.new_empty_strided}
    quiet = {aten.detach, aten.alias, aten.view, aten._reshape_alias, aten.select, aten.slice, aten.unsqueeze, aten.squeeze, aten.permute,
             aten.transpose, aten.t, aten.expand, aten.lift_fresh, aten.zeros, aten.ones, aten.full, aten.arange, aten.copy_}
    # These depend on the operand's sizes and dtype, not on its values.
    likes = empties | {aten.zeros_like, aten.ones_like, aten.full_like, aten.new_zeros, aten.new_ones, aten.new_full}
    # Draws in place: the step, and torch's names of its arguments with their defaults.
    draws = {aten.uniform_: ("uniform", {"from": 0.0, "to": 1.0}), aten.normal_: ("normal", {"mean": 0.0, "std": 1.0}),
             aten.exponential_: ("exponential", {"lambda": 1.0}), aten.log_normal_: ("log_normal", {"mean": 1.0, "std": 2.0}),
             aten.cauchy_: ("cauchy", {"median": 0.0, "sigma": 1.0}), aten.geometric_: ("geometric", {"p": 0.5})}
    makers = {aten.rand: ("uniform", {"from": 0.0, "to": 1.0}), aten.rand_like: ("uniform", {"from": 0.0, "to": 1.0}),
              aten.randn: ("normal", {"mean": 0.0, "std": 1.0}), aten.randn_like: ("normal", {"mean": 0.0, "std": 1.0}),
              aten.randperm: ("randperm", {})}
    integers = {aten.random_, aten.randint, aten.randint_like}
    copies = {aten.clone, aten.lift_fresh_copy, aten.detach_copy, aten._to_copy}
    scalars = {aten.mul: "mul", aten.mul_: "mul", aten.div: "div", aten.div_: "div", aten.add: "add", aten.add_: "add",
               aten.sub: "sub", aten.sub_: "sub", aten.rsub: "rsub"}
    unaries = {aten.neg: ["neg"], aten.abs: ["abs"], aten.sqrt: ["sqrt"], aten.reciprocal: ["reciprocal"], aten.exp: ["exp"],
               aten.expm1: ["exp_m1"], aten.log: ["log"], aten.erfinv: ["erf_inv"], aten.square: ["square"],
               aten.neg_: ["neg"], aten.abs_: ["abs"], aten.sqrt_: ["sqrt"], aten.reciprocal_: ["reciprocal"], aten.exp_: ["exp"],
               aten.expm1_: ["exp_m1"], aten.log_: ["log"], aten.erfinv_: ["erf_inv"], aten.square_: ["square"]}
    powers = {2.0: "square", 0.5: "root", -1.0: "reciprocal"}
    clamps = {aten.clamp, aten.clamp_, aten.clamp_min, aten.clamp_min_, aten.clamp_max, aten.clamp_max_}
    comparisons = {aten.lt: "lt", aten.le: "le", aten.gt: "gt", aten.ge: "ge", aten.eq: "eq", aten.ne: "ne"}
    negations = {aten.bitwise_not, aten.logical_not}
    joins = {aten.cat, aten.stack}
    moves = {aten.flip, aten.roll, aten.repeat, aten.rot90, aten.take}
    triangles = {aten.tril: torch.tril, aten.tril_: torch.tril, aten.triu: torch.triu, aten.triu_: torch.triu}
    readers = {aten._local_scalar_dense, aten.equal, aten.is_nonzero, aten.nonzero, aten.masked_select, aten._unique2}

    class Recorder(TorchDispatchMode):
        """Sees every operation, and records those through which drawn values pass."""

        def __init__(self):
            super().__init__()
            self.storages = {}
            self.steps = []                       # (op, storage, (offset, sizes, strides), arguments)
            self.is_quiet = False                 # inside a function that is recorded as one step
            self.fixed = None                     # the line that seeded the generator: its draws are the same for every seed
            self.saved = {}                       # saved states of the generator, with the draws before them
            self.draws = 0

        # What is known

        def storage(self, tensor):
            key = storage_of(tensor)._cdata
            if key not in self.storages:
                self.storages[key] = Storage(tensor.detach() if tensor.requires_grad else tensor)
                self.storages[key].is_written = True          # made before the recording or outside of it
            return self.storages[key]

        def is_drawn(self, value):
            return isinstance(value, torch.Tensor) and value.device.type == "cpu" and self.storage(value).is_drawn

        def step(self, op, target, **arguments):
            self.steps.append((op, self.storage(target), layout(target), arguments))

        def draw(self, op, target, **arguments):
            self.before(target)
            self.step(op, target, **arguments)
            self.draws += 1
            self.storage(target).is_drawn = self.storage(target).is_written = True

        def before(self, target):
            """Stores as data the contents of memory that a draw covers only in part."""
            if not covers(target, self.storage(target)):
                self.hold(target)

        def hold(self, target):
            """Stores as data the contents of memory that drawn values change."""
            storage = self.storage(target)
            if not storage.is_drawn and storage.is_written:
                whole = torch.as_strided(storage.keep, (storage.count,), (1,), 0)
                self.step("data", whole, values=whole.detach().clone())
                storage.is_drawn = True

        def fresh(self, tensor):
            self.storages[storage_of(tensor)._cdata] = Storage(tensor)

        def given(self, values, dtype=None):
            """Marks memory whose values no draw made."""
            values = values.detach().to(dtype or values.dtype).clone(memory_format=torch.contiguous_format)
            self.fresh(values)
            self.step("data", values, values=values)
            self.storage(values).is_drawn = True
            return values

        def operand(self, value, dtype=None, apart_from=None):
            """A tensor that a step reads, drawn or given: with a dtype, and not in the memory that the step writes."""
            if not self.is_drawn(value):
                return self.given(value, dtype)
            dtype = dtype or value.dtype
            if value.dtype == dtype and (apart_from is None or storage_of(value)._cdata != storage_of(apart_from)._cdata):
                return value
            made = torch.empty(value.shape, dtype=dtype)
            self.fresh(made)
            self.copy(made, value)
            return made

        def read(self, target, operand, shape=None):
            """A step's second operand, as one of its arguments; if it cannot be replayed, neither can the step."""
            storage, into = self.storage(operand), self.storage(target)
            into.refusal = into.refusal or storage.refusal
            return storage, layout(operand if shape is None else operand.expand(shape))

        # What happens

        def __torch_dispatch__(self, func, types, args=(), kwargs=None):
            kwargs = kwargs or {}
            if self.is_quiet:
                return func(*args, **kwargs)
            self.refuse_generator(func, generator_of(args, kwargs))
            packet = func.overloadpacket
            if packet is aten.set_:
                return func(*args, **kwargs)      # a name gets other memory: nothing is written
            target = args[0] if args and isinstance(args[0], torch.Tensor) else None
            if packet in draws:
                op, arguments = draws[packet]
                values = {name: argument(args, kwargs, at + 1, name, value) for at, (name, value) in enumerate(arguments.items())}
                return self.drawn(op, func, args, kwargs, target, values)
            if packet in makers:
                return self.drawn(makers[packet][0], func, args, kwargs, None, makers[packet][1])
            if packet in integers:
                return self.drawn("random", func, args, kwargs, target if packet is aten.random_ else None, span(func, args, kwargs))
            if func is aten.normal.float_float:
                return self.drawn("normal", func, args, kwargs, None, {"mean": float(args[0]), "std": float(args[1])})
            if packet in (aten.bernoulli_, aten.bernoulli):
                return self.bernoulli(func, args, kwargs, target)
            if packet is aten.normal:
                return self.normal_of(func, args, kwargs)
            if packet is aten.multinomial:
                weights = self.alone(self.operand(target))
                return self.drawn("multinomial", func, args, kwargs, None,
                                  {"weights": self.whole_tensor(weights), "replacement": bool(args[2] if len(args) > 2 else False)})
            if packet in fills and self.is_drawn(target):
                return self.filled(func, target, fills[packet](args), args, kwargs)
            if packet is aten.copy_ and (self.is_drawn(target) or self.is_drawn(args[1])) and target.device.type == "cpu":
                return self.copied(func, target, args[1], args, kwargs)
            return self.other(packet, func, args, kwargs)

        def drawn(self, op, func, args, kwargs, target, arguments):
            """Records a draw into existing memory or into new memory."""
            if target is not None and target.device.type == "cpu" and self.fixed is None:
                self.before(target)
            result = func(*args, **kwargs)
            if result.device.type == "meta":
                return result
            if result.device.type != "cpu":
                refuse("%s draws on %s" % (func, result.device), "only the CPU's generator is recorded; construct the model on the CPU")
            if target is None:
                self.fresh(result)
            if self.fixed is None:
                self.draw(op, result, **arguments)
            else:
                self.constant(result)
            return result

        def normal_of(self, func, args, kwargs):
            """A mean or standard deviation that is a tensor: torch draws from N(0, 1), or N(0, std), then multiplies, then adds."""
            mean, std = args[0], args[1] if len(args) > 1 else kwargs.get("std", 1.0)
            if self.fixed is not None and (self.is_drawn(mean) or self.is_drawn(std)):
                refuse("%s of a drawn tensor, where the generator is seeded" % func, "draw both from the same stream")
            number = 1.0 if isinstance(std, torch.Tensor) else float(std)
            result = self.drawn("normal", func, args, kwargs, None, {"mean": 0.0, "std": number})
            if self.fixed is not None or result.device.type != "cpu":
                return result
            mean = mean if isinstance(mean, torch.Tensor) else torch.tensor(mean, dtype=result.dtype)
            for operation, value in (("mul", std), ("add", mean)):
                if isinstance(value, torch.Tensor):
                    other = self.operand(value, result.dtype)
                    self.step("combine", result, operation=operation, other=self.read(result, other, result.shape))
            return result

        def constant(self, target):
            """Records that memory now has values that are the same for every seed."""
            if self.storage(target).is_drawn:
                self.step("data", target, values=target.detach().clone())
            self.storage(target).is_written = True

        def bernoulli(self, func, args, kwargs, target):
            is_new = not is_in_place(func)
            if func in (aten.bernoulli.default, aten.bernoulli_.Tensor):
                chances = self.alone(self.operand(target if is_new else args[1]).expand(target.shape))
                return self.drawn("bernoulli_tensor", func, args, kwargs, None if is_new else target,
                                  {"probabilities": self.whole_tensor(chances)})
            return self.drawn("bernoulli", func, args, kwargs, None if is_new else target, {"p": argument(args, kwargs, 1, "p", 0.5)})

        def alone(self, value):
            """The value as a whole tensor, which some steps read by name."""
            if covers(value, self.storage(value)):
                return value
            made = torch.empty(value.shape, dtype=value.dtype)
            self.fresh(made)
            self.copy(made, value)
            return made

        def whole_tensor(self, value):
            self.storage(value).shape = tuple(value.shape)
            return self.storage(value), layout(value)

        def filled(self, func, target, value, args, kwargs):
            if self.is_drawn(value):
                self.copy(target, value)
            else:
                self.step("fill", target, value=float(value.item() if isinstance(value, torch.Tensor) else value))
            return func(*args, **kwargs)

        def copy(self, target, source):
            """target.copy_(source) with a drawn source."""
            if not target.numel():
                return
            if storage_of(source)._cdata == storage_of(target)._cdata:
                source = self.operand(source, apart_from=target)
            self.before(target)
            self.step("copy" if source.dtype == target.dtype else "convert", target, source=self.read(target, source, target.shape))
            self.storage(target).is_drawn = self.storage(target).is_written = True

        def put(self, target, source):
            """The same as copy, with any source."""
            if self.is_drawn(source):
                self.copy(target, source)
            elif target.numel():
                self.before(target)
                self.step("data", target, values=source.detach().expand(target.shape).to(target.dtype).clone())
                self.storage(target).is_drawn = self.storage(target).is_written = True

        def spoil(self, target, what, advice):
            """Marks memory whose contents cannot be replayed; it is refused only if they reach a saved tensor."""
            storage = self.storage(target)
            storage.is_drawn = True
            storage.refusal = storage.refusal or "%s%s: %s" % (what, caller(), advice)

        def copied(self, func, target, source, args, kwargs):
            self.put(target, source)
            return func(*args, **kwargs)

        def other(self, packet, func, args, kwargs):
            inputs = [value for value in flat((args, kwargs)) if value.device.type == "cpu"]
            written = written_by(func, args, kwargs)
            read = [value for value in inputs if not any(value is out for out in written) or is_in_place(func)]
            tainted = packet not in likes and any(self.storage(value).is_drawn for value in read)
            before = None if packet in quiet or packet in empties else torch.default_generator.get_state()
            if tainted and packet in readers:
                refuse("%s reads a drawn value" % func, "control flow that depends on drawn values cannot be replayed")
            if tainted and is_in_place(func):
                for value in written:
                    self.hold(value)
            result = func(*args, **kwargs)
            if before is not None and self.fixed is None and not torch.equal(before, torch.default_generator.get_state()):
                refuse("%s draws" % func, "allowed: torch's draws in place, rand, randn, randint, randperm, normal with numbers, "
                       "multinomial, bernoulli and torch.nn.init's functions")
            known = {storage_of(value)._cdata for value in inputs}
            made = [value for value in flat(result) if value.device.type == "cpu" and storage_of(value)._cdata not in known]
            for value in made:
                self.fresh(value)
                self.storage(value).is_written = packet not in empties
            if packet is aten.native_batch_norm and args[5]:
                written = [value for value in args[3:5] if value is not None]
            for value in written:
                self.storage(value).is_written = True
            if tainted and packet is aten.native_batch_norm:
                for value in written:
                    self.spoil(value, "statistics of drawn values", "call the model in eval(), which does not change them")
            elif tainted and (written or made):
                self.computed(packet, func, args, kwargs, result)
            else:
                for value in written:
                    self.constant(value)
            return result

        def computed(self, packet, func, args, kwargs, result):
            """Records what was computed from drawn tensors, as steps on the result's memory."""
            if self.replayed(packet, func, args, kwargs, result):
                return
            for value in {id(value): value for value in written_by(func, args, kwargs) + flat(result)}.values():
                if value.device.type == "cpu":
                    self.spoil(value, "%s of a drawn tensor" % func,
                               "no step of a plan does that; use torch.nn.init, or do it in forward()")

        def replayed(self, packet, func, args, kwargs, result):
            """False if no step is known for it."""
            if "out" in kwargs or not isinstance(result, torch.Tensor):
                return False
            if packet in copies:
                self.copy(result, args[0])
                return True
            for packets, rule in ((joins, self.joined), (comparisons, self.compared), (negations, self.compared), (moves, self.moved),
                                  (triangles, self.triangle), ({aten.where}, self.where), ({aten.constant_pad_nd}, self.padded),
                                  ({aten.masked_fill, aten.masked_fill_}, self.masked), ({aten.fill_diagonal_}, self.diagonal),
                                  ({aten.diag, aten.diag_embed, aten.diagonal_copy}, self.diagonal_of), ({aten.block_diag}, self.blocks),
                                  ({aten.index, aten.index_select}, self.indexed),
                                  ({aten.index_put_, aten.index_put, aten.index_fill_, aten.index_copy_}, self.index_put)):
                if packet in packets:
                    return rule(packet, args, kwargs, result)
            return self.arithmetic(packet, args, kwargs, result)

        def joined(self, packet, args, kwargs, result):
            dim = int(args[1] if len(args) > 1 else kwargs.get("dim", 0))
            at = 0
            for part in args[0]:
                if packet is aten.cat and part.dim() == 1 and not part.numel():
                    continue                      # torch allows an empty 1-dimensional tensor among others of any rank
                size = 1 if packet is aten.stack else part.shape[dim]
                self.put(result.select(dim, at) if packet is aten.stack else result.narrow(dim, at, size), part)
                at += size
            return True

        # Masks and positions

        def compared(self, packet, args, kwargs, result):
            value = 0 if packet in negations else args[1]
            if packet in negations and args[0].dtype != torch.bool:
                return False
            if isinstance(value, torch.Tensor) and (self.is_drawn(value) or value.dim()):
                return False
            if not self.is_drawn(args[0]) or args[0].dtype.is_complex:
                return False
            self.step("compare", result, source=self.read(result, args[0]), operation=comparisons.get(packet, "eq"), value=float(value))
            self.storage(result).is_drawn = True
            return True

        def choose(self, result, mask, source):
            """result[mask] = source."""
            mask = self.operand(mask.expand(result.shape), apart_from=result)
            source = self.operand(source, result.dtype, apart_from=result)
            shape = None if source.numel() == 1 else result.shape
            self.step("where", result, mask=self.read(result, mask), source=self.read(result, source, shape))
            return True

        def where(self, packet, args, kwargs, result):
            if len(args) != 3 or args[0].dtype != torch.bool:
                return False
            self.put(result, args[2] if isinstance(args[2], torch.Tensor) else torch.tensor(args[2]))
            return self.choose(result, args[0], args[1] if isinstance(args[1], torch.Tensor) else torch.tensor(args[1]))

        def masked(self, packet, args, kwargs, result):
            value = args[2] if isinstance(args[2], torch.Tensor) else torch.tensor(args[2], dtype=result.dtype)
            self.on(result, args[0])
            return self.choose(result, args[1], value)

        def triangle(self, packet, args, kwargs, result):
            keep = triangles[packet](torch.ones(result.shape, dtype=torch.bool), *args[1:])
            self.on(result, args[0])
            return self.choose(result, ~keep, torch.zeros((), dtype=result.dtype))

        def diagonal(self, packet, args, kwargs, result):
            if result.dim() != 2 or len(args) > 2 and args[2]:
                return False
            self.step("fill", result.diagonal(), value=float(args[1]))
            return True

        def diagonal_of(self, packet, args, kwargs, result):
            """A vector on the diagonal of a zero matrix, or the diagonal of a matrix."""
            places = {"offset": kwargs["diagonal"]} if "diagonal" in kwargs else kwargs
            if packet is aten.diagonal_copy or packet is aten.diag and args[0].dim() == 2:
                self.put(result, args[0].diagonal(*args[1:], **places))
            else:
                self.clear(result)
                offset, first, second = (list(args[1:]) + [0, -2, -1][len(args) - 1:])[:3]
                self.put(result.diagonal(places.get("offset", offset), places.get("dim1", first), places.get("dim2", second)), args[0])
            return True

        def blocks(self, packet, args, kwargs, result):
            row = column = 0
            self.clear(result)
            for part in args[0]:
                block = part if part.dim() == 2 else part.reshape(1, -1)
                self.put(result.narrow(0, row, block.shape[0]).narrow(1, column, block.shape[1]), block)
                row, column = row + block.shape[0], column + block.shape[1]
            return True

        def clear(self, result):
            self.step("fill", result, value=0.0)
            self.storage(result).is_drawn = True

        def padded(self, packet, args, kwargs, result):
            source, pads = args[0], list(args[1])
            value = float(args[2] if len(args) > 2 else kwargs.get("value", 0))
            self.step("fill", result, value=value)
            inside = result
            for at in range(len(pads) // 2):
                dim, low, high = result.dim() - 1 - at, pads[2 * at], pads[2 * at + 1]
                source = source.narrow(dim, max(-low, 0), source.shape[dim] - max(-low, 0) - max(-high, 0))
                inside = inside.narrow(dim, max(low, 0), source.shape[dim])
            self.storage(result).is_drawn = True
            self.put(inside, source)
            return True

        def moved(self, packet, args, kwargs, result):
            """Elements that change their positions, found by moving index numbers in their place."""
            source = self.operand(args[0])
            numbers = packet(torch.arange(source.numel()).reshape(source.shape), *args[1:], **kwargs)
            return self.gather(result, source, numbers)

        def gather(self, result, source, numbers):
            source = self.alone(source)
            row = torch.as_strided(source, (source.numel(),), (1,), source.storage_offset())
            made = result if result.is_contiguous() else torch.empty(result.shape, dtype=result.dtype)
            if made is not result:
                self.fresh(made)
            index = self.given(numbers.reshape(-1))
            self.step("index", made.view(-1), source=self.read(made, row), index=self.read(made, index), dim=0)
            self.storage(made).is_drawn = self.storage(made).is_written = True
            if made is not result:
                self.copy(result, made)
            return True

        def indexed(self, packet, args, kwargs, result):
            source = args[0]
            indices = [None] * int(args[1]) + [args[2]] if packet is aten.index_select else list(args[1])
            given = [index for index in indices if index is not None]
            if any(index.dtype in (torch.bool, torch.uint8) and self.is_drawn(index) for index in given):
                refuse("an index by a drawn mask", "a size that depends on drawn values cannot be replayed")
            if not any(self.is_drawn(index) for index in given):
                positions = torch.arange(source.numel()).reshape(source.shape)[tuple(slice(None) if i is None else i for i in indices)]
                return self.gather(result, source, positions)
            if len(given) != 1:
                return False
            dim = len(indices) - 1
            index = self.operand(given[0], torch.int64).reshape(-1)
            shape = tuple(source.shape[:dim]) + (index.numel(),) + tuple(source.shape[dim + 1:])
            if tuple(result.shape) != shape:
                if not result.is_contiguous():
                    return False
                result = result.view(shape)
            source = self.operand(source)
            self.step("index", result, source=self.read(result, source), index=self.read(result, index), dim=dim)
            self.storage(result).is_drawn = True
            return True

        def index_put(self, packet, args, kwargs, result):
            if len(args) > 3 and packet in (aten.index_put, aten.index_put_) and args[3]:
                return False
            if packet in (aten.index_fill_, aten.index_copy_):
                indices, value = [None] * (int(args[1]) % args[0].dim()) + [args[2]], args[3]
            else:
                indices, value = list(args[1]), args[2]
            value = value if isinstance(value, torch.Tensor) else torch.tensor(value, dtype=result.dtype)
            given = [index for index in indices if index is not None]
            self.on(result, args[0])
            is_mask = len(given) == 1 and indices[0] is not None and given[0].dtype == torch.bool
            if is_mask and value.numel() == 1:
                mask = given[0].reshape(given[0].shape + (1,) * (result.dim() - given[0].dim()))
                return self.choose(result, mask, value)
            if any(index.dtype in (torch.bool, torch.uint8) and self.is_drawn(index) for index in given):
                refuse("an index by a drawn mask", "a size that depends on drawn values cannot be replayed")
            if not any(self.is_drawn(index) for index in given):
                storage = self.storage(result)
                positions = torch.as_strided(torch.arange(storage.count), result.shape, result.stride(), result.storage_offset())
                positions = positions[tuple(slice(None) if i is None else i for i in indices)]
                whole = torch.as_strided(storage.keep, (storage.count,), (1,), 0)
                return self.place(whole, positions, 0, value, positions.shape)
            if len(given) != 1 or given[0].dim() != 1:
                return False
            dim = len(indices) - 1
            shape = tuple(result.shape[:dim]) + (given[0].numel(),) + tuple(result.shape[dim + 1:])
            return self.place(result, given[0], dim, value, shape)

        def place(self, target, index, dim, value, shape):
            index = self.operand(index, torch.int64, apart_from=target).reshape(-1)
            value = self.operand(value, target.dtype, apart_from=target)
            if value.numel() != 1:
                value = self.alone(self.operand(value.expand(shape).contiguous() if not self.is_drawn(value) else value.expand(shape)))
                value = value.reshape(-1) if target.dim() == 1 else value
            self.step("index_put", target, index=self.read(target, index), source=self.read(target, value), dim=dim)
            return True

        # Arithmetic

        def arithmetic(self, packet, args, kwargs, result):
            """x * 0.5 is a copy, then mul_; x.mul_(0.5) is mul_ alone. False if no step is known for it."""
            first = args[0]
            if kwargs.get("alpha", 1) != 1 or kwargs.get("rounding_mode") is not None or not result.dtype.is_floating_point:
                return False
            if packet in unaries:
                return self.unary(unaries[packet], first, result)
            if packet in (aten.pow, aten.pow_) and isinstance(args[1], (int, float)) and float(args[1]) in powers:
                return self.unary([powers[float(args[1])]], first, result)
            if packet in (aten.rsqrt, aten.rsqrt_) and result.dtype in (torch.float32, torch.float64):
                return self.unary(["sqrt", "reciprocal"], first, result)
            if packet in clamps:
                low, high = bounds(packet._qualified_op_name, args, kwargs)
                if any(isinstance(bound, torch.Tensor) for bound in (low, high)) or result.dtype != first.dtype:
                    return False
                self.on(result, first)
                self.step("clamp", result, **{name: float(bound) for name, bound in (("min", low), ("max", high)) if bound is not None})
                return True
            return packet in scalars and len(args) == 2 and self.scalar(scalars[packet], first, args[1], result)

        def unary(self, operations, first, result):
            if result.dtype != first.dtype:
                return False
            self.on(result, first)
            for operation in operations:
                self.step("unary", result, operation=operation)
            return True

        def scalar(self, operation, first, second, result):
            first, second = self.number(first), self.number(second)
            if operation == "rsub" and isinstance(second, torch.Tensor):
                operation, first, second = "sub", second, first
            if not isinstance(first, torch.Tensor):
                if operation not in ("mul", "add", "sub"):
                    return False
                operation, first, second = "rsub" if operation == "sub" else operation, second, first
            if isinstance(second, bool) or not isinstance(second, (int, float, torch.Tensor)):
                return False
            if not isinstance(second, torch.Tensor):
                self.on(result, first)
                self.step("scalar", result, operation=operation, value=float(second))
                return True
            other = self.operand(second, result.dtype, apart_from=result)
            self.on(result, first)
            self.step("combine", result, operation=operation, other=self.read(result, other, result.shape))
            return True

        def number(self, value):
            """A tensor without dimensions that depends on no draw counts as a number."""
            is_number = isinstance(value, torch.Tensor) and not value.dim() and not self.is_drawn(value)
            return value.item() if is_number else value

        def on(self, result, first):
            """A result in new memory begins as a copy of the first operand."""
            if storage_of(result)._cdata != storage_of(first)._cdata:
                self.put(result, first)

        # Functions that are one step each

        def whole(self, op, target, make, **arguments):
            """A function whose draws depend on torch's version, as one step."""
            if target.device.type == "meta":
                return make()
            if self.fixed is None:
                self.before(target)
            result = self.unseen(make)
            if self.fixed is not None:
                self.constant(target)
                return result
            self.draw(op, target, **arguments)
            return result

        def unseen(self, make):
            self.is_quiet = True
            try:
                return make()
            finally:
                self.is_quiet = False

        def refuse_generator(self, what, generator):
            if generator is not None and not is_default(generator):
                refuse("%s with a generator of its own" % what, "only the default generator's draws are replayed")

    return Recorder


def flat(value):
    """The tensors in nested tuples, lists and dicts."""
    import torch
    if isinstance(value, torch.Tensor):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    return [tensor for part in value for tensor in flat(part)] if isinstance(value, (tuple, list)) else []


def layout(tensor):
    return tensor.storage_offset(), tuple(tensor.shape), tuple(tensor.stride())


def covers(tensor, storage):
    return tensor.storage_offset() == 0 and tensor.is_contiguous() and tensor.numel() == storage.count


def argument(args, kwargs, at, name, otherwise):
    return float(args[at] if len(args) > at else kwargs.get({"lambda": "lambd"}.get(name, name), otherwise))


def span(func, args, kwargs):
    """The bounds of random_ and randint: [from, to)."""
    names = [argument.name for argument in func._schema.arguments]
    given = {**dict(zip(names, args)), **kwargs}
    low = given.get("from", given.get("low"))
    high = given.get("to", given.get("high"))
    found = {} if low is None and high is None else {"from": int(low or 0)}
    return found if high is None else {**found, "to": int(high)}


def written_by(func, args, kwargs):
    """The tensors that an operation changes, by its schema."""
    import torch
    found = []
    for at, spec in enumerate(func._schema.arguments):
        if spec.alias_info is not None and spec.alias_info.is_write:
            found += flat(args[at] if at < len(args) else kwargs.get(spec.name, ()))
    return [value for value in found if isinstance(value, torch.Tensor) and value.device.type == "cpu"]


def generator_of(args, kwargs):
    import torch
    found = [value for value in list(args) + list(kwargs.values()) if isinstance(value, torch.Generator)]
    return found[0] if found else None


def is_default(generator):
    """Whether it is the default generator, which an operation sees as another object: seeding the one must show in the other."""
    import torch
    default = torch.default_generator
    if generator is default or generator.device.type != "cpu":
        return generator is default
    state, seed = default.get_state(), (generator.initial_seed() + 1) % 2 ** 63
    try:
        default.manual_seed(seed)
        return generator.initial_seed() == seed
    finally:
        default.set_state(state)


def bounds(name, args, kwargs):
    if "clamp_min" in name:
        return args[1], None
    if "clamp_max" in name:
        return None, args[1]
    return (args[1] if len(args) > 1 else kwargs.get("min")), (args[2] if len(args) > 2 else kwargs.get("max"))


def is_in_place(func):
    return func._schema.name.endswith("_") and not func._schema.name.endswith("__")


def refuse(what, advice):
    raise Refused("%s%s: %s" % (what, caller(), advice))


def own_files():
    import torch
    return os.path.dirname(os.path.abspath(torch.__file__)), os.path.abspath(__file__)


def is_of_model(file):
    """Whether a line belongs to the model, and not to torch, Python or this file."""
    path = os.path.abspath(file)
    is_python = path.startswith(sysconfig.get_path("stdlib") + os.sep) and "-packages" not in path
    return not file.startswith("<") and not is_python and not path.startswith(own_files())


def caller():
    """The calling line: the last one outside torch."""
    lines = [frame for frame in traceback.extract_stack() if is_of_model(frame.filename)]
    return ", called at %s:%d (%s)" % (lines[-1].filename, lines[-1].lineno, (lines[-1].line or "").strip()) if lines else ""


def wrapped(recorder):
    """Functions that are one step each, or that a dispatch mode does not see, under every name: (owner, name, original,
    wrapper)."""
    import torch
    init, tensor_type = torch.nn.init, torch.Tensor
    norm = torch.nn.utils.parametrizations._SpectralNorm

    def trunc(tensor, mean, std, a, b, generator=None):
        recorder.refuse_generator("trunc_normal_", generator)
        return recorder.whole("trunc_normal", tensor, lambda: init_trunc(tensor, mean, std, a, b),
                              mean=float(mean), std=float(std), a=float(a), b=float(b))

    def orthogonal(tensor, gain=1, generator=None):
        recorder.refuse_generator("orthogonal_", generator)
        return recorder.whole("orthogonal", tensor, lambda: init_orthogonal(tensor, gain), gain=float(gain))

    def sparse(tensor, sparsity, std=0.01, generator=None):
        recorder.refuse_generator("sparse_", generator)
        return recorder.whole("sparse", tensor, lambda: init_sparse(tensor, sparsity, std), sparsity=float(sparsity), std=float(std))

    def norm_except(v, pow=2, dim=0):
        result = recorder.unseen(lambda: torch_norm(v, pow, dim))
        if recorder.is_drawn(v):
            recorder.fresh(result)
            recorder.storage(result).is_drawn = recorder.storage(result).is_written = True
            recorder.step("norm_except", result, source=recorder.read(result, v), dim=int(dim))
            if pow != 2:
                recorder.spoil(result, "a norm of power %s" % pow, "allowed: the power 2")
        return result

    def normalize(input, p=2.0, dim=1, eps=1e-12, out=None):
        if not recorder.is_drawn(input) or input.dim() != 1 or p != 2 or out is not None or recorder.is_quiet:
            return torch_normalize(input, p, dim, eps, out)
        result = recorder.unseen(lambda: torch_normalize(input, p, dim, eps))
        recorder.fresh(result)
        recorder.copy(result, input)
        recorder.step("normalize", result, epsilon=float(eps))
        return result

    def power_method(self, weight_mat, n_power_iterations):
        storage = recorder.storage(weight_mat)
        if not recorder.is_drawn(weight_mat) or not covers(weight_mat, storage):
            return torch_power(self, weight_mat, n_power_iterations)
        recorder.unseen(lambda: torch_power(self, weight_mat, n_power_iterations))
        recorder.step("power_iteration", self._u, v=recorder.read(self._u, self._v), weight=recorder.read(self._u, weight_mat), dim=0,
                      iterations=int(n_power_iterations), epsilon=float(self.eps))

    unseeded = "what follows does not depend on the seed; move it out of the constructor or into torch.random.fork_rng()"

    def seed_with(seed):
        recorder.fixed = recorder.fixed or "the generator is seeded%s: %s" % (caller(), unseeded)
        return torch_seed(seed)

    def seed_anew():
        refuse("torch.seed takes its seed from the clock", "move it out of the constructor")

    def get_state():
        state = torch_get()
        if recorder.fixed is None:
            recorder.saved[state.numpy().tobytes()] = recorder.draws
        return state

    def set_state(new_state):
        before = recorder.saved.get(new_state.numpy().tobytes())
        said = "the generator is set to a state%s: %s" % (caller(), unseeded) if before is None else (
            "the generator is set back%s: its draws are repeated, which a plan cannot do; seed it inside "
            "torch.random.fork_rng(), or make the second of two equal layers with copy.deepcopy" % caller())
        recorder.fixed = None if before == recorder.draws else recorder.fixed or said
        return torch_set(new_state)

    def materialize(self, shape, device=None, dtype=None):
        """As in torch 2: 1.13 uses self.data, which is not an uninitialized tensor under a dispatch mode."""
        self.data = torch.empty(shape, device=device or self.device, dtype=dtype or self.dtype)
        self.__class__ = self.cls_to_become

    def escape(name):
        original = getattr(tensor_type, name)

        def escaped(self, *args, **kwargs):
            if not recorder.is_quiet and recorder.is_drawn(self):
                refuse("Tensor.%s reads a drawn value" % name,
                       "what is computed outside torch cannot be replayed; use torch's operations")
            return original(self, *args, **kwargs)

        return (tensor_type, name, original, escaped)

    def deep_copy(self, memo):
        is_plain = type(self) is torch.Tensor and self.grad_fn is None and recorder.is_drawn(self)
        if not is_plain or id(self) in memo:
            return torch_copy(self, memo)
        storage = recorder.storage(self)
        if id(storage) not in memo:
            memo[id(storage)] = torch.as_strided(storage.keep, (storage.count,), (1,), 0).clone()
        memo[id(self)] = torch.as_strided(memo[id(storage)], self.shape, self.stride(), self.storage_offset())
        return memo[id(self)]

    init_trunc, init_orthogonal, init_sparse, torch_norm = (init._no_grad_trunc_normal_, init.orthogonal_, init.sparse_,
                                                            torch.norm_except_dim)
    torch_normalize, torch_power, torch_copy = torch.nn.functional.normalize, norm._power_method, tensor_type.__deepcopy__
    torch_seed, torch_get, torch_set = torch.manual_seed, torch.get_rng_state, torch.set_rng_state
    pairs = {init_trunc: trunc, init_orthogonal: orthogonal, init_sparse: sparse, torch_norm: norm_except, torch_normalize: normalize,
             torch_seed: seed_with, torch.seed: seed_anew, torch_get: get_state, torch_set: set_state}
    places = [(norm, "_power_method", torch_power, power_method), (tensor_type, "__deepcopy__", torch_copy, deep_copy)]
    if torch.__version__.startswith("1."):
        lazy = torch.nn.parameter.UninitializedTensorMixin
        places.append((lazy, "materialize", lazy.materialize, materialize))
    places += [escape(name) for name in ("numpy", "tolist", "__array__", "__dlpack__")]
    for module in list(sys.modules.values()):
        names = getattr(module, "__dict__", None)
        if not isinstance(names, dict):
            continue
        for name, value in list(names.items()):
            try:
                if value in pairs:
                    places.append((module, name, value, pairs[value]))
            except (TypeError, ValueError):
                continue                          # a value that cannot be hashed is not one of them
    return places


def record(build, dtype):
    """The model and its recording."""
    import torch
    torch.set_default_dtype(getattr(torch, dtype))
    torch.manual_seed(0)
    python, numpy = random.getstate(), numpy_state()
    recorder = recorder_type()()
    places = wrapped(recorder)
    for owner, name, _, wrapper in places:
        setattr(owner, name, wrapper)
    try:
        with recorder:
            model = build()
    finally:
        for owner, name, original, _ in places:
            setattr(owner, name, original)
    if not isinstance(model, torch.nn.Module):
        raise Refused("the call gives a value of type %s; allowed: a torch.nn.Module" % type(model).__name__)
    for name, state, before in (("Python's random", random.getstate, python), ("numpy's random", numpy_state, numpy)):
        if state() != before:
            raise Refused("%s is drawn from%s: that stream is not torch's; draw with torch instead" % (name, line_that(build, state)))
    if recorder.fixed is not None:
        raise Refused(recorder.fixed)
    return model, recorder


def line_that(build, state):
    """The line of the model's own code that changes a state: the model is constructed again and traced line by line."""
    found, last = [], [state(), None]

    def watch(frame, event, _):
        if not is_of_model(frame.f_code.co_filename):
            return None
        if not found and state() != last[0]:
            found.append(last[1])
        last[1] = (frame.f_code.co_filename, frame.f_lineno)
        return watch

    sys.settrace(watch)
    try:
        build()
    finally:
        sys.settrace(None)
    return ", called at %s:%d" % found[0] if found and found[0] else ""


def numpy_state():
    numpy = sys.modules.get("numpy")
    if numpy is None:
        return None
    kind, keys, place, has_normal, normal = numpy.random.get_state()
    return kind, keys.tobytes(), place, has_normal, normal


# ---- Torch itself runs the plan, with another seed

def check(build, model, recorder, dtype, seed=20):
    """Refuses a recording that does not draw what the constructor draws: something unseen affects a value."""
    import torch
    torch.set_default_dtype(getattr(torch, dtype))
    torch.manual_seed(seed)
    again = build().state_dict()
    state = torch.get_rng_state()
    torch.manual_seed(seed)
    memory = replay(recorder)
    if not torch.equal(state, torch.get_rng_state()):
        raise Refused("with another seed, the recording leaves another generator state than the constructor: something that torch does "
                      "not show draws, or affects how much is drawn")
    for name, value in model.state_dict(keep_vars=True).items():
        storage, own = recorder.storage(value), again.get(name)
        if own is None or own.shape != value.shape or own.dtype != value.dtype:
            raise Refused("%s is missing or has another shape when the model is constructed a second time" % name)
        drawn, is_known = torch.empty(0), None
        if storage.is_drawn:
            drawn, is_known = (torch.as_strided(part, value.shape, value.stride(), value.storage_offset()) for part in memory[storage])
        elif storage.is_written:
            drawn = value.detach()
        if (storage.is_drawn or storage.is_written) and not same_bits(own, drawn, is_known):
            raise Refused("%s has other values than the recording, of another seed: something unseen affects them (the clock, a "
                          "counter, a generator of numpy's own, memory that a thread writes)" % name)


def same_bits(a, b, where):
    import torch
    a, b = (value.detach().contiguous().reshape(-1).view(torch.uint8) for value in (a, b))
    differs = a != b
    if where is not None and differs.any():
        differs = differs.reshape(where.numel(), -1) & where.contiguous().reshape(-1, 1)
    return not differs.any()


def replay(recorder):
    """(values, whether a step wrote them) of each storage."""
    import torch
    memory = {}

    def view(storage, place):
        if storage not in memory:
            memory[storage] = torch.zeros(storage.count, dtype=storage.dtype), torch.zeros(storage.count, dtype=torch.bool)
        offset, shape, strides = place
        return tuple(torch.as_strided(part, shape, strides, offset) for part in memory[storage])

    with torch.no_grad():
        for op, storage, place, arguments in recorder.steps:
            target, known = view(storage, place)
            run(op, target, {name: view(*value)[0] if name in OPERANDS else value for name, value in arguments.items()})
            known.fill_(True)
    return memory


OPERANDS = ("source", "other", "mask", "index", "probabilities", "weights", "v", "weight")


def run(op, target, given):
    """Runs one step by torch."""
    import torch
    init = torch.nn.init
    if op in ("scalar", "combine"):
        other, operation = given.get("other", given.get("value")), given["operation"]
        if operation == "rsub":
            target.copy_(torch.rsub(target, other))
        else:
            getattr(target, operation + "_")(other)
    elif op == "unary":
        name = {"exp_m1": "expm1", "erf_inv": "erfinv"}.get(given["operation"], given["operation"])
        target.copy_(target ** 0.5 if name == "root" else getattr(torch, name)(target))
    elif op == "compare":
        target.copy_(getattr(torch, given["operation"])(given["source"], given["value"]))
    elif op == "where":
        source = given["source"]
        target.copy_(torch.where(given["mask"], source.reshape(()) if source.numel() == 1 else source, target))
    elif op == "index":
        target.copy_(given["source"].index_select(given["dim"], given["index"]))
    elif op == "index_put":
        source = given["source"]
        place = (slice(None),) * given["dim"] + (given["index"],)
        target[place] = source.reshape(()) if source.numel() == 1 else source.reshape(target[place].shape)
    elif op == "power_iteration":
        u, v, weight = target, given["v"], given["weight"]
        for _ in range(given["iterations"]):
            u.copy_(torch.nn.functional.normalize(torch.mv(weight, v), dim=0, eps=given["epsilon"]))
            v.copy_(torch.nn.functional.normalize(torch.mv(weight.t(), u), dim=0, eps=given["epsilon"]))
    else:
        {"uniform": lambda: target.uniform_(given["from"], given["to"]), "normal": lambda: target.normal_(given["mean"], given["std"]),
         "exponential": lambda: target.exponential_(given["lambda"]), "geometric": lambda: target.geometric_(given["p"]),
         "log_normal": lambda: target.log_normal_(given["mean"], given["std"]),
         "cauchy": lambda: target.cauchy_(given["median"], given["sigma"]),
         "random": lambda: target.random_(*[given[name] for name in ("from", "to") if name in given]),
         "randperm": lambda: target.copy_(torch.randperm(target.numel())),
         "bernoulli": lambda: target.bernoulli_(given["p"]), "bernoulli_tensor": lambda: target.bernoulli_(given["probabilities"]),
         "multinomial": lambda: target.copy_(torch.multinomial(given["weights"], target.shape[-1], given["replacement"])),
         "trunc_normal": lambda: init.trunc_normal_(target, given["mean"], given["std"], given["a"], given["b"]),
         "orthogonal": lambda: init.orthogonal_(target, given["gain"]), "sparse": lambda: init.sparse_(target, given["sparsity"], given["std"]),
         "fill": lambda: target.fill_(given["value"]), "data": lambda: target.copy_(given["values"]),
         "copy": lambda: target.copy_(given["source"]), "convert": lambda: target.copy_(given["source"]),
         "clamp": lambda: target.clamp_(given.get("min"), given.get("max")),
         "norm_except": lambda: target.copy_(torch.norm_except_dim(given["source"], 2, given["dim"])),
         "normalize": lambda: target.copy_(torch.nn.functional.normalize(target, dim=0, eps=given["epsilon"]))}[op]()


# ---- The plan

def plan_json(build, title, dtype, is_checked=True):
    model, recorder = record(build, dtype)
    return plan_of(model, recorder, title, dtype, lambda: check(build, model, recorder, dtype) if is_checked else None)


def plan_of(model, recorder, title, dtype, compare):
    """The plan's text; compare is called before it is written."""
    import torch
    for name, value in model.state_dict(keep_vars=True).items():
        if isinstance(value, torch.nn.parameter.UninitializedTensorMixin):
            raise Refused("%s is a lazy tensor without a shape: give --call with the shapes of the inputs, or call the model in a "
                          "function in a file: FILE.py:CALLABLE" % name)
    default = getattr(torch, dtype)
    tensors, ends, names = [], [], {}
    parameters = {storage_of(value)._cdata for value in model.parameters()}
    for name, value in model.state_dict(keep_vars=True).items():
        if not isinstance(value, torch.Tensor) or value.device.type != "cpu":
            raise Refused("%s is not a tensor on the CPU" % name)
        storage = recorder.storage(value)
        kind = "parameter" if storage_of(value)._cdata in parameters else "buffer"
        spec = {"name": name, "shape": list(value.shape), "kind": kind}
        if value.dtype != default:
            spec["d_type"] = dtype_name(name, value.dtype)
        tensors.append(spec)
        if storage.refusal is not None:
            raise Refused("%s cannot be replayed: %s" % (name, storage.refusal))
        key = (id(storage),) + layout(value)
        if key in names:
            spec["same_as"] = names[key]
            continue
        names[key] = name
        if not storage.is_drawn:
            ends += data_steps(name, value) if storage.is_written else []
        elif storage.name is None and covers(value, storage):
            storage.name = name
        else:
            ends.append(("copy", name, storage, layout(value)))
    compare()
    steps = []
    for op, storage, place, arguments in recorder.steps:
        where = name_of(storage, tensors, default)
        step = {"op": op, **{key: value for key, value in arguments.items() if key != "values"}}
        for key in OPERANDS:
            if key in step:
                source, there = step[key]
                step[key] = target(name_of(source, tensors, default), source, there, op in INDEXED)
        for key in WHOLE.get(op, ()):
            step[key] = step[key]["tensor"]
        if op == "data":
            steps += data_steps(target(where, storage, place), arguments["values"])
            continue
        step["target"] = target(where, storage, place, op in INDEXED)
        steps.append(step)
    known = {}                                               # tables that several buffers contain
    for end in ends:
        if isinstance(end, dict) and end["op"] == "data":
            steps.append(once(end, known, {spec["name"]: spec.get("d_type") for spec in tensors}))
        elif isinstance(end, dict):
            steps.append(end)
        else:
            _, name, storage, place = end
            source = target(name_of(storage, tensors, default), storage, place)
            steps.append({"op": "copy", "source": source, "target": {"tensor": name}})
    plan = {"title": title, **profile(), "tensors": tensors, "steps": steps, "reset_steps": [], "torch_class": type(model).__name__}
    return lines(numbers(plan))


def lines(plan):
    """JSON with one line per tensor and step, so that two recordings are easy to compare."""
    text = []
    for key, value in plan.items():
        if isinstance(value, list) and value:
            items = ",\n".join("  " + json.dumps(item, ensure_ascii=False, allow_nan=False) for item in value)
            text.append("%s: [\n%s\n ]" % (json.dumps(key), items))
        else:
            text.append("%s: %s" % (json.dumps(key), json.dumps(value, ensure_ascii=False, allow_nan=False)))
    return "{\n " + ",\n ".join(text) + "\n}\n"


def name_of(storage, tensors, default):
    """The plan's tensor for a storage; a storage that is in no state dict is scratch."""
    if storage.name is None:
        number = sum(1 for spec in tensors if spec["name"].startswith(SCRATCH))
        storage.name = "%s%d" % (SCRATCH, number)
        spec = {"name": storage.name, "shape": list(storage.shape or [storage.count]), "kind": "scratch"}
        if storage.dtype != default:
            spec["d_type"] = dtype_name(storage.name, storage.dtype)
        tensors.append(spec)
    return storage.name


def target(name, storage, place, has_rows=False):
    """The tensor or its view; a tensor whose rows are selected always states its sizes."""
    offset, shape, strides = place
    if not has_rows and offset == 0 and math.prod(shape) == storage.count and is_row_major(shape, strides):
        return {"tensor": name} if not name.startswith(SCRATCH) or len(shape) == 1 else {"tensor": name, "shape": list(shape)}
    found = {"tensor": name}
    if offset:
        found["offset"] = offset
    found["shape"] = list(shape)
    if not is_row_major(shape, strides):
        found["strides"] = list(strides)
    return found


def is_row_major(shape, strides):
    expected = 1
    for size, stride in zip(reversed(shape), reversed(strides)):
        if size != 1 and stride != expected:
            return False
        expected *= size
    return True


def data_steps(where, value):
    """Values that depend on no draw: one number if all are equal, nothing if they equal the initial memory."""
    place = {"tensor": where} if isinstance(where, str) else where
    flat_value = value.detach().reshape(-1)
    if flat_value.numel() == 0:
        return []
    items = flat_value.double() if flat_value.is_floating_point() else flat_value
    first = items[0].item()
    same = bool((items == items[0]).all()) and not (first == 0 and math.copysign(1, float(first)) < 0)
    if same:
        # A counter starts at 0; a parameter filled with 0 is distinguished from one that was never filled.
        is_counter = isinstance(where, str) and first == 0 and not flat_value.is_floating_point()
        return [] if is_counter else [{"op": "fill", "value": float(first), "target": place}]
    if flat_value.numel() > MOST_DATA:
        raise Refused("%s has %d values that no draw made; allowed: %d" % (place["tensor"], flat_value.numel(), MOST_DATA))
    return [{"op": "data", "values": [float(item) for item in items.tolist()], "target": place}]


def once(step, known, dtypes):
    """A table that another tensor already contains becomes a copy of it."""
    name = step["target"]["tensor"]
    if len(step["values"]) < 16 or len(step["target"]) > 1:
        return step
    first = known.setdefault((dtypes[name], tuple(step["values"])), name)
    return step if first == name else {"op": "copy", "source": {"tensor": first}, "target": step["target"]}


def dtype_name(name, dtype):
    text = str(dtype).replace("torch.", "")
    known = {"float32": "float32", "float64": "float64", "float16": "float16", "bfloat16": "b_float16", "int64": "int64",
             "int32": "int32", "int16": "int16", "int8": "int8", "uint8": "u_int8", "bool": "bool"}
    if text not in known:
        raise Refused("%s is %s; allowed: %s" % (name, text, ", ".join(known)))
    return known[text]


def numbers(value):
    """Numbers that JSON cannot represent, in the plan's format."""
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, dict):
        return {key: numbers(part) for key, part in value.items()}
    return [numbers(part) for part in value] if isinstance(value, list) else value


def profile():
    """The torch whose draws these are."""
    import torch
    version = ".".join(torch.__version__.split("+")[0].split(".")[:2])
    cpu = getattr(torch.backends, "cpu", None)
    text = cpu.get_cpu_capability() if hasattr(cpu, "get_cpu_capability") else torch.__config__.show()
    fast = "AVX2" in text or "AVX512" in text
    system = {"linux": "linux", "win32": "windows", "darwin": "macos"}.get(sys.platform, sys.platform)
    machine = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}.get(platform.machine().lower(), platform.machine())
    glibc = [int(part) for part in (platform.libc_ver()[1] or "0.0").split(".")[:2]]
    vendor = torch.backends.mkl.is_available() or system != "linux" or platform.libc_ver()[0] != "glibc"
    erf = "vendor" if vendor else "glibc_rounded" if glibc >= [2, 41] else "glibc"
    return {"torch": version, "platform": "%s-%s" % (system, machine), "cpu": "avx2" if fast and machine == "x64" else "default",
            "erf": erf, "lapack": lapack(vendor)}


def lapack(vendor):
    """Reference LAPACK is recognised by its file; any other is followed within a tolerance."""
    if vendor or not os.path.exists("/proc/self/maps"):
        return "vendor"
    with open("/proc/self/maps", encoding="utf-8", errors="replace") as maps:
        files = {os.path.basename(os.path.realpath(line.split()[-1])) for line in maps if "/liblapack.so" in line}
    for file in files:
        parts = [int(part) for part in file.split(".so.")[-1].split(".") if part.isdigit()]
        if parts >= [3, 12, 1]:
            return "reference312"
        if len(parts) == 3 and parts < [3, 12, 0]:
            return "reference311"
    return "vendor"


if __name__ == "__main__":
    sys.exit(main())
