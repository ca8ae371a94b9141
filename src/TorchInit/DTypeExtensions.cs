namespace TorchInit;

/// <summary>Facts about a <see cref="DType"/>.</summary>
public static class DTypeExtensions
{
    /// <summary>Bytes of one element: 2, 4 or 8.</summary>
    /// <param name="dtype">The element type.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dtype"/> is no member of <see cref="DType"/>.</exception>
    public static int ByteSize(this DType dtype) => dtype switch
    {
        DType.Float16 or DType.BFloat16 => 2,
        DType.Float32 => 4,
        DType.Float64 or DType.Int64 => 8,
        _ => throw Unknown(dtype),
    };

    /// <summary>The name without <c>torch.</c>: <c>float32</c>, <c>float64</c>, <c>float16</c>, <c>bfloat16</c>, <c>int64</c>.</summary>
    /// <param name="dtype">The element type.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dtype"/> is no member of <see cref="DType"/>.</exception>
    public static string TorchName(this DType dtype) => dtype switch
    {
        DType.Float32 => "float32",
        DType.Float64 => "float64",
        DType.Float16 => "float16",
        DType.BFloat16 => "bfloat16",
        DType.Int64 => "int64",
        _ => throw Unknown(dtype),
    };

    /// <summary>Whether torch's random fills exist for it: true for all but <see cref="DType.Int64"/>.</summary>
    /// <param name="dtype">The element type.</param>
    public static bool IsFloatingPoint(this DType dtype) => dtype is not DType.Int64;

    /// <summary>What is asked of the type itself: <c>DType.Parse("float32")</c>, <c>DType.Of&lt;float&gt;()</c>.</summary>
    extension(DType)
    {
        /// <summary>The element type that torch calls <paramref name="name"/>, with or without <c>torch.</c>; also half, float, double,
        /// long.</summary>
        /// <param name="name">Case-sensitive, as in torch.</param>
        /// <exception cref="ArgumentException"><paramref name="name"/> is none of them.</exception>
        public static DType Parse(string name)
        {
            ArgumentNullException.ThrowIfNull(name);
            string plain = name.StartsWith("torch.", StringComparison.Ordinal) ? name["torch.".Length..] : name;
            return plain switch
            {
                "float32" or "float" => DType.Float32,
                "float64" or "double" => DType.Float64,
                "float16" or "half" => DType.Float16,
                "bfloat16" => DType.BFloat16,
                "int64" or "long" => DType.Int64,
                _ => throw new ArgumentException($"dtype '{name}' is unknown; allowed: float32, float64, float16, bfloat16, int64.",
                    nameof(name)),
            };
        }

        /// <summary>The dtype whose elements are <typeparamref name="T"/> in .NET.</summary>
        /// <typeparam name="T"><see cref="float"/>, <see cref="double"/>, <see cref="Half"/>, <see cref="BFloat16"/> or
        /// <see cref="long"/>.</typeparam>
        /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
        public static DType Of<T>()
            where T : unmanaged
        {
            if (typeof(T) == typeof(float)) { return DType.Float32; }
            if (typeof(T) == typeof(double)) { return DType.Float64; }
            if (typeof(T) == typeof(Half)) { return DType.Float16; }
            if (typeof(T) == typeof(BFloat16)) { return DType.BFloat16; }
            if (typeof(T) == typeof(long)) { return DType.Int64; }
            throw new NotSupportedException($"Elements of type {typeof(T)} are not supported; allowed: float, double, Half, BFloat16, "
                + $"long.");
        }
    }

    static ArgumentOutOfRangeException Unknown(DType dtype) => new(nameof(dtype), dtype, "allowed: the members of DType.");
}
