using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Tests;

/// <summary>Statistics of eight values against SciPy 1.10 and NumPy, and their errors.</summary>
public class OneSampleTests
{
    static readonly double[] s_sorted = [0.05, 0.1, 0.3, 0.35, 0.6, 0.61, 0.8, 0.97];

    [Fact]
    public void Statistics_are_their_formulas()
    {
        Assert.Equal(0.25763213542814256, AndersonDarling.Statistic(s_sorted), 1e-13);
        Assert.Equal(0.034666666666666665, CramerVonMises.Statistic(s_sorted), 1e-15);
        Assert.Equal(0.15, KolmogorovSmirnov.Distance(s_sorted), 1e-15);
        // Two in each quarter; 0.05, 0.1 | 0.3, 0.35 | 0.6, 0.61 | 0.8, 0.97; of five bins 2, 2, 0, 2, 2 with 1.6 expected.
        Assert.Equal(0, ChiSquare.Statistic(s_sorted, 4));
        Assert.Equal((4 * 0.16 + 2.56) / 1.6, ChiSquare.Statistic([0.05, 0.1, 0.3, 0.35, 0.7, 0.61, 0.8, 0.97], 5), 1e-12);
    }

    [Fact]
    public void Ends_of_the_range_are_values_too()
    {
        Assert.Equal(double.PositiveInfinity, AndersonDarling.Statistic([0, 0.5]));
        Assert.Equal(double.PositiveInfinity, AndersonDarling.Statistic([0.5, 1]));
        Assert.Equal(0, AndersonDarling.Survival(double.PositiveInfinity));
        // −0.1 and 1 belong to the bins at the ends.
        Assert.Equal(0, ChiSquare.Statistic([-0.1, 1], 2));
        Assert.Equal(1, KolmogorovSmirnov.Distance([1.0]));
        Assert.Equal(1, KolmogorovSmirnov.Distance([0.0]));
    }

    [Fact]
    public void No_values_are_refused()
    {
        Refused(() => AndersonDarling.Statistic([]), "sorted", "sorted is empty; allowed: one value or more.");
        Refused(() => CramerVonMises.Statistic([]), "sorted", "sorted is empty; allowed: one value or more.");
        Refused(() => ChiSquare.Statistic([], 2), "transforms", "transforms is empty; allowed: one value or more.");
        Refused(() => KolmogorovSmirnov.Distance([]), "sorted", "sorted is of size 0; allowed: one value or more.");
        Refused(() => KolmogorovSmirnov.Distance([], [1]), "left", "left is of size 0; allowed: one value or more.");
        Refused(() => KolmogorovSmirnov.Distance([1], []), "right", "right is of size 0; allowed: one value or more.");
        Refused(() => KolmogorovSmirnov.TwoSampleSurvival(1, 0, 1), "n", "n is of size 0; allowed: one value or more.");
        Refused(() => KolmogorovSmirnov.TwoSampleSurvival(1, 1, 0), "m", "m is of size 0; allowed: one value or more.");
        ArgumentOutOfRangeException bins = Assert.Throws<ArgumentOutOfRangeException>(() => ChiSquare.Statistic([0.5], 1));
        Assert.Equal(("bins", 1), (bins.ParamName, bins.ActualValue));
        Assert.Contains("allowed: 2 or more.", bins.Message, StringComparison.Ordinal);

        static void Refused(Func<object> call, string name, string message)
        {
            ArgumentException error = Assert.Throws<ArgumentException>(() => call());
            Assert.Equal(name, error.ParamName);
            Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        }
    }

    // SciPy 1.10: chi2.sf.
    [Theory]
    [InlineData(1, 1, 0.31731050786291115)]
    [InlineData(5, 3, 0.1717971442967335)]
    [InlineData(63, 63, 0.47630238333813013)]
    [InlineData(120, 63, 2.010693881650102e-05)]
    [InlineData(0.5, 4, 0.9735009788392561)]
    [InlineData(0, 4, 1)]
    [InlineData(-1, 4, 1)]
    public void Chi_square_has_its_tail(double x, int degrees, double probability)
        => Assert.Equal(1, ChiSquare.Survival(x, degrees) / probability, 1e-10);

    // Published points: Anderson and Darling 1954, table 1, and Stephens 1974, table 1.
    [Fact]
    public void Limits_have_their_published_points()
    {
        foreach ((double x, double p) in new[] { (1.933, 0.10), (2.492, 0.05), (3.878, 0.01) })
        {
            Assert.Equal(p, AndersonDarling.Survival(x), 2e-4);
        }
        foreach ((double x, double p) in new[] { (0.34730, 0.10), (0.46136, 0.05), (0.74346, 0.01) })
        {
            Assert.Equal(p, CramerVonMises.Survival(x, long.MaxValue), 2e-5);
        }
        // Stephens: (W² − 0.4/n + 0.6/n²)·(1 + 1/n).
        Assert.Equal(CramerVonMises.Survival((0.5 - 0.04 + 0.006) * 1.1, long.MaxValue), CramerVonMises.Survival(0.5, 10), 1e-12);
        Assert.Equal(1, AndersonDarling.Survival(0));
        Assert.Equal(1, AndersonDarling.Survival(-1));
        Assert.Equal(1, AndersonDarling.Survival(0.05), 1e-3);
    }

    [Fact]
    public void Critical_values_are_the_inverse()
    {
        foreach (double alpha in new[] { 0.2, 1e-10 })
        {
            Assert.Equal(1, AndersonDarling.Survival(AndersonDarling.Critical(alpha)) / alpha, 1e-9);
            Assert.Equal(1, CramerVonMises.Survival(CramerVonMises.Critical(alpha, 12), 12) / alpha, 1e-9);
            Assert.Equal(1, ChiSquare.Survival(ChiSquare.Critical(alpha, 7), 7) / alpha, 1e-9);
        }
        foreach (double alpha in new[] { 0.0, 1, -0.1, double.NaN })
        {
            ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => AndersonDarling.Critical(alpha));
            Assert.Equal("alpha", error.ParamName);
            Assert.Contains("allowed: between 0 and 1.", error.Message, StringComparison.Ordinal);
        }
    }

    // λ₁ = 1 and λ₂ = 1/2 only: P(Z₁² + Z₂²/2 > x) = (1/π)∫ from 1 to 2 of exp(−xu/2)/(u·√|(1 − u)(1 − u/2)|); for equal weights it would
    // be exp(−x/2).
    [Fact]
    public void The_series_is_an_integral_between_zeros()
    {
        // 10⁶ pairs of normals in NumPy strayed by 5·10⁻⁴; the midpoint rule in t with u = 3/2 + cos(t)/2 has no singularity.
        foreach (double x in new[] { 0.5, 2, 8 })
        {
            double sum = 0;
            for (int i = 0; i < 200; i++)
            {
                double u = 1.5 + Math.Cos((i + 0.5) * Math.PI / 200) / 2;
                sum += Math.Exp(-x * u / 2) / u * Math.Sqrt(2) / 200;
            }
            Assert.Equal(sum, SmirnovSeries.Survival(x, k => k <= 2 ? k : 1e9 * k, u => (1 - u) * (1 - u / 2)), 1e-9);
        }
    }

    [Fact]
    public void A_quantile_is_found_by_bisection()
    {
        Assert.Equal(3, SmirnovSeries.Quantile(0.25, x => x < 3 ? 1 : 0), 1e-12);
        Assert.Equal(1000, SmirnovSeries.Quantile(0.25, _ => 1), 1e-9);
        Assert.Equal(0.01, SmirnovSeries.Quantile(0.25, _ => 0.25), 1e-9);
    }
}
