using System.Runtime.InteropServices;

namespace TorchInit.Tests;

public sealed class CppFormatTests
{
    [Theory]
    [InlineData(1e10, "1e+10")]
    [InlineData(0.3, "0.3")]
    [InlineData(-1.0, "-1")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    [InlineData(double.NaN, "nan")]
    [InlineData(1e-5, "1e-05")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(100000.0, "100000")]
    [InlineData(999999.5, "1e+06")]
    [InlineData(0.99999951, "1")]
    [InlineData(123456.5, "123456")] // a tie goes to the even digit
    [InlineData(123457.5, "123458")]
    [InlineData(1234565.0, "1.23456e+06")]
    [InlineData(1e-310, "1e-310")]
    [InlineData(double.MaxValue, "1.79769e+308")]
    [InlineData(double.Epsilon, "4.94066e-324")]
    [InlineData(1.0 / 3, "0.333333")]
    public void Six_digits_are_printed_as_a_C_stream_does(double value, string expected)
        => Assert.Equal(expected, CppFormat.General6(value));

    [Fact]
    public void Any_double_is_printed_as_the_C_library_does()
    {
        Assert.SkipUnless(Glibc.Version is not null, Glibc.NotHere);
        for (int k = 0; k < 20_000; k++)
        {
            ulong word = SplitMix.Word(500, k);
            double value = (k % 4) switch
            {
                0 => BitConverter.UInt64BitsToDouble(word),                       // every exponent
                1 => (long)(word >> 40) / 8.0,                                    // many ties
                2 => Math.Round(SplitMix.Double(500, k) * 1000, (int)(word % 9)), // as a person writes numbers
                _ => Math.ScaleB(SplitMix.Double(500, k), (int)(word % 40) - 20), // both sides of the change to exponents
            };
            if (!double.IsNaN(value)) { Assert.Equal(Print(value), CppFormat.General6(value)); }
        }
    }

    static string Print(double value)
    {
        Span<byte> buffer = stackalloc byte[32];
        int length = StringFromDouble(ref MemoryMarshal.GetReference(buffer), (nuint)buffer.Length, "%g", value);
        return System.Text.Encoding.ASCII.GetString(buffer[..length]);
    }

    // strfromd is printf's conversion without variable arguments, which P/Invoke does not have
    [DllImport("libc.so.6", EntryPoint = "strfromd", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    static extern int StringFromDouble(ref byte buffer, nuint size, string format, double value);
}
