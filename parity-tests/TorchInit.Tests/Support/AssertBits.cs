using System.Text;

namespace TorchInit.Tests;

/// <summary>
/// Equality of bit patterns: 0 is not −0, and a NaN equals only the same NaN. A failure names the first index that differs, both values
/// in decimal and hex, their distance in ULPs, and how many elements differ.
/// </summary>
static class AssertBits
{
    public static void Equal(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
        => Equal(expected, actual, value => BitConverter.SingleToUInt32Bits(value), 32);

    public static void Equal(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
        => Equal(expected, actual, BitConverter.DoubleToUInt64Bits, 64);

    public static void Equal(ReadOnlySpan<Half> expected, ReadOnlySpan<Half> actual)
        => Equal(expected, actual, value => BitConverter.HalfToUInt16Bits(value), 16);

    public static void Equal(ReadOnlySpan<BFloat16> expected, ReadOnlySpan<BFloat16> actual)
        => Equal(expected, actual, value => value.Bits, 16);

    static void Equal<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual, Func<T, ulong> bits, int width)
    {
        if (expected.Length != actual.Length) { Assert.Fail($"expected {expected.Length} elements, got {actual.Length}"); }
        int first = -1, count = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            if (bits(expected[i]) == bits(actual[i])) { continue; }
            if (count++ == 0) { first = i; }
        }

        if (count == 0) { return; }
        ulong a = bits(expected[first]), b = bits(actual[first]);
        StringBuilder message = new();
        message.Append($"{count} of {expected.Length} elements differ; the first at index {first}: expected ");
        message.Append($"{expected[first]} (0x{a.ToString("x" + (width / 4))}), got {actual[first]} (0x{b.ToString("x" + (width / 4))}), ");
        message.Append($"{Distance(a, b, width)} ULP apart");
        Assert.Fail(message.ToString());
    }

    /// <summary>How many representable numbers lie between the two, plus one; −0 and 0 are one apart.</summary>
    static UInt128 Distance(ulong a, ulong b, int width)
    {
        Int128 difference = Order(a, width) - Order(b, width);
        return (UInt128)(difference < 0 ? -difference : difference);
    }

    /// <summary>A number that grows with the value: the magnitude, for a set sign bit counted down from −1.</summary>
    static Int128 Order(ulong bits, int width)
    {
        ulong sign = 1ul << (width - 1);
        return (bits & sign) == 0 ? bits : -(Int128)(bits ^ sign) - 1;
    }
}
