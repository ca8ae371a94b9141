using System.Runtime.Intrinsics.X86;

namespace TorchInit.Tests;

/// <summary>log, sin and cos of a double against the C library of this machine, where that is glibc with a fused multiply-add.</summary>
public class LibmLogSinCosTests
{
    static readonly double[] s_edges =
    [
        1, 1 - 1.0 / (1UL << 53), 1.0 / (1UL << 53), 0.9375, Math.BitDecrement(0.9375), 1.0646, 0.6875, Math.BitDecrement(0.6875), 1.375,
            0.5, 2, 1e300, 1e-300, 1e-310, 5e-324,
        0, double.PositiveInfinity, double.NaN, -1,
    ];

    static readonly double[] s_angles =
    [
        0, 5e-324, 1e-20, 0.126, Math.BitDecrement(0.126), 0.85546875, Math.BitDecrement(0.85546875), 2.4262638092041016,
            Math.BitDecrement(2.4262638092041016),
        Math.PI / 2, Math.PI, 1.5 * Math.PI, 2 * Math.PI, Math.BitIncrement(Math.PI / 2), 109.5 / 128, 1000, 1e8,
    ];

    [Fact]
    public void They_are_this_machines()
    {
        if (!OperatingSystem.IsLinux() || !Fma.IsSupported) { Assert.Skip("no glibc with a fused multiply-add here"); }
        foreach (double x in s_edges)
        {
            Assert.Equal(BitConverter.DoubleToInt64Bits(Math.Log(x) is double.NaN ? double.NaN : Math.Log(x)),
                BitConverter.DoubleToInt64Bits(Libm.Log(x)));
        }
        foreach (double x in s_angles) { Assert.Equal((Math.Sin(x), Math.Cos(x)), Libm.SinCos(x)); }
        Generator generator = new(5);
        for (int i = 0; i < 3_000_000; i++)
        {
            double u = Words.Unit53(generator.NextUInt32(), generator.NextUInt32());
            double small = Math.ScaleB(u, -(i & 63));
            if (Math.Log(1 - u) != Libm.Log(1 - u) || Math.Log(small) != Libm.Log(small)) { Assert.Fail($"log of {1 - u:R} or {small:R}"); }
            double angle = 2 * Math.PI * (i % 4 == 0 ? 50 * u : u);
            if (Libm.SinCos(angle) != (Math.Sin(angle), Math.Cos(angle))) { Assert.Fail($"sin and cos of {angle:R}"); }
        }
    }

    [Theory]
    [InlineData(-0.5)]
    [InlineData(105414350.0)]
    [InlineData(double.NaN)]
    public void Angles_outside_are_refused(double angle) => Assert.Throws<ArgumentOutOfRangeException>(() => Libm.SinCos(angle));

    // Bits that glibc 2.36 gave on x86-64 with FMA, for machines without it.
    [Theory]
    [InlineData(0.3, "BFF34378FCBDA721")]
    [InlineData(0.97, "BF9F30B2D0091D8A")]
    public void Logarithms_have_recorded_bits(double x, string bits)
        => Assert.Equal(bits, BitConverter.DoubleToUInt64Bits(Libm.Log(x)).ToString("X16"));
}
