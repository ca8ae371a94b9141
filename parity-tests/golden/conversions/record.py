"""What torch makes of elements in another dtype: tensor.to(dtype) for all pairs of ten dtypes, as hexadecimal bytes.

python3 record.py > conversions.tsv writes the table; python3 record.py --digests prints, for each pair, the SHA-256 of the
conversions of many bit patterns: all of those of 16 bits or fewer, and the words of SHA-256 of 0, 1, 2, ... for wider types.
"""
import hashlib
import struct
import sys

import torch

DTYPES = ["float32", "float64", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool"]
SIZES = dict(zip(DTYPES, [4, 8, 2, 2, 8, 4, 2, 1, 1, 1]))
BLOCKS = 8192

DOUBLES = [0.0, -0.0, 1.0, -1.0, 0.5, 1.5, 2.5, -2.5, 0.1, 1 / 3, 254.9, 255.0, 255.5, 256.0, -128.5, -129.0, 127.9, 128.0, 32767.5,
           32768.0, -32769.0, 65504.0, 65519.99, 65520.0, 65535.9, 65536.0, 2147483647.0, 2147483648.0, -2147483648.0, -2147483649.0,
           4294967295.0, 4294967301.0, 1e18, 9223372036854774784.0, 9223372036854775808.0, -9223372036854775808.0, 1e19, -1e19, 1e300,
           3.4028234663852886e38, 3.4028235677973366e38, 3.3895313892515355e38, 3.4e38, -1e39, 1e-45, 7e-46, 1.4e-45, 1e-320, 5e-324,
           2.0 ** -24, 2.0 ** -25, 2.0 ** -25 * 1.0000001, 6.103515625e-05, 6.09e-05, 1.0009765625, 1.00048828125, 1.00146484375,
           1.0 + 2.0 ** -8, 1.0 + 2.0 ** -9, 1.0 + 3 * 2.0 ** -9, 1.0 + 2.0 ** -11 + 2.0 ** -40, 1.0 + 2.0 ** -24, 1.0 + 2.0 ** -24 + 2.0 ** -50,
           float("inf"), float("-inf"), float("nan"), float("-nan")]
NANS = {"float32": [0x7F800001, 0xFF812345, 0x7FFFFFFF], "float64": [0x7FF0000000000001, 0xFFF8000000000001, 0x7FF4123456789ABC],
        "float16": [0x7C01, 0xFE00, 0xFFFF], "bfloat16": [0x7F81, 0xFFC1, 0xFFFF]}
INTEGERS = [0, 1, -1, 2, 127, 128, -128, -129, 255, 256, 257, 2047, 2049, 2051, 32767, 32768, -32769, 65504, 65519, 65520, 65535, 65536,
            2 ** 24 + 1, 2 ** 24 + 3, 2 ** 31 - 1, 2 ** 31, -2 ** 31, -2 ** 31 - 1, 2 ** 32 + 5, 2 ** 53 + 1, 2 ** 53 + 3, 2 ** 62, 2 ** 63 - 1, -2 ** 63]


def tensor(data, dtype):
    return torch.frombuffer(bytearray(data), dtype=getattr(torch, dtype))


def stored(values):
    """The bytes of a tensor, without NumPy."""
    kind = values.dtype
    if kind == torch.bool:
        values = values.view(torch.uint8)
    elif kind in (torch.float16, torch.bfloat16):
        values = values.view(torch.int16)
    letter = {torch.float32: "f", torch.float64: "d", torch.int64: "q", torch.int32: "i", torch.int16: "h", torch.int8: "b", torch.uint8: "B"}
    if values.dtype == torch.float32:
        values = values.view(torch.int32)
    elif values.dtype == torch.float64:
        values = values.view(torch.int64)
    return struct.pack(f"<{values.numel()}{letter[values.dtype]}", *values.tolist())


def chosen(dtype):
    """Numbers at the edges of the types."""
    if dtype == "bool":
        return bytes([0, 1])
    if "float" in dtype:
        numbers = stored(torch.tensor(DOUBLES, dtype=torch.float64).to(getattr(torch, dtype)))
        return numbers + b"".join(bits.to_bytes(SIZES[dtype], "little") for bits in NANS[dtype])
    bits = 8 * SIZES[dtype]
    return b"".join((number % 2 ** bits).to_bytes(SIZES[dtype], "little") for number in INTEGERS)


def many(dtype):
    """Every pattern, or many."""
    size = SIZES[dtype]
    if dtype == "bool":
        return bytes([0, 1])
    if size <= 2:
        return b"".join(number.to_bytes(size, "little") for number in range(2 ** (8 * size)))
    return b"".join(hashlib.sha256(block.to_bytes(8, "little")).digest() for block in range(BLOCKS))


if __name__ == "__main__":
    digests = sys.argv[1:] == ["--digests"]
    print(f"# torch {torch.__version__}")
    for source in DTYPES:
        data = many(source) if digests else chosen(source)
        for target in DTYPES:
            result = stored(tensor(data, source).to(getattr(torch, target)))
            said = hashlib.sha256(result).hexdigest() if digests else f"{data.hex()}\t{result.hex()}"
            print(f"{source}\t{target}\t{said}")
