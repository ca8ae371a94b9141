using System.Runtime.CompilerServices;

namespace TorchInit;

/// <summary>tensor.to(dtype), element by element, as torch's kernels for x86-64 with AVX2 give it, measured in 1.13.1 for all pairs of
/// dtypes.</summary>
static class TorchCast
{
    const int Vector = 16;
    const ushort NaN16 = 0x7E00, ScalarNaN = 0x7FC0, VectorNaN = 0xFFFF;

    /// <summary>Converts all elements.</summary>
    public static void All<TFrom, TTo>(ReadOnlySpan<TFrom> source, Span<TTo> target)
        where TFrom : unmanaged
        where TTo : unmanaged
    {
        for (int at = 0; at < source.Length; at++) { target[at] = Of<TFrom, TTo>(source[at]); }
        if (typeof(TTo) != typeof(BFloat16)) { return; }
        // The vector kernels write another NaN: for float32 everywhere, for float64 in whole vectors only.
        int vectors = typeof(TFrom) == typeof(float) ? source.Length
            : typeof(TFrom) == typeof(double) ? source.Length - (source.Length % Vector) : 0;
        for (int at = 0; at < vectors; at++)
        {
            if (float.IsNaN(Elements.ToFloat(source[at]))) { target[at] = Unsafe.BitCast<BFloat16, TTo>(new(VectorNaN)); }
        }
    }

    /// <summary>static_cast, with torch's way through int64 to uint8 and through float32 to 16 bits. A float that does not fit gives what
    /// the instruction gives: the smallest int64 or int32, of which a narrower type keeps the low bits.</summary>
    static TTo Of<TFrom, TTo>(TFrom value)
        where TFrom : unmanaged
        where TTo : unmanaged
    {
        if (!IsFloat<TFrom>()) { return DrawElements.FromInteger<TTo>(DrawElements.ToInteger(value)); }
        if (typeof(TTo) == typeof(double)) { return Unsafe.BitCast<double, TTo>(Elements.ToDouble(value)); }
        if (IsFloat<TTo>()) { return Narrow<TTo>(Elements.ToFloat(value)); }
        double number = Elements.ToDouble(value);
        if (typeof(TTo) == typeof(bool)) { return Unsafe.BitCast<bool, TTo>(number != 0); }
        return DrawElements.FromInteger<TTo>(typeof(TTo) == typeof(long) || typeof(TTo) == typeof(byte) ? ToInt64(number)
            : number is > -2147483649.0 and < 2147483648.0 ? (int)number : int.MinValue);
    }

    /// <summary>cvttsd2si with 64 bits.</summary>
    public static long ToInt64(double number)
        => number is >= -9223372036854775808.0 and < 9223372036854775808.0 ? (long)number : long.MinValue;

    static TTo Narrow<TTo>(float value)
        where TTo : unmanaged
    {
        if (!float.IsNaN(value) || typeof(TTo) == typeof(float)) { return Elements.FromFloat<TTo>(value); }
        ushort nan = typeof(TTo) == typeof(Half) ? (ushort)(NaN16 | (BitConverter.SingleToUInt32Bits(value) >> 16 & 0x8000)) : ScalarNaN;
        return Unsafe.BitCast<ushort, TTo>(nan);
    }

    static bool IsFloat<T>()
        where T : unmanaged
        => typeof(T) == typeof(float) || typeof(T) == typeof(double) || typeof(T) == typeof(Half) || typeof(T) == typeof(BFloat16);
}
