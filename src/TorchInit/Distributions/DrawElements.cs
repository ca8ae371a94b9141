using System.Runtime.CompilerServices;

namespace TorchInit;

/// <summary>Whole numbers as elements of any dtype, as C++ casts them.</summary>
static class DrawElements
{
    /// <summary>static_cast of an int64: integers keep their low bits, a bool says whether it is not 0, floats round; 16-bit ones by way of
    /// float32.</summary>
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

    /// <summary>An element of a whole dtype, or a bool as 0 or 1.</summary>
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

    /// <summary>static_cast of a double, as x86 does it: to an integer it is cut, and what 32 or 64 bits do not hold is their smallest
    /// number.</summary>
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
