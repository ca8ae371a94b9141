using TorchInit.Parity;

namespace TorchInit.Tests.Statistics;

/// <summary>Test statistics against tables and obvious sums; SciPy's agreement is among the live tests.</summary>
public class TestStatisticTests
{
    [Theory]
    [InlineData(2.492, 0.05)]
    [InlineData(3.878, 0.01)]
    [InlineData(1.933, 0.10)]
    public void Anderson_Darling_has_the_published_points(double x, double p) => Assert.Equal(p, AndersonDarling.Survival(x), 5e-4);

    [Theory]
    [InlineData(0.46136, 0.05)]
    [InlineData(0.74346, 0.01)]
    [InlineData(0.34730, 0.10)]
    public void Cramer_von_Mises_has_the_published_points(double x, double p)
        => Assert.Equal(p, CramerVonMises.Survival(x, 10_000_000), 5e-5);

    [Fact]
    public void Critical_values_are_the_inverse()
    {
        foreach (double alpha in new[] { 0.2, 0.01, 1e-6, 1e-10 })
        {
            Assert.Equal(1, AndersonDarling.Survival(AndersonDarling.Critical(alpha)) / alpha, 1e-6);
            Assert.Equal(1, CramerVonMises.Survival(CramerVonMises.Critical(alpha, 500), 500) / alpha, 1e-6);
            Assert.Equal(1, ChiSquare.Survival(ChiSquare.Critical(alpha, 63), 63) / alpha, 1e-6);
            Assert.Equal(1, Concentration.BernsteinSurvival(100, 2, 3, Concentration.Bernstein(100, 2, 3, alpha)) / alpha, 1e-9);
            Assert.Equal(1, 2 * Math.Exp(-2 * 50 * Math.Pow(Dkw.Band(50, alpha), 2)) / alpha, 1e-9);
        }
    }

    [Fact]
    public void A_sample_size_has_the_power_that_was_asked_for()
    {
        foreach (double difference in new[] { 0.5, 0.03, 0.002 })
        {
            long n = Dkw.SampleSize(difference, 1e-6, 1e-6);
            Assert.True(Dkw.SmallestDifference(n, 1e-6, 1e-6) <= difference);
            Assert.True(Dkw.SmallestDifference(n - 1, 1e-6, 1e-6) > difference);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => Dkw.SampleSize(0, 0.1, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Dkw.Band(10, 0));
    }

    [Fact]
    public void Distances_are_the_textbooks()
    {
        Assert.Equal(0.7, KolmogorovSmirnov.Distance([0.1, 0.2, 0.3]), 1e-12);
        Assert.Equal(1, KolmogorovSmirnov.Distance([1.0, 2], [3.0, 4]), 1e-12);
        Assert.Equal(0.5, KolmogorovSmirnov.Distance([1.0, 2], [2.0, 2]), 1e-12);
        // All orders of 2 and 2 values are as likely: 2 of 6 have distance 1.
        Assert.Equal(2.0 / 6, KolmogorovSmirnov.TwoSampleSurvival(1, 2, 2), 1e-12);
        Assert.Equal(1.0 / 12, CramerVonMises.Statistic([0.5]), 1e-12);
        Assert.Equal(-1 + 2 * Math.Log(2), AndersonDarling.Statistic([0.5]), 1e-12);
        Assert.Equal(2, ChiSquare.Statistic([0.1, 0.2], 2), 1e-12);
        Assert.Equal(1, Correlation.Of([0, 1], [0, 1]) / 3, 1e-12);
        Assert.Equal(0.25, CountTails.BinomialAtLeast(2, 2, 0.5), 1e-12);
        Assert.Equal(1 - Math.Exp(-2), CountTails.PoissonAtLeast(1, 2), 1e-12);
    }

    [Fact]
    public void The_matrix_the_sum_and_the_expansion_meet()
    {
        // One value: D = max(u, 1 − u).
        Assert.Equal(0.5, Kolmogorov.Survival(1, 0.75), 1e-12);
        foreach (double d in new[] { 0.04, 0.08, 0.12 }) { Assert.Equal(Kolmogorov.Survival(140, d), Kolmogorov.Survival(141, d), 2e-2); }
        Assert.Equal(Kolmogorov.OneSided(100_000, 0.01), Kolmogorov.OneSided(100_001, 0.01), 1e-10);
        Assert.Equal((1.0, 0.0), (Kolmogorov.Survival(10, 0.01), Kolmogorov.Survival(10, 1)));
    }

    [Fact]
    public void The_reach_of_chance_is_uniform()
    {
        // 2,000 samples of 50: p-values of each exact test must be uniform themselves, within the DKW band of 1e-9.
        double band = Dkw.Band(2000, 1e-9);
        double[] ks = new double[2000], cvm = new double[2000], ad = new double[2000];
        Generator generator = new(5);
        for (int run = 0; run < ks.Length; run++)
        {
            double[] sample = [.. Enumerable.Range(0, 50).Select(_ => (generator.NextUInt32() + 0.5) / 4294967296.0).Order()];
            ks[run] = Kolmogorov.Survival(50, KolmogorovSmirnov.Distance(sample));
            cvm[run] = CramerVonMises.Survival(CramerVonMises.Statistic(sample), 50);
            ad[run] = AndersonDarling.Survival(AndersonDarling.Statistic(sample));
        }
        foreach (double[] probabilities in new[] { ks, cvm, ad })
        {
            Assert.InRange(KolmogorovSmirnov.Distance([.. probabilities.Order()]), 0, band);
        }
    }
}
