using System.Runtime.CompilerServices;

namespace TorchInit;

/// <summary>A Python number as an element, with torch's overflow check.</summary>
static class Constant
{
    public static T Of<T>(double value)
        where T : unmanaged
    {
        if (typeof(T) == typeof(long))
        {
            // The largest double below 2⁶³ still fits.
            return value is >= -9223372036854775808.0 and < 9223372036854775808.0 ? Unsafe.BitCast<long, T>((long)value) : throw Overflow<T>(value, "int64_t");
        }
        return double.IsFinite(value) && Math.Abs(value) > Elements.MaxValue<T>() ? throw Overflow<T>(value, Elements.CppConversionName<T>()) : Elements.FromDouble<T>(value);
    }

    static TorchArgumentException Overflow<T>(double value, string type)
        where T : unmanaged
        => TorchArgumentException.RuntimeError(nameof(value), value, $"what {DTypeExtensions.Of<T>().TorchName()} can hold", $"value cannot be converted to type {type} without overflow");
}
