using System.Runtime.CompilerServices;

namespace TorchInit;

/// <summary>An element as one of another dtype, as C++ casts it.</summary>
static class Conversion
{
    /// <summary>Floats round to nearest even, doubles to 16 bits by way of float32; to whole numbers they are cut.</summary>
    public static TTo Of<TFrom, TTo>(TFrom value, TorchProfile profile)
        where TFrom : unmanaged
        where TTo : unmanaged
    {
        if (typeof(TFrom) == typeof(TTo)) { return Unsafe.BitCast<TFrom, TTo>(value); }
        if (!DType.Of<TFrom>().IsFloatingPoint()) { return DrawElements.FromInteger<TTo>(ToInteger(value)); }
        if (typeof(TTo) == typeof(bool)) { return DrawElements.FromInteger<TTo>(Elements.ToDouble(value) != 0 ? 1 : 0); }
        return DrawElements.FromDouble<TTo>(Elements.ToDouble(value), profile);
    }

    /// <summary>A whole number or a truth value as int64; exact.</summary>
    public static long ToInteger<T>(T value)
        where T : unmanaged
    {
        if (typeof(T) == typeof(long)) { return Unsafe.BitCast<T, long>(value); }
        if (typeof(T) == typeof(int)) { return Unsafe.BitCast<T, int>(value); }
        if (typeof(T) == typeof(short)) { return Unsafe.BitCast<T, short>(value); }
        if (typeof(T) == typeof(sbyte)) { return Unsafe.BitCast<T, sbyte>(value); }
        if (typeof(T) == typeof(byte)) { return Unsafe.BitCast<T, byte>(value); }
        return Unsafe.BitCast<T, bool>(value) ? 1 : 0;
    }
}
