"""Describes the cells' namespace to C#: text in and out, arrays by name."""
import json
import reprlib
import sys

namespace = sys.modules["__main__"].__dict__


def _is_tensor(value):
    torch, numpy = sys.modules.get("torch"), sys.modules.get("numpy")
    return (torch is not None and isinstance(value, torch.Tensor)) or (numpy is not None and isinstance(value, numpy.ndarray))


def kind(name):
    """state, json, or plain; PythonCells accepts or refuses what is plain."""
    value = namespace.get(name)
    if isinstance(value, dict):
        texts = all(isinstance(key, str) and "\0" not in key for key in value)
        return "state" if value and texts and all(map(_is_tensor, value.values())) else "json"
    if isinstance(value, (list, tuple)):
        numbers = all(isinstance(item, (bool, int, float, list, tuple)) for item in value)
        return "plain" if value and (numbers and _is_regular(value) or all(isinstance(item, str) for item in value)) else "json"
    return "json" if hasattr(value, "to_json") and hasattr(value, "columns") else "plain"


def _shape(value):
    if not isinstance(value, (list, tuple)):
        return () if isinstance(value, (bool, int, float)) else None
    shapes = {_shape(item) for item in value}
    return None if len(shapes) != 1 or None in shapes else (len(value), *shapes.pop())


def _is_regular(value):
    return _shape(value) is not None


def as_json(name):
    value = namespace[name]
    if hasattr(value, "to_json"):
        return value.to_json(orient="records")
    return json.dumps(value, default=_plain, allow_nan=False)


def _plain(value):
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError("a %s in it does not go to C#" % type(value).__name__)


def keys(name):
    return "\0".join(namespace[name])


def pick(name, key, passing):
    namespace[passing] = namespace[name][key]


def forget(passing):
    namespace.pop(passing, None)


def put_json(name, text):
    namespace[_checked(name)] = json.loads(text)


def put_state(name):
    namespace[_checked(name)] = {}


def add(name, key, passing, shape):
    """Tensors if torch is imported, otherwise numpy arrays."""
    value, torch = namespace[passing], sys.modules.get("torch")
    if torch is not None and not isinstance(value, torch.Tensor):
        value = torch.from_numpy(value)
    namespace[name][key] = value.reshape([int(size) for size in shape.split()])


def describe(name):
    """The type and a short text, separated by a zero."""
    value = namespace.get(name)
    kind = type(value)
    named = kind.__name__ if kind.__module__ == "builtins" else "%s.%s" % (kind.__module__, kind.__qualname__)
    shape = getattr(value, "shape", None)
    text = "%s of shape %s" % (getattr(value, "dtype", named), tuple(shape)) if shape is not None and _is_tensor(value) else reprlib.repr(value)
    return named + "\0" + text


def _checked(name):
    if not name.isidentifier():
        raise NameError("'%s' is no name of Python's" % name)
    return name
