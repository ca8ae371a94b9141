using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Tests;

/// <summary>Bounds for every sample size, as the papers write them.</summary>
public class BoundTests
{
    [Fact]
    public void The_DKW_band_is_Massarts()
    {
        Assert.Equal(Math.Sqrt(Math.Log(20) / 100), Dkw.Band(50, 0.1), 1e-15);
        Assert.Equal(Math.Sqrt(Math.Log(2) / 2), Dkw.Band(1, 1), 1e-15);
        Assert.Equal(Math.Sqrt(Math.Log(20) / 100) + Math.Sqrt(Math.Log(200) / 100), Dkw.SmallestDifference(50, 0.1, 0.01), 1e-15);
    }

    [Theory]
    [InlineData(0.5, 0.1, 0.01)]
    [InlineData(1, 0.5, 0.5)]
    [InlineData(0.03, 1e-6, 1e-3)]
    public void A_sample_size_is_the_first_that_suffices(double difference, double alpha, double beta)
    {
        long n = Dkw.SampleSize(difference, alpha, beta);
        Assert.True(Dkw.SmallestDifference(n, alpha, beta) <= difference);
        Assert.True(n == 1 || Dkw.SmallestDifference(n - 1, alpha, beta) > difference);
    }

    [Fact]
    public void What_is_no_size_difference_or_probability_is_refused()
    {
        Refused(() => Dkw.Band(0, 0.1), "n", "allowed: 1 or more.");
        foreach (double wrong in new[] { 0.0, -0.1, 1.1, double.NaN })
        {
            Refused(() => Dkw.Band(1, wrong), "probability", "allowed: above 0, at most 1.");
            Refused(() => Dkw.SampleSize(wrong, 0.1, 0.1), "difference", "allowed: above 0, at most 1.");
            Refused(() => Dkw.SampleSize(0.1, 0.1, wrong), "probability", "allowed: above 0, at most 1.");
        }

        static void Refused(Func<object> call, string name, string allowed)
        {
            ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => call());
            Assert.Equal(name, error.ParamName);
            Assert.Contains(allowed, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Bernstein_solves_his_quadratic()
    {
        // n·t² = 2·ln(2/α)·(variance + bound·t/3) at the bound.
        double t = Concentration.Bernstein(100, 2, 3, 0.01);
        Assert.Equal(2 * Math.Log(200) * (2 + t), 100 * t * t, 1e-10);
        Assert.Equal(0.01, Concentration.BernsteinSurvival(100, 2, 3, t), 1e-14);
        Assert.Equal([1.0, 1, 1], new[] { -1, 0, 0.01 }.Select(x => Concentration.BernsteinSurvival(100, 2, 3, x)));
        Assert.Equal(2 * Math.Exp(-50.0 / 3), Concentration.BernsteinSurvival(100, 2, 3, 1), 1e-20);
        Assert.Equal(4 * Math.Sqrt(Math.Log(20) / 100), Concentration.Hoeffding(50, 4, 0.1), 1e-14);
    }
}
