using System.Runtime.CompilerServices;

namespace TorchInit;

/// <summary>Converts a Python number to an element, with torch's overflow check.</summary>
static class ConstantValue
{
    /// <param name="value">The number.</param>
    /// <param name="profile">The torch whose error text an overflow quotes; null for <see cref="TorchProfile.Default"/>.</param>
    public static T Of<T>(double value, TorchProfile? profile = null)
        where T : unmanaged
    {
        if (typeof(T) == typeof(long))
        {
            // The largest double below 2⁶³ still fits.
            return value is >= -9223372036854775808.0 and < 9223372036854775808.0 ? Unsafe.BitCast<long, T>((long)value)
                : throw Overflow<T>(value, "int64_t");
        }
        if (!DType.Of<T>().IsFloatingPoint()) { return OfInteger<T>(value); }
        return double.IsFinite(value) && Math.Abs(value) > Elements.MaxValue<T>()
            ? throw Overflow<T>(value, Elements.CppConversionName<T>(profile ?? TorchProfile.Default)) : Elements.FromDouble<T>(value);
    }

    static T OfInteger<T>(double value)
        where T : unmanaged
    {
        (double low, double high, string type) = DType.Of<T>() switch
        {
            DType.Int32 => (int.MinValue, int.MaxValue, "int"),
            DType.Int16 => (short.MinValue, short.MaxValue, "int16_t"),
            DType.Int8 => (sbyte.MinValue, sbyte.MaxValue, "int8_t"),
            DType.UInt8 => (0.0, byte.MaxValue, "uint8_t"),
            _ => (double.NegativeInfinity, double.PositiveInfinity, "bool"),
        };
        if (typeof(T) == typeof(bool)) { return DrawElements.FromInteger<T>(value != 0 ? 1 : 0); }
        return value >= low && value < high + 1 ? DrawElements.FromInteger<T>((long)value) : throw Overflow<T>(value, type);
    }

    static TorchArgumentException Overflow<T>(double value, string type)
        where T : unmanaged
        => TorchArgumentException.RuntimeError(nameof(value), value, $"a number in {DType.Of<T>().TorchName()}'s range",
            $"value cannot be converted to type {type} without overflow");
}
