"""The functions that C# calls in process, on top of torch_oracle.py: the same requests, and modules and tensors that stay alive.

C# passes the loaded torch_oracle module to start(). A call is data here too: nothing is evaluated. Memory is passed to C# as an address
and a count, and is valid as long as the object that came with it lives.
"""
import atexit
import ctypes
import io
import json
import os
import sys

oracle = None   # torch_oracle.py, as the worker runs it

for _stream in (sys.stdout, sys.stderr):
    # Child processes write to the same descriptors, and a process may end at any time.
    if hasattr(_stream, "reconfigure"):
        _stream.reconfigure(line_buffering=True)


class _Console(io.TextIOBase):
    """What Python prints goes through .NET's console, so that it stays in order with what C# writes there."""
    encoding, errors = "utf-8", "replace"

    def __init__(self, emit, before):
        self.emit, self.before, self.name = emit, before, getattr(before, "name", None)

    @property
    def buffer(self):
        return self.before.buffer

    def writable(self):
        return True

    def isatty(self):
        return self.before is not None and self.before.isatty()

    def fileno(self):
        if self.before is None:
            raise io.UnsupportedOperation("fileno")
        return self.before.fileno()

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError("write() argument must be str, not %s" % type(text).__name__)
        if text:
            # C# has no half surrogate pairs
            self.emit(text if text.isascii() else text.encode("utf-8", "replace").decode())
        return len(text)

    def flush(self):
        if self.before is not None:
            self.before.flush()


def write_to(output, error):
    """Sends what is printed to C#'s functions."""
    sys.stdout, sys.stderr = _Console(output, sys.stdout), _Console(error, sys.stderr)


def start(module):
    """Imports torch as the worker does, and returns torch_oracle's info."""
    global oracle
    # One thread: a threaded BLAS splits its sums by the number of cores, so QR would depend on the machine; fills never depend on it.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if sys.byteorder != "little":
        raise OSError("a big-endian machine: the protocol sends memory as it is, little-endian")
    info = module.info_json()
    module.torch.set_num_threads(1)
    oracle = module
    return info


def imported():
    """Whether Python has already imported torch: then a loaded libtorch is its own."""
    return "torch" in sys.modules


def set_environment(name, value):
    """Sets a variable as C libraries see it, which .NET's own setter does not do."""
    if value is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = value


def answer(request_json, address, size):
    """One request: (reply's JSON, [address, bytes, address, bytes, ...], what owns the memory)."""
    reply, buffers = oracle.answer(request_json, ctypes.string_at(address, size) if size else b"")
    return reply, [number for _, buffer in buffers for number in (_address(buffer), len(buffer))], buffers


def _address(buffer):
    return ctypes.addressof(buffer) if len(buffer) else 0


def construct(call_json, dtype):
    """The result of the call: a module, or the tensor that it fills; meanwhile torch's default dtype is `dtype`."""
    request = oracle._parse('{"dtype": %s, "call": %s}' % (json.dumps(dtype), call_json))
    previous = oracle.torch.get_default_dtype()
    try:
        oracle.torch.set_default_dtype(getattr(oracle.torch, dtype))
        return oracle.Call(dtype).call(request["call"], outermost=True)
    finally:
        oracle.torch.set_default_dtype(previous)


def of_cells(path):
    """A variable of the cells, or an attribute of one."""
    name, *rest = path.split(".")
    kept = sys.modules["__main__"].__dict__
    if name not in kept:
        raise NameError("name '%s' is not defined" % name)
    value = kept[name]
    for attribute in rest:
        value = getattr(value, attribute)
    return value


def is_module(value):
    return isinstance(value, oracle.torch.nn.Module)


def is_tensor(value):
    return isinstance(value, oracle.torch.Tensor)


def reset_name(module):
    """MultiheadAttention and Transformer call theirs _reset_parameters."""
    return next((name for name in ("reset_parameters", "_reset_parameters") if hasattr(module, name)), "reset_parameters")


def names(module):
    """The names of the state dict, in order; lazy parameters that have no shape yet are left out."""
    lazy = oracle.torch.nn.parameter.is_lazy
    return [name for name, tensor in module.state_dict().items() if is_tensor(tensor) and not lazy(tensor)]


def entry(module, name):
    """The tensor of that name, sharing the module's memory."""
    tensor = module.state_dict().get(name)
    if not is_tensor(tensor) or oracle.torch.nn.parameter.is_lazy(tensor):
        raise KeyError("the state dict has no tensor '%s'; it has: %s" % (name, ", ".join(names(module)) or "none"))
    return tensor


def describe(tensor):
    """(dtype without "torch.", sizes)."""
    return oracle._dtype(tensor), list(tensor.shape)


def lease(tensor):
    """(owner, address, elements): memory that does not move as long as the owner lives."""
    held = tensor.detach()
    if held.layout is not oracle.torch.strided or held.device.type != "cpu":
        raise TypeError("only a strided tensor on the CPU has accessible memory, not %s on %s" % (held.layout, held.device))
    if not held.is_contiguous():
        raise ValueError("a tensor of sizes %s and strides %s is not one run of memory; contiguous() makes a copy that is" % (tuple(held.shape), held.stride()))
    _pin(held)
    return held, held.data_ptr(), held.numel()


def _pin(tensor):
    """Locks the memory as .numpy() does: from now on torch refuses resize_, which would move it. Without numpy it does not."""
    try:
        tensor.reshape(-1).view(oracle.torch.uint8 if tensor.dtype is oracle.torch.bool else oracle.torch.int16 if tensor.element_size() == 2 else tensor.dtype).numpy()
    except (RuntimeError, TypeError, ImportError):
        pass  # no numpy, or a dtype that it does not have


def contiguous(tensor):
    return tensor.detach().contiguous()


def written(tensor):
    """Tells autograd that the memory has changed: a backward pass that saved it then fails instead of using other numbers."""
    with oracle.torch.no_grad():
        tensor.detach().reshape(-1)[:0].zero_()


def get_state():
    return oracle.torch.get_rng_state()


def set_state(address, size):
    state = bytearray(ctypes.string_at(address, size)) if size else bytearray()
    oracle.torch.set_rng_state(oracle.torch.frombuffer(state, dtype=oracle.torch.uint8) if size else oracle.torch.empty(0, dtype=oracle.torch.uint8))


def seed(text):
    oracle.torch.manual_seed(int(text))


def leave():
    """Does what Python does when it ends, without ending: .NET ends the process afterwards."""
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and not stream.closed:
            stream.flush()
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__      # C# is not called any more


def settle():
    """Freezes all objects, because a shutdown collects garbage repeatedly and torch's hundred thousand objects are not garbage."""
    import gc
    gc.collect()
    gc.freeze()
