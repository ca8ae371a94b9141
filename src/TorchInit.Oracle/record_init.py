#!/usr/bin/env python3
"""Records how a PyTorch model is initialised, as a plan that draws the same weights without PyTorch, for any seed.

    python record_init.py "torchvision.models:resnet50(weights=None)" -o resnet50.initplan.json
    python record_init.py "my_model.py:build" -o my_model.initplan.json

The model is made once, under a dispatch mode that sees every operation. What reaches a parameter or buffer from a draw is noted as a step;
what depends on no draw is stored as data; what depends on a draw in a way that cannot be replayed is refused, with the operation and the
line that called it. The text in quotes is read, never evaluated: MODULE:CALLABLE, or FILE.py:CALLABLE, with literals as arguments.
"""

import argparse
import ast
import hashlib
import importlib
import importlib.util
import json
import math
import os
import platform
import random
import sys
import tempfile
import traceback

SCRATCH = "discarded."
MOST_DATA = 1 << 22


class Refused(Exception):
    """What cannot be recorded: the operation, the line that called it, and what to do."""


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", help="MODULE:CALLABLE or FILE.py:CALLABLE, with literal arguments in parentheses where it takes some")
    parser.add_argument("-o", "--output", help="the plan's file; standard output without it")
    parser.add_argument("--path", action="append", default=[], help="a folder to import from, beside what is installed")
    parser.add_argument("--dtype", default="float32", choices=["float32", "float64", "float16", "bfloat16"],
                        help="the default dtype while the model is made")
    parser.add_argument("--hash", action="append", default=[], type=int, metavar="SEED",
                        help="instead of a plan: the SHA-256 of the state dict, and of the generator's state after, of torch itself")
    options = parser.parse_args(arguments)
    try:
        build = callable_of(options.model, options.path)
        text = hashes(build, options.hash, options.dtype) if options.hash else plan_json(build, options.model, options.dtype)
    except Refused as refusal:
        print("record_init: %s" % refusal, file=sys.stderr)
        return 4
    if options.output is None:
        sys.stdout.write(text)
    else:
        write_whole(options.output, text)
    return 0


def write_whole(path, text):
    """The whole file or none: written beside it, flushed, renamed."""
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


# ---- The model that is asked for

def callable_of(text, paths):
    """MODULE:CALLABLE(literals) as a function without arguments."""
    module, colon, call = text.partition(":")
    if not colon or not module or not call:
        raise Refused("%r is no model; allowed: MODULE:CALLABLE or FILE.py:CALLABLE, for example torchvision.models:resnet50" % text)
    try:
        tree = ast.parse(call, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise Refused("%r is no call; allowed: a name, with literals in parentheses where it takes arguments" % call) from None
    args, kwargs = [], {}
    if isinstance(tree, ast.Call):
        try:
            args = [ast.literal_eval(argument) for argument in tree.args]
            kwargs = {keyword.arg: ast.literal_eval(keyword.value) for keyword in tree.keywords if keyword.arg is not None}
        except (ValueError, SyntaxError, TypeError):
            raise Refused("an argument of %r is no literal; put the call into a function of a file: FILE.py:CALLABLE" % call) from None
        tree = tree.func
    names = []
    while isinstance(tree, ast.Attribute):
        names.append(tree.attr)
        tree = tree.value
    if not isinstance(tree, ast.Name):
        raise Refused("%r is no name" % call)
    names.append(tree.id)
    found = imported(module, paths)
    for name in reversed(names):
        try:
            found = getattr(found, name)
        except AttributeError:
            raise Refused("%s has no %s" % (module, name)) from None
    return lambda: found(*args, **kwargs)


def imported(module, paths):
    sys.path[:0] = [os.path.abspath(path) for path in paths]
    if module.endswith(".py"):
        if not os.path.isfile(module):
            raise Refused("there is no file %s" % module)
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
    """What torch itself draws, as JSON lines: what a replay is judged by."""
    import torch
    lines = []
    for seed in seeds:
        torch.set_default_dtype(getattr(torch, dtype))
        torch.manual_seed(seed)
        model = build()
        digest, count = hashlib.sha256(), 0
        for tensor in model.state_dict().values():
            flat = tensor.detach().cpu().contiguous().reshape(-1)
            if flat.numel():
                digest.update(flat.view(torch.uint8).numpy().tobytes())
            count += flat.numel()
        state = hashlib.sha256(torch.get_rng_state().numpy().tobytes()).hexdigest()
        lines.append(json.dumps({"seed": seed, "sha256": digest.hexdigest(), "state": state, "elements": count}))
    return "\n".join(lines) + "\n"


# ---- Recording

class Storage:
    """Memory that tensors share: what is known of its content."""

    def __init__(self, tensor):
        self.keep = tensor          # an address that was freed would be given to another
        self.dtype = tensor.dtype
        self.count = storage_of(tensor).nbytes() // tensor.element_size()
        self.is_drawn = False
        self.is_written = False
        self.refusal = None         # why its content cannot be replayed; said when somebody wants it
        self.name = None


def storage_of(tensor):
    return tensor.untyped_storage() if hasattr(tensor, "untyped_storage") else tensor.storage()._storage


def recorder_type():
    import torch
    from torch.utils._python_dispatch import TorchDispatchMode
    aten = torch.ops.aten
    fills = {aten.zero_: lambda args: 0.0, aten.fill_: lambda args: args[1]}
    empties = {aten.empty, aten.empty_like, aten.empty_strided, aten.new_empty, aten.new_empty_strided}
    quiet = {aten.detach, aten.alias, aten.view, aten._reshape_alias, aten.select, aten.slice, aten.unsqueeze, aten.squeeze, aten.permute,
             aten.transpose, aten.t, aten.expand, aten.lift_fresh, aten.zeros, aten.ones, aten.full, aten.arange, aten.copy_}
    copies = {aten.clone, aten.lift_fresh_copy, aten.detach_copy}
    scalars = {aten.mul: "mul", aten.mul_: "mul", aten.div: "div", aten.div_: "div", aten.add: "add", aten.add_: "add",
               aten.sub: "sub", aten.sub_: "sub", aten.rsub: "rsub"}
    unaries = {aten.neg: "neg", aten.neg_: "neg", aten.abs: "abs", aten.abs_: "abs", aten.sqrt: "sqrt", aten.sqrt_: "sqrt",
               aten.reciprocal: "reciprocal", aten.reciprocal_: "reciprocal"}
    clamps = {aten.clamp, aten.clamp_, aten.clamp_min, aten.clamp_min_, aten.clamp_max, aten.clamp_max_}
    joins = {aten.cat, aten.stack}

    class Recorder(TorchDispatchMode):
        """Sees every operation; writes down those that a draw goes through."""

        def __init__(self):
            super().__init__()
            self.storages = {}
            self.steps = []                       # (op, storage, (offset, sizes, strides), arguments)
            self.is_quiet = False                 # inside of a function that is one step

        # What is known

        def storage(self, tensor):
            key = storage_of(tensor)._cdata
            if key not in self.storages:
                self.storages[key] = Storage(tensor.detach() if tensor.requires_grad else tensor)
                self.storages[key].is_written = True          # made before or outside of what is seen
            return self.storages[key]

        def is_drawn(self, value):
            return isinstance(value, torch.Tensor) and value.device.type == "cpu" and self.storage(value).is_drawn

        def step(self, op, target, **arguments):
            self.steps.append((op, self.storage(target), layout(target), arguments))

        def draw(self, op, target, **arguments):
            self.before(target)
            self.step(op, target, **arguments)
            self.storage(target).is_drawn = self.storage(target).is_written = True

        def before(self, target):
            """What stands in memory that a draw covers in part is data."""
            storage = self.storage(target)
            if storage.is_drawn or not storage.is_written or covers(target, storage):
                return
            whole = torch.as_strided(storage.keep, (storage.count,), (1,), 0)
            self.step("data", whole, values=whole.detach().clone())
            storage.is_drawn = True

        # What comes

        def __torch_dispatch__(self, func, types, args=(), kwargs=None):
            kwargs = kwargs or {}
            packet = func.overloadpacket
            if self.is_quiet:
                return func(*args, **kwargs)
            target = args[0] if args and isinstance(args[0], torch.Tensor) else None
            if target is not None and target.device.type == "meta":
                return func(*args, **kwargs)
            refuse_generator(func, generator_of(args, kwargs))
            if packet is aten.uniform_:
                low, high = argument(args, kwargs, 1, "from", 0.0), argument(args, kwargs, 2, "to", 1.0)
                self.draw("uniform", target, **{"from": low, "to": high})
                return func(*args, **kwargs)
            if packet is aten.normal_:
                self.draw("normal", target, mean=argument(args, kwargs, 1, "mean", 0.0), std=argument(args, kwargs, 2, "std", 1.0))
                return func(*args, **kwargs)
            if packet in (aten.rand, aten.rand_like, aten.randn, aten.randn_like, aten.randperm):
                return self.drawn_new(packet, func, args, kwargs)
            if packet in fills and self.is_drawn(target):
                value = fills[packet](args)
                if isinstance(value, torch.Tensor):
                    if self.is_drawn(value):
                        refuse("%s by a drawn value" % func, "fill with a number")
                    value = value.item()
                self.step("fill", target, value=float(value))
                return func(*args, **kwargs)
            if packet is aten.copy_ and (self.is_drawn(target) or self.is_drawn(args[1])):
                return self.copied(func, target, args[1], args, kwargs)
            return self.other(packet, func, args, kwargs)

        def drawn_new(self, packet, func, args, kwargs):
            result = func(*args, **kwargs)
            self.fresh(result)
            if packet in (aten.rand, aten.rand_like):
                self.draw("uniform", result, **{"from": 0.0, "to": 1.0})
            elif packet is aten.randperm:
                self.draw("randperm", result)
            else:
                self.draw("normal", result, mean=0.0, std=1.0)
            return result

        def fresh(self, tensor):
            self.storages[storage_of(tensor)._cdata] = Storage(tensor)

        def copy(self, target, source):
            """target.copy_(source), of a drawn source."""
            self.before(target)
            expanded = source.expand(target.shape)
            self.step("copy", target, source=(self.storage(source), layout(expanded)))
            self.storage(target).is_drawn = True
            self.storage(target).refusal = self.storage(target).refusal or self.storage(source).refusal
            if source.dtype != target.dtype:
                self.spoil(target, "a copy from %s to %s" % (source.dtype, target.dtype), "draw in the dtype that is kept")

        def spoil(self, target, what, advice):
            """What is there now cannot be replayed: refused only where it reaches what is saved."""
            storage = self.storage(target)
            storage.is_drawn = True
            storage.refusal = storage.refusal or "%s%s: %s" % (what, caller(), advice)

        def copied(self, func, target, source, args, kwargs):
            if self.is_drawn(source):
                self.copy(target, source)
            else:
                self.step("data", target, values=source.detach().expand(target.shape).to(target.dtype).clone())
            return func(*args, **kwargs)

        def other(self, packet, func, args, kwargs):
            inputs = [value for value in flat((args, kwargs)) if value.device.type == "cpu"]
            tainted = any(self.storage(value).is_drawn for value in inputs)
            before = None if packet in quiet or packet in empties else torch.get_rng_state()
            if tainted and packet in (aten._local_scalar_dense, aten.equal, aten.is_nonzero, aten.nonzero):
                refuse("%s reads a drawn value" % func, "what is drawn must not decide what is done: that cannot be replayed")
            result = func(*args, **kwargs)
            if before is not None and not torch.equal(before, torch.get_rng_state()):
                refuse("%s draws" % func, "replayed are uniform_, normal_, rand, randn, randperm and torch.nn.init's functions")
            known = {storage_of(value)._cdata for value in inputs}
            for value in flat(result):
                if value.device.type == "cpu" and storage_of(value)._cdata not in known:
                    self.fresh(value)
                    self.storage(value).is_written = packet not in empties
            if is_in_place(func):
                self.storage(args[0]).is_written = True
            if tainted and (is_in_place(func) or any(storage_of(value)._cdata not in known for value in flat(result))):
                self.computed(packet, func, args, kwargs, result)
            return result

        def computed(self, packet, func, args, kwargs, result):
            """What was made of drawn tensors, as steps on the result's memory."""
            if packet in copies and result.dtype == args[0].dtype:
                self.copy(result, args[0])
            elif packet in joins:
                self.joined(packet, args, kwargs, result)
            elif not self.arithmetic(packet, args, kwargs, result):
                for value in flat(result):
                    self.spoil(value, "%s of a drawn tensor" % func, "that is not replayed; draw with the right arguments instead")

        def joined(self, packet, args, kwargs, result):
            dim = int(args[1] if len(args) > 1 else kwargs.get("dim", 0))
            at = 0
            for part in args[0]:
                size = 1 if packet is aten.stack else part.shape[dim]
                place = result.select(dim, at) if packet is aten.stack else result.narrow(dim, at, size)
                if self.is_drawn(part):
                    self.copy(place, part)
                elif part.numel():
                    self.step("data", place, values=part.detach().clone())
                at += size

        def arithmetic(self, packet, args, kwargs, result):
            """x * 0.5 is a copy, then mul_; x.mul_(0.5) is mul_ alone. False where no step is known."""
            first = args[0]
            if kwargs.get("alpha", 1) != 1 or kwargs.get("rounding_mode") is not None or len(args) > 3:
                return False
            if packet in unaries:
                operation, arguments = "unary", {"operation": unaries[packet]}
            elif packet in clamps:
                low, high = bounds(packet._qualified_op_name, args, kwargs)
                if any(isinstance(bound, torch.Tensor) for bound in (low, high)):
                    return False
                operation = "clamp"
                arguments = {name: float(bound) for name, bound in (("min", low), ("max", high)) if bound is not None}
            elif packet in scalars and len(args) == 2:
                return self.scalar(scalars[packet], packet, first, args[1], result)
            else:
                return False
            if result.dtype != first.dtype:
                return False
            self.on(result, first)
            self.step(operation, result, **arguments)
            return True

        def scalar(self, operation, packet, first, second, result):
            if not self.is_drawn(first) and isinstance(first, torch.Tensor):
                if operation not in ("mul", "add") or first.dim() > 0:
                    return False
                first, second = second, first
            if isinstance(second, torch.Tensor) and not self.is_drawn(second) and second.dim() == 0:
                second = second.item()
            if result.dtype != first.dtype or not isinstance(second, (int, float, torch.Tensor)) or isinstance(second, bool):
                return False
            if not isinstance(second, torch.Tensor):
                self.on(result, first)
                self.step("scalar", result, operation=operation, value=float(second))
                return True
            if operation == "rsub" or second.dtype != result.dtype:
                return False
            if not self.is_drawn(second):
                given = second.detach().clone()
                self.fresh(given)
                self.step("data", given, values=given)
                self.storage(given).is_drawn = True
                second = given
            if storage_of(second)._cdata == storage_of(result)._cdata:
                return False
            self.on(result, first)
            self.storage(result).refusal = self.storage(result).refusal or self.storage(second).refusal
            self.step("combine", result, operation=operation, other=(self.storage(second), layout(second.expand(result.shape))))
            return True

        def on(self, result, first):
            """A result in memory of its own begins as a copy of the first operand."""
            if storage_of(result)._cdata != storage_of(first)._cdata:
                self.copy(result, first)

        # Functions of torch.nn.init that are one step each

        def whole(self, op, target, make, **arguments):
            """A function that draws as its version does, as one step."""
            self.before(target)
            result = self.unseen(make)
            self.step(op, target, **arguments)
            self.storage(target).is_drawn = self.storage(target).is_written = True
            return result

        def unseen(self, make):
            self.is_quiet = True
            try:
                return make()
            finally:
                self.is_quiet = False

    return Recorder


def flat(value):
    """The tensors in a nest of tuples, lists and dicts."""
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
    return float(args[at] if len(args) > at else kwargs.get(name, otherwise))


def generator_of(args, kwargs):
    import torch
    found = [value for value in list(args) + list(kwargs.values()) if isinstance(value, torch.Generator)]
    return found[0] if found and found[0] is not torch.default_generator else None


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


def refuse_generator(what, generator):
    if generator is not None:
        refuse("%s with a generator of its own" % what, "only the default generator's draws are replayed")


def own_files():
    import torch
    return os.path.dirname(os.path.abspath(torch.__file__)), os.path.abspath(__file__)


def caller():
    """The line that called: the last one outside of torch."""
    lines = [frame for frame in traceback.extract_stack() if not os.path.abspath(frame.filename).startswith(own_files())]
    lines = [frame for frame in lines if not frame.filename.startswith("<")]
    return ", called at %s:%d (%s)" % (lines[-1].filename, lines[-1].lineno, (lines[-1].line or "").strip()) if lines else ""


def wrapped(recorder):
    """torch.nn.init's functions as one step each, wherever their names were imported: (owner, name, original, wrapper)."""
    import torch
    init = torch.nn.init

    def trunc(tensor, mean, std, a, b, generator=None):
        refuse_generator("trunc_normal_", generator)
        return recorder.whole("trunc_normal", tensor, lambda: originals[0](tensor, mean, std, a, b),
                              mean=float(mean), std=float(std), a=float(a), b=float(b))

    def orthogonal(tensor, gain=1, generator=None):
        refuse_generator("orthogonal_", generator)
        return recorder.whole("orthogonal", tensor, lambda: originals[1](tensor, gain), gain=float(gain))

    def sparse(tensor, sparsity, std=0.01, generator=None):
        refuse_generator("sparse_", generator)
        return recorder.whole("sparse", tensor, lambda: originals[2](tensor, sparsity, std), sparsity=float(sparsity), std=float(std))

    def norm_except(v, pow=2, dim=0):
        result = recorder.unseen(lambda: originals[3](v, pow, dim))
        if recorder.is_drawn(v):
            recorder.fresh(result)
            recorder.storage(result).is_drawn = recorder.storage(result).is_written = True
            recorder.step("norm_except", result, source=(recorder.storage(v), layout(v)), dim=int(dim))
            if pow != 2:
                recorder.spoil(result, "a norm of power %s" % pow, "replayed is the power 2")
        return result

    originals = [init._no_grad_trunc_normal_, init.orthogonal_, init.sparse_, torch.norm_except_dim]
    pairs = dict(zip(originals, (trunc, orthogonal, sparse, norm_except)))
    places = []
    for module in list(sys.modules.values()):
        names = getattr(module, "__dict__", None)
        if not isinstance(names, dict):
            continue
        for name, value in list(names.items()):
            try:
                if value in pairs:
                    places.append((names, name, value, pairs[value]))
            except TypeError:
                continue                          # what cannot be hashed is none of them
    return places


def record(build, dtype):
    """The model, and what was seen of it."""
    import torch
    torch.set_default_dtype(getattr(torch, dtype))
    torch.manual_seed(0)
    python, numpy = random.getstate(), numpy_state()
    recorder = recorder_type()()
    places = wrapped(recorder)
    for names, name, _, wrapper in places:
        names[name] = wrapper
    try:
        with recorder:
            model = build()
    finally:
        for names, name, original, _ in places:
            names[name] = original
    if not isinstance(model, torch.nn.Module):
        raise Refused("the call gives a %s; allowed: a torch.nn.Module" % type(model).__name__)
    for name, state, before in (("Python's random", random.getstate, python), ("numpy's random", numpy_state, numpy)):
        if state() != before:
            raise Refused("%s is drawn from%s: that stream is not torch's; draw with torch instead" % (name, line_that(build, state)))
    return model, recorder


def line_that(build, state):
    """The line of the model's own code that moves a state: the model is made once more, watched line by line."""
    found, last = [], [state(), None]

    def watch(frame, event, _):
        if os.path.abspath(frame.f_code.co_filename).startswith(own_files()):
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


# ---- The plan

def plan_json(build, title, dtype):
    import torch
    model, recorder = record(build, dtype)
    default = getattr(torch, dtype)
    tensors, ends, names = [], [], {}
    parameters = {storage_of(value)._cdata for value in model.parameters()}
    for name, value in model.state_dict(keep_vars=True).items():
        if not isinstance(value, torch.Tensor) or value.device.type != "cpu":
            raise Refused("%s is no tensor on the CPU" % name)
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
    steps = []
    for op, storage, place, arguments in recorder.steps:
        where = name_of(storage, tensors, default)
        step = {"op": op, **{key: value for key, value in arguments.items() if key != "values"}}
        for key in ("source", "other"):
            if key in step:
                source, there = step[key]
                step[key] = target(name_of(source, tensors, default), source, there)
        if op == "norm_except":                              # it reads a whole tensor
            step["source"] = step["source"]["tensor"]
        if op == "data":
            steps += data_steps(target(where, storage, place), arguments["values"])
            continue
        step["target"] = target(where, storage, place)
        steps.append(step)
    for end in ends:
        if isinstance(end, dict):
            steps.append(end)
        else:
            _, name, storage, place = end
            source = target(name_of(storage, tensors, default), storage, place)
            steps.append({"op": "copy", "source": source, "target": {"tensor": name}})
    plan = {"title": title, **profile(), "tensors": tensors, "steps": steps, "reset_steps": [], "torch_class": type(model).__name__}
    return lines(numbers(plan))


def lines(plan):
    """JSON with a line for each tensor and each step, for people who compare two recordings."""
    text = []
    for key, value in plan.items():
        if isinstance(value, list) and value:
            items = ",\n".join("  " + json.dumps(item, ensure_ascii=False, allow_nan=False) for item in value)
            text.append("%s: [\n%s\n ]" % (json.dumps(key), items))
        else:
            text.append("%s: %s" % (json.dumps(key), json.dumps(value, ensure_ascii=False, allow_nan=False)))
    return "{\n " + ",\n ".join(text) + "\n}\n"


def name_of(storage, tensors, default):
    """The plan's tensor that stands for a storage; what no state dict has is scratch."""
    if storage.name is None:
        number = sum(1 for spec in tensors if spec["name"].startswith(SCRATCH))
        storage.name = "%s%d" % (SCRATCH, number)
        spec = {"name": storage.name, "shape": [storage.count], "kind": "scratch"}
        if storage.dtype != default:
            spec["d_type"] = dtype_name(storage.name, storage.dtype)
        tensors.append(spec)
    return storage.name


def target(name, storage, place):
    offset, shape, strides = place
    if offset == 0 and math.prod(shape) == storage.count and is_row_major(shape, strides):
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
    """Values that depend on no draw: one number where all are equal, nothing where they are what memory begins with."""
    place = {"tensor": where} if isinstance(where, str) else where
    flat_value = value.detach().reshape(-1)
    if flat_value.numel() == 0:
        return []
    items = flat_value.double() if flat_value.is_floating_point() else flat_value
    first = items[0].item()
    same = bool((items == items[0]).all()) and not (first == 0 and math.copysign(1, float(first)) < 0)
    if same:
        # A counter begins with 0; a parameter that was filled with it is told from one that nobody filled.
        is_counter = isinstance(where, str) and first == 0 and not flat_value.is_floating_point()
        return [] if is_counter else [{"op": "fill", "value": float(first), "target": place}]
    if flat_value.numel() > MOST_DATA:
        raise Refused("%s has %d values that no draw made; allowed: %d" % (place["tensor"], flat_value.numel(), MOST_DATA))
    return [{"op": "data", "values": [float(item) for item in items.tolist()], "target": place}]


def dtype_name(name, dtype):
    text = str(dtype).replace("torch.", "")
    known = {"float32": "float32", "float64": "float64", "float16": "float16", "bfloat16": "b_float16", "int64": "int64"}
    if text not in known:
        raise Refused("%s is %s; allowed: %s" % (name, text, ", ".join(known)))
    return known[text]


def numbers(value):
    """What JSON cannot write, as the plan's format does."""
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, dict):
        return {key: numbers(part) for key, part in value.items()}
    return [numbers(part) for part in value] if isinstance(value, list) else value


def profile():
    """Whose draws they are."""
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
    """Reference LAPACK by its file; any other is followed to a tolerance."""
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
