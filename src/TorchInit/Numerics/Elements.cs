using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchInit;

/// <summary>Conversions between an element type and the arithmetic types; every branch is a constant for the JIT.</summary>
static class Elements
{
    public static Span<TTo> Cast<TFrom, TTo>(Span<TFrom> span)
        where TFrom : unmanaged
        where TTo : unmanaged
        => MemoryMarshal.Cast<TFrom, TTo>(span);

    /// <summary>Rounds a float32 to the element type, to nearest even.</summary>
    public static T FromFloat<T>(float value)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float)) { return Unsafe.BitCast<float, T>(value); }
        if (typeof(T) == typeof(double)) { return Unsafe.BitCast<double, T>(value); }
        if (typeof(T) == typeof(Half)) { return Unsafe.BitCast<Half, T>((Half)value); }
        if (typeof(T) == typeof(BFloat16)) { return Unsafe.BitCast<BFloat16, T>((BFloat16)value); }
        throw Unsupported<T>();
    }

    /// <summary>Rounds a double to the element type; to 16 bits via float32, with two roundings, as torch does on x86.</summary>
    public static T FromDouble<T>(double value)
        where T : unmanaged
        => typeof(T) == typeof(double) ? Unsafe.BitCast<double, T>(value) : FromFloat<T>((float)value);

    /// <summary>The same by the profile's rule: since 2.8 Arm rounds to half directly.</summary>
    public static T FromDouble<T>(double value, TorchProfile profile)
        where T : unmanaged
        => typeof(T) == typeof(Half) && profile.DoubleToHalfAtOnce ? Unsafe.BitCast<Half, T>((Half)value) : FromDouble<T>(value);

    /// <summary>The element as float32: exact, except that a double is rounded.</summary>
    public static float ToFloat<T>(T value)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float)) { return Unsafe.BitCast<T, float>(value); }
        if (typeof(T) == typeof(double)) { return (float)Unsafe.BitCast<T, double>(value); }
        if (typeof(T) == typeof(Half)) { return (float)Unsafe.BitCast<T, Half>(value); }
        if (typeof(T) == typeof(BFloat16)) { return Unsafe.BitCast<T, BFloat16>(value); }
        throw Unsupported<T>();
    }

    /// <summary>The element as double; exact.</summary>
    public static double ToDouble<T>(T value)
        where T : unmanaged
        => typeof(T) == typeof(double) ? Unsafe.BitCast<T, double>(value) : ToFloat(value);

    /// <summary>A float32 rounded to the element type and back.</summary>
    public static float Round<T>(float value)
        where T : unmanaged
        => ToFloat(FromFloat<T>(value));

    public static double MaxValue<T>()
        where T : unmanaged
    {
        if (typeof(T) == typeof(float)) { return float.MaxValue; }
        if (typeof(T) == typeof(double)) { return double.MaxValue; }
        if (typeof(T) == typeof(Half)) { return (double)Half.MaxValue; }
        if (typeof(T) == typeof(BFloat16)) { return BitConverter.UInt32BitsToSingle(0x7F7F0000); }
        throw Unsupported<T>();
    }

    /// <summary>The C++ type as torch's messages about bounds print it.</summary>
    public static string CppName<T>()
        where T : unmanaged
        => DType.Of<T>() switch
        {
            DType.Float32 => "float",
            DType.Float64 => "double",
            DType.Float16 => "c10::Half",
            DType.BFloat16 => "c10::BFloat16",
            _ => throw Unsupported<T>(),
        };

    /// <summary>The ScalarType as torch's messages about missing kernels print it.</summary>
    public static string ScalarTypeName<T>()
        where T : unmanaged
        => ScalarTypeName(DType.Of<T>());

    /// <summary>The ScalarType of a dtype.</summary>
    public static string ScalarTypeName(DType dtype) => dtype switch
    {
        DType.Float32 => "Float",
        DType.Float64 => "Double",
        DType.Float16 => "Half",
        DType.BFloat16 => "BFloat16",
        DType.Int32 => "Int",
        DType.Int16 => "Short",
        DType.Int8 => "Char",
        DType.UInt8 => "Byte",
        DType.Bool => "Bool",
        _ => "Long",
    };

    /// <summary>The C++ type as torch's messages about number conversions print it.</summary>
    public static string CppConversionName<T>(TorchProfile profile)
        where T : unmanaged
    {
        // Read in 2.11; which version between 2.6 and 2.11 changed the namespace is not known.
        string space = profile.Has(2, 11) ? "c10" : "at";
        return DType.Of<T>() switch
        {
            DType.Float32 => "float",
            DType.Float64 => "double",
            DType.Float16 => $"{space}::Half",
            DType.BFloat16 => $"{space}::BFloat16",
            _ => "int64_t",
        };
    }

    public static NotSupportedException Unsupported<T>()
        => new($"Elements of type {typeof(T)} are not supported here; allowed: float, double, Half, BFloat16.");
}
