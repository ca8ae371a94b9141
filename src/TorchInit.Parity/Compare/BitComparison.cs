using System.Numerics;
using System.Runtime.InteropServices;

namespace TorchInit.Parity;

/// <summary>Two tensors of one dtype, compared bit by bit.</summary>
/// <param name="Count">Elements compared.</param>
/// <param name="Differing">Elements whose bits differ; 0.0 and −0.0 do, and so do two NaN of different payload.</param>
/// <param name="MaxUlp">Largest distance in units in the last place: how many representable numbers lie between, plus one. 2⁶⁴ − 1 if
/// one is NaN.</param>
/// <param name="FirstIndex">Index of the first difference, row-major; −1 if there is none.</param>
/// <param name="Expected">torch's bits of that element, in hexadecimal.</param>
/// <param name="Actual">C#'s bits of that element.</param>
/// <param name="Distance">max |actual − expected| / max |expected|, in ε of the dtype (the distance from 1 to the next number); 0 when all
/// agree, infinite when one is not finite.</param>
public readonly record struct BitComparison(long Count, long Differing, ulong MaxUlp, long FirstIndex, string Expected, string Actual,
    double Distance)
{
    /// <summary>Compares two sequences of elements.</summary>
    /// <param name="dtype">The dtype of both.</param>
    /// <param name="expected">torch's bytes, little-endian.</param>
    /// <param name="actual">C#'s bytes, as many.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static BitComparison Of(DType dtype, ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual)
    {
        if (expected.Length != actual.Length)
        {
            throw new ArgumentException($"actual has {actual.Length} bytes; allowed: {expected.Length}, as in expected.", nameof(actual));
        }
        if (expected.SequenceEqual(actual)) { return Same(expected.Length / dtype.ByteSize()); }
        return dtype switch
        {
            DType.Float32
                => Compare<uint>(expected, actual, 31, Math.Pow(2, -23), static bits => BitConverter.UInt32BitsToSingle(bits), "x8"),
            DType.Float64 => Compare<ulong>(expected, actual, 63, Math.Pow(2, -52), BitConverter.UInt64BitsToDouble, "x16"),
            DType.Float16
                => Compare<ushort>(expected, actual, 15, Math.Pow(2, -10), static bits => (double)BitConverter.UInt16BitsToHalf(bits),
                "x4"),
            DType.BFloat16
                => Compare<ushort>(expected, actual, 15, Math.Pow(2, -7), static bits => BitConverter.UInt32BitsToSingle((uint)bits << 16),
                "x4"),
            DType.Int64 => Compare<ulong>(expected, actual, 63, 1, static bits => (long)bits, "x16"),
            DType.Int32 => Compare<uint>(expected, actual, 31, 1, static bits => (int)bits, "x8"),
            DType.Int16 => Compare<ushort>(expected, actual, 15, 1, static bits => (short)bits, "x4"),
            DType.Int8 => Compare<byte>(expected, actual, 7, 1, static bits => (sbyte)bits, "x2"),
            _ => Compare<byte>(expected, actual, 7, 1, static bits => bits, "x2"),
        };
    }

    /// <summary>No difference among <paramref name="count"/> elements.</summary>
    /// <param name="count">Elements compared.</param>
    public static BitComparison Same(long count) => new(count, 0, 0, -1, "", "", 0);

    static BitComparison Compare<T>(ReadOnlySpan<byte> expectedBytes, ReadOnlySpan<byte> actualBytes, int signBit, double epsilon, Func<T,
        double> value, string format)
        where T : unmanaged, IBinaryInteger<T>
    {
        ReadOnlySpan<T> expected = MemoryMarshal.Cast<byte, T>(expectedBytes);
        ReadOnlySpan<T> actual = MemoryMarshal.Cast<byte, T>(actualBytes);
        long differing = 0;
        ulong maxUlp = 0;
        int first = -1;
        double largest = 0;
        double apart = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(value(expected[i])));
            if (expected[i] == actual[i]) { continue; }
            differing++;
            if (first < 0) { first = i; }
            (double x, double y) = (value(expected[i]), value(actual[i]));
            bool nan = double.IsNaN(x) || double.IsNaN(y);
            maxUlp = nan ? ulong.MaxValue
                : Math.Max(maxUlp, Ulp(ulong.CreateTruncating(expected[i]), ulong.CreateTruncating(actual[i]), signBit));
            apart = nan ? double.PositiveInfinity : Math.Max(apart, Math.Abs(x - y));
        }
        double distance = apart == 0 ? 0 : largest > 0 && double.IsFinite(largest) ? apart / largest / epsilon : double.PositiveInfinity;
        return new(expected.Length, differing, maxUlp, first, expected[first].ToString(format, null), actual[first].ToString(format, null),
            distance);
    }

    /// <summary>Maps sign and magnitude to integers on which neighbouring numbers are 1 apart.</summary>
    static ulong Ulp(ulong a, ulong b, int signBit)
    {
        Int128 difference = Line(a, signBit) - Line(b, signBit);
        return (ulong)Int128.Min(Int128.Abs(difference), ulong.MaxValue - 1);
    }

    static Int128 Line(ulong bits, int signBit)
    {
        ulong sign = 1UL << signBit;
        return (bits & sign) == 0 ? bits : -(Int128)(bits & ~sign);
    }
}
