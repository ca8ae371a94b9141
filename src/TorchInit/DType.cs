namespace TorchInit;

/// <summary>The element types this library supports, named as in torch.</summary>
public enum DType
{
    /// <summary><c>torch.float32</c>, 4 bytes.</summary>
    Float32,

    /// <summary><c>torch.float64</c>, 8 bytes.</summary>
    Float64,

    /// <summary><c>torch.float16</c>, 2 bytes: 5 exponent bits, 10 fraction bits.</summary>
    Float16,

    /// <summary><c>torch.bfloat16</c>, 2 bytes: 8 exponent bits, 7 fraction bits.</summary>
    BFloat16,

    /// <summary><c>torch.int64</c>, 8 bytes: counters, permutations, integers.</summary>
    Int64,

    /// <summary><c>torch.int32</c>, 4 bytes.</summary>
    Int32,

    /// <summary><c>torch.int16</c>, 2 bytes.</summary>
    Int16,

    /// <summary><c>torch.int8</c>, 1 byte.</summary>
    Int8,

    /// <summary><c>torch.uint8</c>, 1 byte.</summary>
    UInt8,

    /// <summary><c>torch.bool</c>, 1 byte: 0 or 1.</summary>
    Bool,
}
