using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Checks;

public class SampleTests
{
    [Fact]
    public void Transforms_keep_the_order_of_drawing_and_sorted_ones_do_not()
    {
        Sample sample = new([1.0, -1, 2], new UniformLaw(-2, 2, 24));
        Assert.Equal([0.75, 0.25, 1 - Math.ScaleB(1, -25)], sample.Transforms);
        Assert.Equal([0.25, 0.75, 1 - Math.ScaleB(1, -25)], sample.Sorted);
        Assert.Equal(sample.Sorted, sample.SortedSpan.ToArray());
        Assert.Equal(sample.Transforms, sample.TransformSpan.ToArray());
        Assert.Equal((3L, new UniformLaw(-2, 2, 24)), (sample.Count, (UniformLaw)sample.Law));
        Assert.Equal([0.0], new Sample([double.NaN], new UniformLaw(-2, 2, 24)).Transforms);
        Assert.Equal([0.5, 0.5], new Sample(new List<double> { 0, 0 }, new UniformLaw(-2, 2, 24)).Transforms);
    }

    // SplitMix64's first three outputs for seed 0 (Vigna's splitmix64.c), as 53 bits.
    [Fact]
    public void Jitter_is_a_stream()
    {
        Jitter jitter = default;
        Assert.Equal(new[] { 0xE220A8397B1DCDAFUL, 0x6E789E6AA1B965F4UL, 0x06C45D188009454FUL }
            .Select(word => (word >> 11) * Math.ScaleB(1, -53)), [jitter.Next(), jitter.Next(), jitter.Next()]);
    }

    [Fact]
    public void A_sample_is_spread_as_its_values_say_and_no_other_alike()
    {
        double[] values = [.. Enumerable.Repeat(1.0, 4096)];
        IReadOnlyList<double> spread = new Sample(values, new ConstantLaw(1)).Transforms;
        Assert.Equal(spread, new Sample(values, new ConstantLaw(1)).Transforms);
        Assert.Equal(0.5, spread.Average(), 0.03);
        IReadOnlyList<double> other = new Sample([.. values, 1], new ConstantLaw(1)).Transforms;
        Assert.Equal(0, Correlation.Of([.. spread], [.. other.Take(4096)]), 0.1);
    }

    [Fact]
    public void The_first_values_are_a_sample_too()
    {
        Sample sample = new([0.1, 0.2, 0.3], new UniformLaw(0, 1, 24));
        Assert.Equal([0.1, 0.2], sample.First(2).Values);
        Assert.Same(sample, sample.First(3));
        Assert.Same(sample, sample.First(4));
    }

    [Fact]
    public void Shares_are_of_bins_of_equal_width()
    {
        // 0.01 and 0.24 in the first quarter, 0.25 begins the second, 1 (less half a cell) ends the last.
        Assert.Equal([0.5, 0.25, 0, 0.25], new Sample([0.01, 1, 0.24, 0.25], new UniformLaw(0, 1, 24)).Shares(4));
        Assert.Equal([1.0], new Sample([0.01, 1], new UniformLaw(0, 1, 24)).Shares(1));
    }

    [Fact]
    public void A_sample_has_values_and_a_law()
    {
        Assert.Equal("values", Assert.Throws<ArgumentNullException>(() => new Sample(null!, new ConstantLaw(0))).ParamName);
        Assert.Equal("law", Assert.Throws<ArgumentNullException>(() => new Sample([1], null!)).ParamName);
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Sample([], new ConstantLaw(0)));
        Assert.Equal("values", error.ParamName);
        Assert.StartsWith("values is empty; allowed: one value or more.", error.Message, StringComparison.Ordinal);
    }
}
