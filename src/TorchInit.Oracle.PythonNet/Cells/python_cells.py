"""Runs notebook cells: code of the user's, in one namespace, with Jupyter's display protocol.

`emit(stream, text)` and `show(is_result, mime_types, texts)` are C#'s. A cell's last expression is shown; `display(value)` shows more.
"""
import ast
import asyncio
import base64
import ctypes
import inspect
import io
import linecache
import os
import re
import sys
import time
import traceback
import warnings

REPRS = (
    ("text/html", "_repr_html_"), ("text/markdown", "_repr_markdown_"), ("image/svg+xml", "_repr_svg_"), ("image/png", "_repr_png_"),
    ("image/jpeg", "_repr_jpeg_"), ("text/latex", "_repr_latex_"),
)

namespace = sys.modules["__main__"].__dict__     # so that pickle finds the classes of cells
_host = [None, None]     # emit and show of the cell that runs
_count = 0

os.environ.setdefault("MPLBACKEND", "Agg")       # figures are shown by the cell, never in a window
warnings.filterwarnings("ignore", ".*non-interactive.*", UserWarning)


class _Stream(io.TextIOBase):
    encoding, errors = "utf-8", "replace"

    def __init__(self, name, before):
        self.name, self.before = name, before

    def writable(self):
        return True

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError("write() argument must be str, not %s" % type(text).__name__)
        if text:
            emit = _host[0]
            if emit is None:
                self.before.write(text)      # a thread that outlives its cell
            else:
                emit(self.name, text)
        return len(text)

    def flush(self):
        self.before.flush()


def start():
    sys.stdout, sys.stderr = _Stream("stdout", sys.stdout), _Stream("stderr", sys.stderr)
    namespace["display"] = display


_sleep = time.sleep


def _interruptible_sleep(seconds):
    """An interrupt is raised between two steps of Python, and a long sleep is one step."""
    end = time.monotonic() + seconds
    while end - time.monotonic() > 0.05:
        _sleep(0.05)
    _sleep(max(0, end - time.monotonic()) if seconds >= 0 else seconds)


time.sleep = _interruptible_sleep


def run(source, emit, show):
    """None, or (class, text, traceback) of what the cell raised."""
    global _count
    _count += 1
    name = "<cell %d>" % _count
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    _host[:] = [emit, show]
    try:
        tree = ast.parse(source, name)
        last = None
        if tree.body and isinstance(tree.body[-1], ast.Expr) and not source.rstrip().endswith(";"):
            last = ast.Expression(tree.body.pop().value)
        _execute(tree, name, "exec")
        if last is not None:
            value = _execute(last, name, "eval")
            if value is not None:
                namespace["_"] = value
                _show(True, value)
        _figures()
        return None
    except BaseException as error:  # sys.exit() ends a cell, not the notebook
        lines = traceback.TracebackException(type(error), error, error.__traceback__)
        if isinstance(error, SyntaxError) and error.filename == name:
            lines.stack.clear()      # ast's own frames
        _trim(lines)
        return type(error).__name__, str(error), "".join(lines.format()).rstrip("\n")
    finally:
        _host[:] = [None, None]


def _execute(tree, name, mode):
    code = compile(tree, name, mode, flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    result = eval(code, namespace)       # the user's own cell
    return _await(result) if code.co_flags & inspect.CO_COROUTINE else result


def _await(awaitable):
    async def watched():
        async def tick():
            while True:
                await asyncio.sleep(0.05)        # so that an interrupt finds a step of Python
        ticking = asyncio.ensure_future(tick())
        try:
            return await awaitable
        finally:
            ticking.cancel()
    return _loop().run_until_complete(watched())


def _loop(kept=[]):
    if not kept:
        kept.append(asyncio.new_event_loop())
        asyncio.set_event_loop(kept[0])
    return kept[0]


def _trim(lines):
    """Leaves out the frames of this file."""
    seen = lines
    while seen is not None:
        seen.stack[:] = [frame for frame in seen.stack if frame.filename != _execute.__code__.co_filename]
        seen = seen.__cause__ or seen.__context__


def display(*values):
    for value in values:
        _show(False, value)


def _show(is_result, value):
    show = _host[1]
    if show is not None:
        bundle = _bundle(value)
        show(is_result, "\n".join(bundle), "\0".join(bundle.values()))


def _bundle(value):
    bundle = {}
    whole = None if isinstance(value, type) else getattr(value, "_repr_mimebundle_", None)
    if callable(whole):
        given = whole(include=None, exclude=None)
        bundle.update((given[0] if isinstance(given, tuple) else given) or {})
    for mime, method in REPRS:
        shown = None if isinstance(value, type) else getattr(value, method, None)
        if mime not in bundle and callable(shown):
            given = shown()
            if given is not None:
                bundle[mime] = given[0] if isinstance(given, tuple) else given
    bundle.setdefault("text/plain", repr(value))
    return {mime: base64.b64encode(data).decode() if isinstance(data, bytes) else str(data) for mime, data in bundle.items()}


def _figures():
    pyplot = sys.modules.get("matplotlib.pyplot")
    for number in pyplot.get_fignums() if pyplot is not None else ():
        image = io.BytesIO()
        figure = pyplot.figure(number)
        figure.savefig(image, format="png", bbox_inches="tight")
        _host[1](False, "image/png\ntext/plain", base64.b64encode(image.getvalue()).decode() + "\0" + repr(figure))
    if pyplot is not None:
        pyplot.close("all")


def complete(source, position):
    """(start, names): what may stand from start to position."""
    before = source[:position]
    try:
        import jedi
        lines = before.split("\n")
        found = jedi.Interpreter(source, [namespace]).complete(len(lines), len(lines[-1]))
        return position - (found[0].get_completion_prefix_length() if found else 0), [item.name for item in found]
    except Exception:  # jedi is not there, or cannot read this
        import rlcompleter
        word = re.search(r"[\w.]*$", before).group()
        completer, names = rlcompleter.Completer(namespace), []
        while word and (name := completer.complete(word, len(names))) is not None:
            names.append(name)
        stem = len(word) - len(word.rpartition(".")[2])
        return position - len(word) + stem, [name.strip().rstrip("(")[stem:] for name in names]


def names():
    return [name for name in namespace if not name.startswith("_") and name != "display"]


def get(name):
    """(kind, value, dtype, sizes, address, owner)."""
    if name not in namespace:
        raise NameError("name '%s' is not defined" % name)
    value = namespace[name]
    if value is None or isinstance(value, (bool, float, str)):
        return "none" if value is None else type(value).__name__, value, "", [], 0, value
    if isinstance(value, int):
        return "int", str(value), "", [], 0, value
    torch, numpy = sys.modules.get("torch"), sys.modules.get("numpy")
    if numpy is not None and isinstance(value, numpy.generic):
        value = numpy.asarray(value)
    if isinstance(value, (list, tuple)) and value and numpy is None:
        import numpy
    if isinstance(value, (list, tuple)):
        if value and all(isinstance(item, str) for item in value):
            return "texts", list(value), "", [], 0, value
        value = numpy.asarray(value) if value else []
    if torch is not None and isinstance(value, torch.Tensor):
        held = value.detach().cpu().contiguous()
        return "array", None, str(held.dtype)[len("torch."):], list(held.shape), held.data_ptr(), held
    if numpy is not None and isinstance(value, numpy.ndarray) and value.dtype.kind in "biuf":
        held = numpy.ascontiguousarray(value).astype(value.dtype.newbyteorder("="), copy=False)
        return "array", None, held.dtype.name, list(value.shape), held.ctypes.data, held
    raise TypeError("'%s' is %s; numbers, texts, numpy arrays and torch tensors go to C#" % (name, type(value).__name__))


def put(name, value):
    namespace[_checked(name)] = value


def put_array(name, dtype, sizes, address, size):
    """A numpy array of its own memory; without numpy, or for bfloat16, a torch tensor."""
    data = bytearray(ctypes.string_at(address, size)) if size else bytearray()
    sizes = [int(n) for n in sizes]
    try:
        if dtype == "bfloat16":
            raise ImportError("numpy has no bfloat16")
        import numpy
        array = numpy.frombuffer(data, dtype=dtype).reshape(sizes)
    except ImportError:
        torch = sys.modules.get("torch")
        if torch is None:
            raise TypeError("an array of %s needs numpy, or torch imported" % dtype) from None
        kind = getattr(torch, dtype)
        array = torch.frombuffer(data, dtype=kind).reshape(sizes) if size else torch.empty(sizes, dtype=kind)
    namespace[_checked(name)] = array


def _checked(name):
    if not name.isidentifier():
        raise NameError("'%s' is no name of Python's" % name)
    return name
