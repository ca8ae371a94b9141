using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Tests;

public class KolmogorovTests
{
    // SciPy 1.10: kstwo.sf and ksone.sf. Sums, matrices and the expansion (from n = 141) each have their points.
    [Theory]
    [InlineData(1, 0.75, 0.5, 0.25, 1e-12)]
    [InlineData(2, 0.5, 0.5, 0.25, 1e-12)]
    [InlineData(5, 0.3, 0.664, 0.34282, 1e-12)]
    [InlineData(10, 0.2, 0.7487190399999999, 0.39676169159999997, 1e-12)]
    [InlineData(10, 0.35, 0.1339605462624991, 0.06698659406601565, 1e-12)]
    [InlineData(20, 0.1, 0.976255094592155, 0.6290710188849629, 1e-12)]
    [InlineData(20, 0.45, 0.00032446411409554644, 0.00016223205704777322, 1e-12)]
    [InlineData(140, 0.08, 0.31480749911643063, 0.15800984914126165, 1e-11)]
    [InlineData(141, 0.08, 0.31084170879264117, 0.15599731050192012, 3e-6)]
    [InlineData(141, 0.04, 0.9710682269013183, 0.6204533378677827, 3e-6)]
    [InlineData(200, 0.12, 0.005745760601982814, 0.002872880300991407, 1e-11)]
    [InlineData(1000, 0.02, 0.8108971656895577, 0.44342498843949424, 3e-6)]
    [InlineData(1000, 0.05, 0.013012074781090332, 0.006506037390545166, 1e-10)]
    public void The_distribution_is_SciPys(long n, double d, double twoSided, double oneSided, double tolerance)
    {
        Assert.Equal(twoSided, Kolmogorov.Survival(n, d), tolerance);
        Assert.Equal(oneSided, Kolmogorov.OneSided(n, d), 1e-10);
    }

    [Fact]
    public void Ends_are_sure()
    {
        Assert.Equal([1.0, 1, 1, 0, 0], new[] { -1, 0, 0.05, 1, 2 }.Select(d => Kolmogorov.Survival(10, d)));
        Assert.Equal([1.0, 1, 0, 0], new[] { -1.0, 0, 1, 2 }.Select(d => Kolmogorov.OneSided(10, d)));
        // (2d − 1/n)ⁿ·n! is the chance of staying inside of d just above 1/(2n).
        Assert.Equal(1 - 2 * Math.Pow(2 * 0.3 - 0.5, 2), Kolmogorov.Survival(2, 0.3), 1e-12);
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => Kolmogorov.Survival(0, 0.5));
        Assert.Equal("n", error.ParamName);
        Assert.Contains("allowed: 1 or more.", error.Message, StringComparison.Ordinal);
    }

    // Smirnov's sum written out for n = 2: d·[1/d·(1 − d)² + 2·(1 − d − 1/2)] below 1/2, (1 − d)² above.
    [Theory]
    [InlineData(0.2)]
    [InlineData(0.7)]
    public void Two_values_one_side(double d)
        => Assert.Equal((1 - d) * (1 - d) + (d < 0.5 ? 2 * d * (0.5 - d) : 0), Kolmogorov.OneSided(2, d), 1e-12);

    [Fact]
    public void Above_100000_values_the_limit_takes_over()
    {
        Assert.Equal(Math.Exp(-Math.Pow(6 * 100_001 * 0.005 + 1, 2) / (18 * 100_001.0)), Kolmogorov.OneSided(100_001, 0.005), 1e-15);
        Assert.Equal(1, Kolmogorov.OneSided(100_001, 0.005) / Kolmogorov.OneSided(100_000, 0.005), 1e-4);
        Assert.Equal(2 * Kolmogorov.OneSided(1_000_000, 0.002), Kolmogorov.Survival(1_000_000, 0.002));
    }

    [Fact]
    public void Two_samples_by_hand()
    {
        // SciPy 1.10: ks_2samp(method='exact').
        Assert.Equal(0.5523809523809524, KolmogorovSmirnov.TwoSampleSurvival(0.5, 6, 4), 1e-12);
        Assert.Equal(0.23737373737373738, KolmogorovSmirnov.TwoSampleSurvival(4.0 / 7, 7, 5), 1e-12);
        Assert.Equal(0.5, KolmogorovSmirnov.Distance([1.0, 2, 3, 4, 5, 6], [2.5, 3.5, 7, 8]), 1e-15);
        Assert.Equal(4.0 / 7, KolmogorovSmirnov.Distance([0.0, 1, 2, 3, 4, 5, 6], [3.5, 4.5, 5.5, 6.5, 7.5]), 1e-15);
        Assert.Equal(1.0 / 3, KolmogorovSmirnov.Distance([1.0, 1, 2], [1.0, 2, 2]), 1e-15);
        Assert.Equal(1, KolmogorovSmirnov.Distance([5.0], [1.0, 2]));
        Assert.Equal(1, KolmogorovSmirnov.TwoSampleSurvival(0, 3, 2), 1e-12);
        Assert.Equal(0, KolmogorovSmirnov.TwoSampleSurvival(1.1, 3, 2));
        // 3 values of one sample before 1 of the other, or after: 2 of 4 orders.
        Assert.Equal(0.5, KolmogorovSmirnov.TwoSampleSurvival(1, 3, 1), 1e-12);
    }

    [Fact]
    public void Large_samples_have_the_distribution_of_their_harmonic_size()
    {
        // 4,000 · 1,001 is above 4·10⁶: n·m/(n + m) = 800.64, so 801.
        Assert.Equal(Kolmogorov.Survival(801, 0.05), KolmogorovSmirnov.TwoSampleSurvival(0.05, 4000, 1001));
        Assert.NotEqual(Kolmogorov.Survival(2, 0.4), KolmogorovSmirnov.TwoSampleSurvival(0.4, 4, 4), 1e-3);
    }
}
