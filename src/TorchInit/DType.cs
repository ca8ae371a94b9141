namespace TorchInit;

/// <summary>The element types that initialisation knows, by torch's names.</summary>
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

    /// <summary><c>torch.int64</c>, 8 bytes: counters and permutations; nothing draws into it.</summary>
    Int64,
}
