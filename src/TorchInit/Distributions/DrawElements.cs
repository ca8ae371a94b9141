using System.Runtime.CompilerServices;

namespace TorchInit;

/// <summary>Converts integers to elements of any dtype as C++ casts them.</summary>
static class DrawElements
{
    /// <summary>static_cast from int64: integers keep their low bits, bool is whether the value is not 0, floats are rounded, 16-bit floats
    /// via float32.</summary>
    public static T FromInteger<T>(long value)
        where T : unmanaged
    {
        if (typeof(T) == typeof(long)) { return Unsafe.BitCast<long, T>(value); }
        if (typeof(T) == typeof(int)) { return Unsafe.BitCast<int, T>(unchecked((int)value)); }
        if (typeof(T) == typeof(short)) { return Unsafe.BitCast<short, T>(unchecked((short)value)); }
        if (typeof(T) == typeof(sbyte)) { return Unsafe.BitCast<sbyte, T>(unchecked((sbyte)value)); }
        if (typeof(T) == typeof(byte)) { return Unsafe.BitCast<byte, T>(unchecked((byte)value)); }
        if (typeof(T) == typeof(bool)) { return Unsafe.BitCast<bool, T>(value != 0); }
        return typeof(T) == typeof(double) ? Unsafe.BitCast<double, T>(value) : Elements.FromFloat<T>(value);
    }

    /// <summary>An element of an integer dtype, or a bool as 0 or 1.</summary>
    public static long ToInteger<T>(T value)
        where T : unmanaged
    {
        if (typeof(T) == typeof(long)) { return Unsafe.BitCast<T, long>(value); }
        if (typeof(T) == typeof(int)) { return Unsafe.BitCast<T, int>(value); }
        if (typeof(T) == typeof(short)) { return Unsafe.BitCast<T, short>(value); }
        if (typeof(T) == typeof(sbyte)) { return Unsafe.BitCast<T, sbyte>(value); }
        if (typeof(T) == typeof(byte)) { return Unsafe.BitCast<T, byte>(value); }
        if (typeof(T) == typeof(bool)) { return Unsafe.BitCast<T, bool>(value) ? 1 : 0; }
        throw Elements.Unsupported<T>();
    }

    /// <summary>static_cast from double, as x86 does it: an integer type truncates, and a value that does not fit in 32 or 64 bits becomes
    /// their smallest number.</summary>
    public static T FromDouble<T>(double value, TorchProfile profile)
        where T : unmanaged
    {
        if (DType.Of<T>().IsFloatingPoint()) { return Elements.FromDouble<T>(value, profile); }
        if (typeof(T) == typeof(long))
        {
            return FromInteger<T>(value is >= -9223372036854775808.0 and < 9223372036854775808.0 ? (long)value : long.MinValue);
        }
        return FromInteger<T>(value is > -2147483649.0 and < 2147483648.0 ? (int)value : int.MinValue);
    }
}
