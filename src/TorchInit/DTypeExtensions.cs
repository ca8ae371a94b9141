namespace TorchInit;

/// <summary>Facts about a <see cref="DType"/>.</summary>
public static class DTypeExtensions
{
    /// <summary>Bytes of one element: 1, 2, 4 or 8.</summary>
    /// <param name="dtype">The element type.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dtype"/> is not a member of <see cref="DType"/>.</exception>
    public static int ByteSize(this DType dtype) => dtype switch
    {
        DType.Int8 or DType.UInt8 or DType.Bool => 1,
        DType.Float16 or DType.BFloat16 or DType.Int16 => 2,
        DType.Float32 or DType.Int32 => 4,
        DType.Float64 or DType.Int64 => 8,
        _ => throw Unknown(dtype),
    };

    /// <summary>The name without <c>torch.</c>: <c>float32</c>, <c>float64</c>, <c>float16</c>, <c>bfloat16</c>, <c>int64</c>,
    /// <c>int32</c>, <c>int16</c>, <c>int8</c>, <c>uint8</c>, <c>bool</c>.</summary>
    /// <param name="dtype">The element type.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dtype"/> is not a member of <see cref="DType"/>.</exception>
    public static string TorchName(this DType dtype) => dtype switch
    {
        DType.Float32 => "float32",
        DType.Float64 => "float64",
        DType.Float16 => "float16",
        DType.BFloat16 => "bfloat16",
        DType.Int64 => "int64",
        DType.Int32 => "int32",
        DType.Int16 => "int16",
        DType.Int8 => "int8",
        DType.UInt8 => "uint8",
        DType.Bool => "bool",
        _ => throw Unknown(dtype),
    };

    /// <summary>Whether it is one of the four floating-point types, which <c>uniform_</c> and <c>normal_</c> fill.</summary>
    /// <param name="dtype">The element type.</param>
    public static bool IsFloatingPoint(this DType dtype) => dtype is DType.Float32 or DType.Float64 or DType.Float16 or DType.BFloat16;

    /// <summary>Static members: <c>DType.Parse("float32")</c>, <c>DType.Of&lt;float&gt;()</c>.</summary>
    extension(DType)
    {
        /// <summary>The element type that torch calls <paramref name="name"/>, with or without <c>torch.</c>; also half, float, double,
        /// long, int, short.</summary>
        /// <param name="name">Case-sensitive, as in torch.</param>
        /// <exception cref="ArgumentException"><paramref name="name"/> is none of these.</exception>
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
                "int32" or "int" => DType.Int32,
                "int16" or "short" => DType.Int16,
                "int8" => DType.Int8,
                "uint8" => DType.UInt8,
                "bool" => DType.Bool,
                _ => throw new ArgumentException($"dtype '{name}' is unknown; allowed: float32, float64, float16, bfloat16, int64, int32, "
                    + $"int16, int8, uint8, bool.", nameof(name)),
            };
        }

        /// <summary>The dtype whose elements are <typeparamref name="T"/> in .NET.</summary>
        /// <typeparam name="T"><see cref="float"/>, <see cref="double"/>, <see cref="Half"/>, <see cref="BFloat16"/>, <see cref="long"/>,
        /// <see cref="int"/>, <see cref="short"/>, <see cref="sbyte"/>, <see cref="byte"/> or <see cref="bool"/>.</typeparam>
        /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
        public static DType Of<T>()
            where T : unmanaged
        {
            if (typeof(T) == typeof(float)) { return DType.Float32; }
            if (typeof(T) == typeof(double)) { return DType.Float64; }
            if (typeof(T) == typeof(Half)) { return DType.Float16; }
            if (typeof(T) == typeof(BFloat16)) { return DType.BFloat16; }
            if (typeof(T) == typeof(long)) { return DType.Int64; }
            if (typeof(T) == typeof(int)) { return DType.Int32; }
            if (typeof(T) == typeof(short)) { return DType.Int16; }
            if (typeof(T) == typeof(sbyte)) { return DType.Int8; }
            if (typeof(T) == typeof(byte)) { return DType.UInt8; }
            if (typeof(T) == typeof(bool)) { return DType.Bool; }
            throw new NotSupportedException($"Elements of type {typeof(T)} are not supported; allowed: float, double, Half, BFloat16, "
                + $"long, int, short, sbyte, byte, bool.");
        }
    }

    static ArgumentOutOfRangeException Unknown(DType dtype) => new(nameof(dtype), dtype, "allowed: the members of DType.");
}
