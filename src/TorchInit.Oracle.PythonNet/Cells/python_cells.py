"""Runs notebook cells, the user's own code, in one namespace with Jupyter's display protocol.

`emit(stream, text)`, `show(is_result, bundle_as_json)` and `ask(prompt, is_password)` are C#'s. A cell's last expression is shown;
`display(value)` shows more.
"""
import ast
import asyncio
import base64
import builtins
import ctypes
import getpass
import importlib.metadata
import importlib.util
import inspect
import io
import json
import keyword
import linecache
import os
import re
import subprocess
import sys
import time
import traceback
import warnings

REPRS = (
    ("text/html", "_repr_html_"), ("text/markdown", "_repr_markdown_"), ("image/svg+xml", "_repr_svg_"), ("image/png", "_repr_png_"),
    ("image/jpeg", "_repr_jpeg_"), ("text/latex", "_repr_latex_"), ("application/json", "_repr_json_"),
)

namespace = sys.modules["__main__"].__dict__     # so that pickle finds the classes of cells
_host = [None, None, None]     # emit, show and ask of the cell that runs
_count = 0

os.environ.setdefault("MPLBACKEND", "Agg")       # figures are shown in the cell, never in a window
warnings.filterwarnings("ignore", ".*non-interactive.*", UserWarning)


class _Stream(io.TextIOBase):
    encoding, errors = "utf-8", "replace"

    def __init__(self, name, before):
        self.name, self.before = name, before

    def writable(self):
        return True

    def fileno(self):
        return self.before.fileno()      # for faulthandler and child processes

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError("write() argument must be str, not %s" % type(text).__name__)
        if text:
            emit = _host[0]
            if emit is None:
                self.before.write(text)      # from a thread that outlives its cell
            else:
                emit(self.name, _valid(text))
        return len(text)

    def flush(self):
        self.before.flush()


def _valid(text):
    """Replaces half surrogate pairs, which no other program accepts."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def start():
    sys.stdout, sys.stderr = _Stream("stdout", sys.stdout), _Stream("stderr", sys.stderr)
    namespace["display"] = display
    builtins.exit, builtins.quit = _Exit("exit"), _Exit("quit")
    builtins.input = lambda prompt="", /: _asked(prompt, False)
    getpass.getpass = lambda prompt="Password: ", stream=None: _asked(prompt, True)


class _Exit:
    """Ends the cell. site's function also closes standard input, and later cells could not even call help()."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return "%s() ends this cell; Python keeps running" % self.name

    def __call__(self, code=None):
        raise SystemExit(code)


class StdinNotImplementedError(NotImplementedError, RuntimeError):
    """There is no user to ask; the name is Jupyter's."""


def _asked(prompt, is_password):
    ask = _host[2]
    if ask is None:
        raise StdinNotImplementedError("input() was called outside a cell, or there is no user to ask")
    how, text = list(ask(str(prompt), is_password))
    if how == "interrupted":
        raise KeyboardInterrupt
    if how == "refused":
        raise StdinNotImplementedError(text)
    return text


_sleep = time.sleep


def _interruptible_sleep(seconds):
    """Sleeps in short steps: an interrupt is raised only between two Python steps, and a long sleep would be one."""
    end = time.monotonic() + seconds
    while end - time.monotonic() > 0.05:
        _sleep(0.05)
    _sleep(max(0, end - time.monotonic()) if seconds >= 0 else seconds)


time.sleep = _interruptible_sleep


def run(source, emit, show, ask):
    """None, or (class, text, traceback) of what the cell raised."""
    global _count
    _count += 1
    name = "<cell %d>" % _count
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    _host[:] = [emit, show, ask]
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
        return type(error).__name__, _valid(_text(error)), _valid("".join(lines.format()).rstrip("\n"))
    finally:
        _host[:] = [None, None, None]


def _text(error):
    try:
        return str(error)
    except Exception:  # the exception class is the user's
        return ""


def _execute(tree, name, mode):
    code = compile(tree, name, mode, flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    result = eval(code, namespace)       # the user's own cell
    return _await(result) if code.co_flags & inspect.CO_COROUTINE else result


def _await(awaitable):
    async def watched():
        async def tick():
            while True:
                await asyncio.sleep(0.05)        # so that an interrupt can be raised between two Python steps
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
    if _host[1] is not None:
        _host[1](is_result, json.dumps(_bundle(value)))


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
    return {_valid(str(mime)): _content(data) for mime, data in bundle.items()}


def _content(data):
    if isinstance(data, bytes):
        return base64.b64encode(data).decode()
    return _valid(data if isinstance(data, str) else json.dumps(data) if isinstance(data, (dict, list)) else str(data))


def _figures():
    pyplot = sys.modules.get("matplotlib.pyplot")
    for number in pyplot.get_fignums() if pyplot is not None else ():
        image = io.BytesIO()
        figure = pyplot.figure(number)
        figure.savefig(image, format="png", bbox_inches="tight")
        bundle = {"image/png": base64.b64encode(image.getvalue()).decode(), "text/plain": _valid(repr(figure))}
        _host[1](False, json.dumps(bundle))
    if pyplot is not None:
        pyplot.close("all")


def complete(source, position):
    """(start, names): the completions of the text from start to position."""
    before = source[:position]
    try:
        import jedi
        lines = before.split("\n")
        found = jedi.Interpreter(source, [namespace]).complete(len(lines), len(lines[-1]))
        return position - (found[0].get_completion_prefix_length() if found else 0), [item.name for item in found]
    except Exception:  # jedi is not installed, or cannot parse this
        import rlcompleter
        word = re.search(r"[\w.]*$", before).group()
        completer, names = rlcompleter.Completer(namespace), []
        while word and (name := completer.complete(word, len(names))) is not None:
            names.append(name)
        stem = len(word) - len(word.rpartition(".")[2])
        return position - len(word) + stem, [name.strip().rstrip("(")[stem:] for name in names]


def inspected(source, position):
    """Signature and documentation of the name at a position, or of the function whose arguments are being written; else None."""
    word = re.search(r"[\w.]*$", source[:position]).group() + re.match(r"\w*", source[position:]).group()
    called = re.search(r"([\w.]+)\([^()]*$", source[:position])
    for name in (word, called.group(1) if called else ""):
        try:
            value = eval(name, namespace) if re.fullmatch(r"[^\W\d]\w*(\.[^\W\d]\w*)*", name) else None     # one of the user's names
        except Exception:
            continue
        if name and (value is not None or name in namespace):
            return _valid(_described(name, value))
    return None


def _described(name, value):
    head = "%s: %s" % (name, type(value).__name__)
    if callable(value):
        try:
            head = name + str(inspect.signature(value))
        except (TypeError, ValueError):
            pass     # a function written in C
    text = inspect.getdoc(value)
    return head if not text else head + "\n" + text


def names():
    return [name for name in namespace if not name.startswith("_") and name != "display"]


def version():
    """The versions of Python and of torch, if installed; nothing is imported."""
    text, torch = "Python %d.%d.%d" % sys.version_info[:3], importlib.util.find_spec("torch")
    if torch is None:
        return text
    # Debian's 1.13.1 calls itself 1.13.0a0: the package's version is the reliable one.
    if (torch.origin or "").startswith("/usr/lib/python3/dist-packages/") and os.access("/usr/bin/dpkg-query", os.X_OK):
        found = subprocess.run(["/usr/bin/dpkg-query", "-W", "-f=${Version}", "python3-torch"], stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
        if found.returncode == 0 and found.stdout:
            return text + ", torch " + re.split("[+~-]", found.stdout.decode())[0]
    try:
        return text + ", torch " + importlib.metadata.version("torch")
    except importlib.metadata.PackageNotFoundError:
        return text
