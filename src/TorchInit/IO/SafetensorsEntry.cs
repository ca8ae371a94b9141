namespace TorchInit;

/// <summary>One tensor as the header describes it; <see cref="SafetensorsHeader"/> makes only such as are consistent.</summary>
/// <param name="Name">Any text but <c>__metadata__</c>.</param>
/// <param name="DType">The element type.</param>
/// <param name="Shape">Sizes of 0 or more.</param>
/// <param name="Begin">Its first byte, counted from the end of the header.</param>
/// <param name="End">The byte after its last.</param>
readonly record struct SafetensorsEntry(string Name, DType DType, long[] Shape, long Begin, long End)
{
    /// <summary>The names of <see cref="TorchInit.DType"/> in the format, as errors list them.</summary>
    public const string AllowedDTypes = "F64, F32, F16, BF16, I64";

    /// <summary>The name of <paramref name="dtype"/> in the format.</summary>
    public static string NameOf(DType dtype) => dtype switch
    {
        DType.Float64 => "F64",
        DType.Float32 => "F32",
        DType.Float16 => "F16",
        DType.BFloat16 => "BF16",
        DType.Int64 => "I64",
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "allowed: the members of DType."),
    };

    /// <summary>The element type that the format calls <paramref name="name"/>; null for the format's other types and for no type.</summary>
    public static DType? DTypeOf(string name) => name switch
    {
        "F64" => TorchInit.DType.Float64,
        "F32" => TorchInit.DType.Float32,
        "F16" => TorchInit.DType.Float16,
        "BF16" => TorchInit.DType.BFloat16,
        "I64" => TorchInit.DType.Int64,
        _ => null,
    };
}
