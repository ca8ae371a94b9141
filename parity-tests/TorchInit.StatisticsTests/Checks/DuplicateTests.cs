using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Checks;

public class DuplicateTests
{
    const double Alpha = 1e-3;

    static Finding? Examine(string name, double[] values, Law law) => Detector.All.Single(detector => detector.Name == name)
        .Examine(new Sample(values, law), Alpha, 1e-2);

    static double[] Distinct(int count) => [.. Enumerable.Range(0, count).Select(i => (i * 7919 % 10007 + 0.5) / 10007)];

    [Fact]
    public void Repeated_values_are_a_Poisson_count()
    {
        // A law of 4 bits: collision 2⁻³, 10 values, mean 2⁻³·10·9 = 11.25. The count is stepped through from 11.
        UniformLaw law = new(0, 1, 4);
        Finding none = Examine("repeated values", Distinct(10), law)!;
        long threshold = 11;
        while (CountTails.PoissonAtLeast(threshold + 1, 11.25) > Alpha) { threshold++; }
        Assert.Equal((10L, 0.0, (double)threshold, 1.0, (threshold + 1.0) / 10, "share of repeated values", false),
            (none.Count, none.Statistic, none.Threshold, none.Probability, none.SmallestDifference, none.Unit, none.Accused));
        // Of 24 bits no value repeats in 100 by chance: mean 0.00118, and one repetition has a chance of as much.
        double[] one = Distinct(100);
        one[70] = one[3];
        Finding repeated = Examine("repeated values", one, new UniformLaw(0, 1, 24))!;
        double mean = Math.ScaleB(1, -23) * 100 * 99;
        Assert.Equal((1.0, 1.0, false), (repeated.Statistic, repeated.Threshold, repeated.Accused));
        Assert.Equal(1 - Math.Exp(-mean), repeated.Probability, 1e-12);
        one[71] = one[3];
        Assert.True(Examine("repeated values", one, new UniformLaw(0, 1, 24))!.Accused);
    }

    [Fact]
    public void Large_means_are_stepped_through_by_quarters_of_their_root()
    {
        // 1,000 values of 12 bits: mean 1,000·999/2,048 = 487.8, so steps of ⌊√487.8⌋/4 = 5 from 487.
        double mean = 999_000 / 2048.0;
        long threshold = 487;
        while (CountTails.PoissonAtLeast(threshold + 1, mean) > Alpha) { threshold += 5; }
        Assert.Equal(threshold, Examine("repeated values", Distinct(1000), new UniformLaw(0, 1, 12))!.Threshold);
    }

    [Fact]
    public void Grids_and_mixtures_repeat_values_rightly()
    {
        Assert.Null(Examine("repeated values", [0, 0], new GridLaw("grid", [(0, 1), (1, 1)])));
        Assert.Null(Examine("repeated values", [0, 0], new SparseLaw(0.5, new UniformLaw(0, 1, 24))));
        Assert.Null(Examine("repeated blocks", new double[64], new SparseLaw(0.5, new UniformLaw(0, 1, 24))));
    }

    // 16 values that occur again: at a multiple of 16, at none, over the end of a block, as the last ones.
    [Theory]
    [InlineData(0, 48, 16, true)]
    [InlineData(0, 37, 16, true)]
    [InlineData(16, 84, 16, true)]
    [InlineData(32, 0, 16, true)]
    [InlineData(48, 3, 16, true)]
    [InlineData(0, 37, 15, false)]
    [InlineData(5, 37, 16, false)]
    public void A_block_that_is_repeated_anywhere_accuses(int from, int to, int length, bool accused)
    {
        double[] values = Distinct(100);
        values.AsSpan(from, length).ToArray().CopyTo(values, to);
        UniformLaw law = new(0, 1, 24);
        Finding finding = Examine("repeated blocks", values, law)!;
        double chance = 10_000 * Math.Pow(2, -23 * 16);
        Assert.Equal((100L, accused ? 1.0 : 0, 0.5, 0.32, "share of values in a repeated run", accused),
            (finding.Count, finding.Statistic, finding.Threshold, finding.SmallestDifference, finding.Unit, finding.Accused));
        Assert.Equal(accused ? chance : 1, finding.Probability, chance / 1e6);
    }

    [Fact]
    public void Blocks_take_two_of_them_and_a_law_that_seldom_repeats()
    {
        UniformLaw law = new(0, 1, 24);
        Assert.Null(Examine("repeated blocks", Distinct(31), law));
        Assert.False(Examine("repeated blocks", Distinct(32), law)!.Accused);
        double[] twice = [.. Distinct(16), .. Distinct(16)];
        Assert.True(Examine("repeated blocks", twice, law)!.Accused);
        // Of 2 bits the chance is 32²·2⁻¹⁶ = 1.6 %, above the allowed 0.1 %; of 3 bits it is far below.
        Assert.Null(Examine("repeated blocks", twice, new UniformLaw(0, 1, 2)));
        Assert.NotNull(Examine("repeated blocks", twice, new UniformLaw(0, 1, 3)));
    }
}
