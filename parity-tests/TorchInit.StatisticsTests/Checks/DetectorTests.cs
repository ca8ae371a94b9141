using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Checks;

/// <summary>The whole finding of each detector for samples made by hand; formulas as in the detectors' own summaries.</summary>
public class DetectorTests
{
    const double Alpha = 1e-3;
    const double Beta = 1e-2;
    static readonly UniformLaw s_unit = new(0, 1, 24);
    static readonly double[] s_eight = [0.3, 0.05, 0.1, 0.6, 0.35, 0.61, 0.97, 0.8];

    static Detector Of(string name) => Detector.All.Single(detector => detector.Name == name);

    static Finding? Examine(string name, double[] values, Law? law = null) => Of(name)
        .Examine(new Sample(values, law ?? s_unit), Alpha, Beta);

    static void Is(Finding? finding, long count, double statistic, double threshold, double probability, double difference, string unit,
        bool accused)
    {
        Assert.NotNull(finding);
        Assert.Equal((count, unit, accused), (finding.Count, finding.Unit, finding.Accused));
        Assert.Equal(statistic, finding.Statistic, 1e-10);
        Assert.Equal(threshold, finding.Threshold, 1e-9);
        Assert.Equal(probability, finding.Probability, 1e-9);
        Assert.Equal(difference, finding.SmallestDifference, 1e-9);
    }

    static double Band(long n, double probability) => Math.Sqrt(Math.Log(2 / probability) / (2.0 * n));

    static double[] Even(int count, double scale = 1)
        => [.. Enumerable.Range(0, count).Select(i => (i * 7919 % count + 0.5) / count * scale)];

    [Fact]
    public void Fifteen_detectors_in_their_order()
    {
        Assert.Equal(
        [
            "impossible values", "extremes", "Kolmogorov–Smirnov", "Anderson–Darling", "Cramér–von Mises", "χ²", "mean", "variance",
                "skewness", "kurtosis",
            "correlation at lag 1", "correlation at lag 2", "correlation at lag 8", "repeated values", "repeated blocks",
        ], Detector.All.Select(detector => detector.ToString()));
        Assert.Equal("mean: 0.1235 (threshold 0.25, p ≤ 0.013, n = 1,000)", new Finding("mean", 1000, 0.12345, 0.25, 0.0129, 1, "", false)
            .ToString());
    }

    [Fact]
    public void A_constant_is_judged_by_its_value_alone()
    {
        Sample right = new([0.5, 0.5], new ConstantLaw(0.5)), wrong = new([0.5, 0.5 + 1e-15], new ConstantLaw(0.5));
        Assert.Equal(["impossible values"], Detector.All.Where(detector => detector.Examine(right, Alpha, Beta) is not null)
            .Select(detector => detector.Name));
        Assert.False(Of("impossible values").Examine(right, Alpha, Beta)!.Accused);
        Assert.True(Of("impossible values").Examine(wrong, Alpha, Beta)!.Accused);
    }

    [Fact]
    public void Impossible_values_are_counted()
    {
        double unseen = 1 - Math.Sqrt(Math.Sqrt(Beta));
        // A bound may be passed by a rounding of 2.4·10⁻⁷ of the larger one.
        Is(Examine("impossible values", [-2e-7, 0, 1, 1 + 2e-7]), 4, 0, 0.5, 1, unseen, "share of values", false);
        Is(Examine("impossible values", [-3e-7, double.NaN, 1 + 3e-7, 0.5]), 4, 3, 0.5, 0, unseen, "share of values", true);
        Is(Examine("impossible values", [-4.1e-7 - 2, 0, 1, 1], new UniformLaw(-2, 1, 24)), 4, 0, 0.5, 1, unseen, "share of values", false);
        GridLaw grid = new("grid", [(0, 1), (0.5, 1), (1, 1)]);
        Is(Examine("impossible values", [0, 0.5, 1, 0.5], grid), 4, 0, 0.5, 1, unseen, "share of values", false);
        Is(Examine("impossible values", [0, 0.25, 1 + 1e-9, 0.5], grid), 4, 2, 0.5, 0, unseen, "share of values", true);
    }

    [Fact]
    public void Extremes_show_a_gap_at_one_end()
    {
        // The farther end is 0.05 from 0: P(no value in a gap of 0.05 at one of two ends) ≤ 2·0.95⁸.
        double threshold = 1 - Math.Pow(Alpha / 2, 1.0 / 8);
        Is(Examine("extremes", s_eight), 8, 0.05, threshold, 1, threshold, "probability at one end that is never drawn", false);
        double[] high = [.. s_eight.Select(x => 0.65 + 0.3 * x)];
        Is(Examine("extremes", high), 8, 0.665, threshold, 2 * Math.Pow(0.335, 8), threshold, "probability at one end that is never drawn",
            true);
        double[] low = [.. s_eight.Select(x => 0.3 * x)];
        Is(Examine("extremes", low), 8, 1 - 0.291, threshold, 2 * Math.Pow(0.291, 8), threshold,
            "probability at one end that is never drawn", true);
        Assert.Null(Examine("extremes", [0.5], new GridLaw("grid", [(0.5, 1)])));
    }

    [Fact]
    public void Kolmogorov_Smirnov_is_decided_by_the_DKW_band()
    {
        double threshold = Band(8, Alpha);
        Is(Examine("Kolmogorov–Smirnov", s_eight), 8, 0.15, threshold, Kolmogorov.Survival(8, 0.15), threshold + Band(8, Beta),
            "sup |F − G|", false);
        double[] narrow = [.. s_eight.Select(x => 0.2 * x)];
        Is(Examine("Kolmogorov–Smirnov", narrow), 8, 1 - 0.194, threshold, Kolmogorov.Survival(8, 1 - 0.194), threshold + Band(8, Beta),
            "sup |F − G|", true);
    }

    [Fact]
    public void Anderson_Darling_from_eight_values_on()
    {
        double threshold = AndersonDarling.Critical(Alpha);
        Is(Examine("Anderson–Darling", s_eight), 8, 0.25763213542814256, threshold, AndersonDarling.Survival(0.25763213542814256),
            Math.Sqrt(threshold / 8) / 2 + Band(8, Beta), "√∫(F − G)²", false);
        Assert.True(Examine("Anderson–Darling", [.. s_eight.Select(x => 0.2 * x)])!.Accused);
        Assert.Null(Examine("Anderson–Darling", s_eight[..7]));
    }

    [Fact]
    public void Cramer_von_Mises_from_eight_values_on()
    {
        double threshold = CramerVonMises.Critical(Alpha, 8), statistic = 0.034666666666666665;
        Is(Examine("Cramér–von Mises", s_eight), 8, statistic, threshold, CramerVonMises.Survival(statistic, 8), Math.Sqrt(threshold / 8)
            + Band(8, Beta), "√∫(F − G)²", false);
        Assert.True(Examine("Cramér–von Mises", [.. s_eight.Select(x => 0.2 * x)])!.Accused);
        Assert.Null(Examine("Cramér–von Mises", s_eight[..7]));
    }

    [Fact]
    public void Chi_square_from_20_values_a_bin_on()
    {
        double threshold = ChiSquare.Critical(Alpha, 63);
        double difference = Math.Sqrt(threshold / 1280) + 8 * (1 + Math.Sqrt(Math.Log(1 / Beta))) / Math.Sqrt(1280);
        Is(Examine("χ²", Even(1280)), 1280, 0, threshold, 1, difference, "√Σ (q − p)²/p of 64 bins", false);
        // All in the lower half: 32 bins of 40 and 32 of none.
        Is(Examine("χ²", Even(1280, 0.5)), 1280, 64 * 20, threshold, ChiSquare.Survival(1280, 63), difference, "√Σ (q − p)²/p of 64 bins",
            true);
        // Two bins of 20 moved to their neighbours: 4 · 20²/20. P(χ²₆₃ ≥ 80) by scipy.stats.chi2.sf(80, 63).
        double[] moved = [.. Even(1280).Select(value => (int)(value * 64) is 0 or 2 ? value + 1.0 / 64 : value)];
        Is(Examine("χ²", moved), 1280, 80, threshold, 0.0728954893246227, difference, "√Σ (q − p)²/p of 64 bins", false);
        Assert.Null(Examine("χ²", Even(1279)));
    }

    // U(0, 1): z = (x − ½)·√12 of ±√3, standard moments 0, 1, 0, 1.8, and 1, 1.8, 27/7, 9 of twice the order.
    [Theory]
    [InlineData("mean", 1, 0, 1, "E[z]")]
    [InlineData("variance", 2, 1, 1.8, "E[z²]")]
    [InlineData("skewness", 3, 0, 27.0 / 7, "E[z³]")]
    [InlineData("kurtosis", 4, 1.8, 9, "E[z⁴]")]
    public void Moments_have_limits_for_every_size(string name, int order, double expected, double twice, string unit)
    {
        double farthest = Math.Pow(3, order / 2.0) + expected, variance = twice - expected * expected;
        double threshold = Concentration.Bernstein(8, variance, farthest, Alpha);
        double difference = threshold
            + Concentration.Hoeffding(8, order % 2 == 1 ? 2 * Math.Pow(3, order / 2.0) : Math.Pow(3, order / 2.0), Beta);
        double distance = Math.Abs(s_eight.Average(x => Math.Pow((x - 0.5) * Math.Sqrt(12), order)) - expected);
        Is(Examine(name, s_eight), 8, distance, threshold, Concentration.BernsteinSurvival(8, variance, farthest, distance), difference,
            unit, false);
        Assert.True(Examine(name, [.. Even(400).Select(x => 3 + 2 * x)])!.Accused);
        Assert.True(Examine(name, [0.5, double.NaN])!.Accused);
    }

    [Fact]
    public void Moments_of_a_lopsided_law_take_the_farther_end()
    {
        // 1 with a share of 1/4, else 0: mean 1/4, deviation √3/4; z is −1/√3 or √3, E[z³] = 2/√3, E[z⁶] = 61/9·… by the two points.
        GridLaw law = new("grid", [(0, 3), (1, 1)]), mirrored = new("grid", [(0, 1), (1, 3)]);
        double e3 = 0.75 * Math.Pow(-1 / Math.Sqrt(3), 3) + 0.25 * Math.Pow(Math.Sqrt(3), 3), e6 = 0.75 / 27 + 0.25 * 27;
        double farthest = Math.Pow(3, 1.5) + Math.Abs(e3), threshold = Concentration.Bernstein(4, e6 - e3 * e3, farthest, Alpha);
        double difference = threshold + Concentration.Hoeffding(4, Math.Pow(3, 1.5) + Math.Pow(3, -1.5), Beta);
        Is(Examine("skewness", [0, 1, 0, 0], law), 4, 0, threshold, 1, difference, "E[z³]", false);
        Is(Examine("skewness", [1, 1, 0, 1], mirrored), 4, 0, threshold, 1, difference, "E[z³]", false);
        double even = Concentration.Bernstein(4, 0.75 / 9 + 0.25 * 9 - 1, 4, Alpha) + Concentration.Hoeffding(4, 3, Beta);
        Assert.Equal(even, Examine("variance", [0, 1, 0, 0], law)!.SmallestDifference, 1e-9);
        Assert.Equal(even, Examine("variance", [1, 1, 0, 1], mirrored)!.SmallestDifference, 1e-9);
        Assert.Null(Examine("mean", [1], new GridLaw("grid", [(1, 1)])));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Lags_correlate_what_is_so_many_draws_apart(int lag)
    {
        double[] values = Even(40);
        double correlation = Enumerable.Range(lag, 40 - lag).Average(i => 12 * (values[i] - 0.5) * (values[i - lag] - 0.5));
        long n = 40 - lag;
        double threshold = Concentration.Bernstein(n, 3, 3, Alpha);
        Is(Examine($"correlation at lag {lag}", values), n, Math.Abs(correlation), threshold,
            Concentration.BernsteinSurvival(n, 3, 3, Math.Abs(correlation)),
            threshold + Concentration.Hoeffding(n, 6, Beta), "correlation", Math.Abs(correlation) > threshold);
        Assert.Null(Examine($"correlation at lag {lag}", Even(lag + 1)));
        Assert.NotNull(Examine($"correlation at lag {lag}", Even(lag + 2)));
        // 0.1 and 0.9 in runs of the lag: −1 · 12 · 0.16 at it.
        double[] waves = [.. Enumerable.Range(0, 200).Select(i => i / lag % 2 == 0 ? 0.1 : 0.9)];
        Assert.True(Examine($"correlation at lag {lag}", waves)!.Accused);
        Assert.Equal(1.92, Examine($"correlation at lag {lag}", waves)!.Statistic, 1e-12);
    }

    [Fact]
    public void Correlations_are_of_pairs()
    {
        Assert.Equal(12 * (0.4 * 0.3 + 0.25 * -0.5) / 2, Correlation.Of([0.9, 0.75], [0.8, 0]), 1e-12);
        foreach ((double[] left, double[] right) in new[] { (new[] { 0.5 }, new[] { 0.5, 0.5 }), ([], []) })
        {
            ArgumentException error = Assert.Throws<ArgumentException>(() => Correlation.Of(left, right));
            Assert.Equal("right", error.ParamName);
            Assert.StartsWith($"right has {right.Length} values, left {left.Length}; allowed: the same number, one or more.", error.Message,
                StringComparison.Ordinal);
        }
        Finding equal = Correlation.Examine("pair", Even(100, 1e-9), Even(100, 1e-9), Alpha, Beta);
        // 12·¼ = 3, of values all at 0.
        Assert.Equal(("pair", 100L, true), (equal.Detector, equal.Count, equal.Accused));
        Assert.Equal(3, equal.Statistic, 1e-6);
    }

    [Fact]
    public void A_finding_is_a_line_of_evidence()
    {
        Finding finding = new("mean", 12_345, 0.123456, 0.25, 0.0625, 0.5, "E[z]", false);
        Assert.Equal("mean: 0.1235 (threshold 0.25, p ≤ 0.062, n = 12,345)", finding.ToString());
        Finding sure = finding with { Probability = 0 };
        Assert.Equal(("< 1e-300", "mean: 0.1235 (threshold 0.25, p < 1e-300, n = 12,345)"), (sure.ProbabilityText, sure.ToString()));
    }
}
