"""Passes values between a Python kernel and C#, as JSON in a file: see SharedValue.cs. Arrays are passed as bytes."""
import base64
import json
import math
import struct

CODES = {"b1": "?", "i1": "b", "i2": "h", "i4": "i", "i8": "q", "u1": "B", "u2": "H", "u4": "I", "u8": "Q", "f2": "e", "f4": "f", "f8": "d"}


def write(value, path):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(pack(value), file)


def read(path):
    with open(path, encoding="utf-8") as file:
        return unpack(json.load(file))


def pack(value):
    if value is None or isinstance(value, (bool, str)):
        return value
    if hasattr(value, "detach") and hasattr(value, "numpy"):
        value = value.detach().cpu()
        value = (value.float() if str(value.dtype) == "torch.bfloat16" else value).numpy()
    if hasattr(value, "dtype") and hasattr(value, "tobytes"):
        return packed_array(value)
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else {"number": str(value)}
    if isinstance(value, (bytes, bytearray, memoryview)):
        return {"dtype": "u1", "shape": [len(bytes(value))], "data": base64.b64encode(bytes(value)).decode()}
    if isinstance(value, dict):
        return {"map": {str(key): pack(item) for key, item in value.items()}}
    if hasattr(value, "tolist"):
        return pack(value.tolist())
    if hasattr(value, "__iter__"):
        return {"list": [pack(item) for item in value]}
    raise TypeError("a value of type %s cannot be shared" % type(value).__name__)


def packed_array(value):
    if value.ndim == 0:
        return pack(value.item())
    if value.dtype.kind in "OUS":
        return pack(value.tolist())
    little = value.astype(value.dtype.newbyteorder("<"), order="C", copy=False)
    name = little.dtype.str.lstrip("<|")
    if name not in CODES:
        raise TypeError("an array of %s cannot be shared" % value.dtype)
    return {"dtype": name, "shape": list(value.shape), "data": base64.b64encode(little.tobytes()).decode()}


def unpack(value):
    if not isinstance(value, dict):
        return value
    if "number" in value:
        return float(value["number"])
    if "list" in value:
        return [unpack(item) for item in value["list"]]
    if "map" in value:
        return {key: unpack(item) for key, item in value["map"].items()}
    if "json" in value:
        return value["json"]
    data, shape, name = base64.b64decode(value["data"]), value["shape"], value["dtype"]
    try:
        import numpy
    except ImportError:
        items = list(struct.unpack("<%d%s" % (math.prod(shape), CODES[name]), data))
        for size in reversed(shape[1:]):
            items = [items[at:at + size] for at in range(0, len(items), size)] if size else []
        return items
    array = numpy.frombuffer(data, "<" + name if name[1] != "1" else name).reshape(shape)
    return array.astype(array.dtype.newbyteorder("="))
