# Values between C# and cells. It runs in the namespace of python_cells.py, whose imports and variables it uses.


def get(name):
    """(kind, value, dtype, sizes, address, owner)."""
    if name not in namespace:
        raise NameError("name '%s' is not defined" % name)
    value = namespace[name]
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(value, dict) and value and all(isinstance(item, torch.Tensor) for item in value.values()):
        return "tensors", [str(key) for key in value], "", [], 0, [_array("%s[%r]" % (name, key), item) for key, item in value.items()]
    return _given(name, value)


def _given(name, value):
    if value is None or isinstance(value, (bool, float, str)):
        return "none" if value is None else type(value).__name__ if type(value) in (bool, float, str) else _base(value), value, "", [], 0, value
    if isinstance(value, int):
        return "int", str(int(value)), "", [], 0, value
    if isinstance(value, (bytes, bytearray, memoryview)):
        held = ctypes.create_string_buffer(bytes(value), max(1, len(bytes(value))))
        return "array", None, "uint8", [len(bytes(value))], ctypes.addressof(held), held
    if isinstance(value, (list, tuple)):
        if value and all(isinstance(item, str) for item in value):
            return "texts", [_valid(item) for item in value], "", [], 0, value
        numbers = _numbers(value)
        if numbers is not None:
            return numbers
    found = _array(name, value)
    if found is not None:
        return found
    if hasattr(value, "to_dict") and hasattr(value, "columns"):
        value = value.to_dict("records")     # a DataFrame
    elif hasattr(value, "to_numpy"):
        return _given(name, value.to_numpy())     # a Series
    if isinstance(value, (dict, list, tuple)):
        return "json", json.dumps(_plain(name, value)), "", [], 0, value
    raise TypeError("'%s' is %s; %s" % (name, type(value).__name__, _ALLOWED))


_ALLOWED = ("numbers, strings, numpy arrays, torch tensors, state_dict()s, lists, dicts and tables can be passed to C#")


def _base(value):
    return next(kind.__name__ for kind in (bool, float, str) if isinstance(value, kind))


def _numbers(items):
    """A list of numbers, or of equally long rows of numbers, as an array; None for any other list."""
    sizes, flat = [], [items]
    while flat and all(isinstance(item, (list, tuple)) for item in flat):
        if len({len(item) for item in flat}) != 1 or len(sizes) == 32:
            return None
        sizes.append(len(flat[0]))
        flat = [inner for item in flat for inner in item]
    kinds = {type(item) for item in flat}
    if not flat or not kinds <= {bool, int, float}:
        return None
    if kinds == {bool}:
        dtype, kind = "bool", ctypes.c_bool
    elif kinds <= {bool, int}:
        if not all(-2 ** 63 <= item < 2 ** 63 for item in flat):
            return None
        dtype, kind = "int64", ctypes.c_int64
    else:
        dtype, kind = "float64", ctypes.c_double
    held = (kind * len(flat))(*flat)
    return "array", None, dtype, sizes, ctypes.addressof(held), held


def _array(name, value):
    torch, numpy = sys.modules.get("torch"), sys.modules.get("numpy")
    if numpy is not None and isinstance(value, numpy.generic):
        value = numpy.asarray(value)
    if torch is not None and isinstance(value, torch.Tensor):
        held = value.detach().cpu().contiguous()
        held = held.resolve_neg() if hasattr(held, "resolve_neg") else held
        return "array", None, str(held.dtype)[len("torch."):], list(held.shape), held.data_ptr(), held
    if numpy is None or not isinstance(value, numpy.ndarray):
        return None
    if value.dtype.kind in "biuf":
        held = numpy.ascontiguousarray(value).astype(value.dtype.newbyteorder("="), copy=False)
        return "array", None, held.dtype.name, list(value.shape), held.ctypes.data, held
    if value.dtype.kind in "US":
        return _given(name, value.tolist())
    raise TypeError("'%s' is an array of %s; allowed: numbers, bools, strings" % (name, value.dtype))


def _plain(name, value):
    """The value in JSON types; nan and the infinities by .NET's names for them in JSON."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return _valid(value)
    if isinstance(value, float):
        return value if value - value == 0 else "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, dict):
        return {_valid(str(key)): _plain(name, item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(name, item) for item in value]
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if hasattr(value, "detach"):
        value = value.detach().cpu()
    if hasattr(value, "tolist"):
        return _plain(name, value.tolist())
    raise TypeError("'%s' holds %s; %s" % (name, type(value).__name__, _ALLOWED))


def put_json(name, text):
    namespace[_checked(name)] = json.loads(text)


def new_tensors():
    return {}


def add_tensor(tensors, key, dtype, sizes, address, size):
    tensors[key] = _tensor(dtype, sizes, address, size)


def put_tensor(name, dtype, sizes, address, size):
    namespace[_checked(name)] = _tensor(dtype, sizes, address, size)


def _memory(address, size):
    return bytearray((ctypes.c_char * size).from_address(address)) if size else bytearray()


def _tensor(dtype, sizes, address, size):
    import torch
    kind, sizes = getattr(torch, dtype), [int(n) for n in sizes]
    if not size:
        return torch.empty(sizes, dtype=kind)
    return torch.frombuffer(_memory(address, size), dtype=kind).reshape(sizes)


def put(name, value):
    namespace[_checked(name)] = value


def put_array(name, dtype, sizes, address, size):
    """A numpy array with its own memory; without numpy, or for bfloat16, a torch tensor."""
    try:
        if dtype == "bfloat16":
            raise ImportError("numpy has no bfloat16")
        import numpy
        array = numpy.frombuffer(_memory(address, size), dtype=dtype).reshape([int(n) for n in sizes])
    except ImportError:
        if "torch" not in sys.modules and dtype != "bfloat16":
            raise TypeError("an array of %s needs numpy, or torch imported" % dtype) from None
        array = _tensor(dtype, sizes, address, size)
    namespace[_checked(name)] = array


def _checked(name):
    if not name.isidentifier() or keyword.iskeyword(name):
        raise NameError("'%s' is not a Python name" % name)
    return name
