using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace TorchInit.Tests;

/// <summary>erf and log1p of float64: against this machine's glibc, and by hash where the arithmetic is all our own.</summary>
public sealed class LibmDoubleTests
{
    const int Count = 1 << 21;

    // −u for u of 53 bits; every eighth is small, down to 2⁻⁶⁰
    static double NegativeUniform(int k)
    {
        double u = (SplitMix.Word(301, k) >> 11) * (1.0 / (1L << 53));
        return k % 8 == 0 ? -Math.ScaleB(u, -(k % 61)) : -u;
    }

    static double[] Fill(Func<int, double> argument, Func<double, double> function)
        => [.. Enumerable.Range(0, Count).Select(k => function(argument(k)))];

    [Fact]
    public void Erf_is_glibcs()
    {
        Assert.SkipUnless(Glibc.Version is not null, Glibc.NotHere);
        AssertBits.Equal(Fill(k => 6.5 * SplitMix.Double(302, k), Glibc.Erf), Fill(k => 6.5 * SplitMix.Double(302, k), Libm.Erf));
        AssertBits.Equal(Fill(SmallOrSpecial, Glibc.Erf), Fill(SmallOrSpecial, Libm.Erf));
    }

    // every magnitude below 1.25, where no exp is called, and the ends
    static double SmallOrSpecial(int k) => k switch
    {
        0 => double.PositiveInfinity,
        1 => double.NegativeInfinity,
        2 => 0,
        3 => -0.0,
        4 => 5.9999999999999991,
        _ => Math.ScaleB(SplitMix.Double(303, k) * 1.25, k % 4 == 0 ? -(k % 1074) : 0),
    };

    [Fact]
    public void Erf_below_one_and_a_quarter_has_the_recorded_hash()
        => Assert.Equal("e81a2ae22b1186ff841c47ab573171fc5423cafadbb677a4a991519bcab6f02c",
            GoldenTable.Sha256<double>(Fill(SmallOrSpecial, Libm.Erf)));

    [Fact]
    public void Log1p_is_glibcs()
    {
        Assert.SkipUnless(Glibc.Version is not null, Glibc.NotHere);
        Assert.SkipUnless(RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "which steps glibc fuses was measured on x86-64 only");
        AssertBits.Equal(Fill(NegativeUniform, Glibc.Log1p),
            Fill(NegativeUniform, Fma.IsSupported ? Libm.Log1p<Fused> : Libm.Log1p<Unfused>));
    }

    [Fact]
    public void Log1p_has_the_recorded_hashes()
    {
        Assert.Equal("19e86a33c8f8efc9150505335e7e5f0eec8441a28db99a24926ca08338c157ea",
            GoldenTable.Sha256<double>(Fill(NegativeUniform, Libm.Log1p<Unfused>)));
        Assert.Equal("73fed3cf5c5ac7386f653aed4bf567b755aeed223d7003abb6001907def0a85c",
            GoldenTable.Sha256<double>(Fill(NegativeUniform, Libm.Log1p<Fused>)));
    }

    [Fact]
    public void Log1p_knows_the_ends_of_its_range()
    {
        Assert.Equal(double.NegativeInfinity, Libm.Log1p<Unfused>(-1));
        AssertBits.Equal([-0.0, double.NaN], [Libm.Log1p<Unfused>(-0.0), Libm.Log1p<Unfused>(double.NaN)]);
        Assert.Throws<ArgumentOutOfRangeException>("x", () => Libm.Log1p<Unfused>(0.25));
        Assert.Throws<ArgumentOutOfRangeException>("x", () => Libm.Log1p<Unfused>(-1.25));
    }
}
