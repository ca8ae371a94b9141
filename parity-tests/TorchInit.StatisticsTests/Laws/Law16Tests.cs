using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Laws;

/// <summary>What float16 and bfloat16 hold of a law.</summary>
public class Law16Tests
{
    static GridLaw Grid(string expression, DType dtype, string torch) => Assert.IsType<GridLaw>(Expect.Of(expression, dtype, torch));

    [Theory]
    [InlineData(DType.BFloat16, 8)]
    [InlineData(DType.Float16, 11)]
    public void Before_2_12_a_unit_uniform_has_few_bits(DType dtype, int bits)
    {
        GridLaw law = Grid("init.uniform_((64,))", dtype, "2.11");
        Assert.Equal(Enumerable.Range(0, 1 << bits).Select(draw => (Math.ScaleB(draw, -bits), Math.ScaleB(1, -bits))), law.Points);
        Assert.Equal($"U(0, 1) on {1 << bits:N0} values", law.ToString());
    }

    // bfloat16: −0.3 is −0.30078125, 0.41 is 0.41015625, the range 0.7109375; draw k is −0.30078125 + k/256·0.7109375, rounded.
    [Fact]
    public void Before_2_12_bounds_and_range_are_rounded_first()
    {
        GridLaw law = Grid("init.uniform_((64,), -0.3, 0.41)", DType.BFloat16, "2.11");
        Assert.Equal(-0.30078125, law.Support.Low);
        // Draw 255: 0.4073791…, between 0.40625 and 0.408203125, nearer the latter; draw 254: 0.404602…, nearest 0.404296875.
        Assert.Equal(0.408203125, law.Support.High);
        Assert.Equal(1.0 / 256, Expect.Weight(law, 0.404296875), 1e-15);
        // The mean of unrounded values is −0.30078125 + 127.5/256·0.7109375; roundings to even keep it within a thousandth.
        Assert.Equal(-0.30078125 + 127.5 / 256 * 0.7109375, law.Mean, 1e-3);
    }

    [Fact]
    public void Since_2_12_a_uniform_is_rounded_once_and_its_upper_bound_becomes_the_lower()
    {
        GridLaw law = Grid("init.uniform_((64,))", DType.BFloat16, "2.12");
        // Half a step on either side: 2⁻¹⁰ below 0.5 and 2⁻⁹ above; from 1 − 2⁻⁹ on a value is 1, which is not allowed.
        Assert.Equal(Math.ScaleB(1, -10) + Math.ScaleB(1, -9), Expect.Weight(law, 0.5), 1e-15);
        Assert.Equal(Math.ScaleB(1, -9), Expect.Weight(law, 0), 1e-15);
        Assert.False(law.Holds(1));
        Assert.Equal(1 - Math.ScaleB(1, -8), law.Support.High);
        Assert.Equal(Math.ScaleB(1, -8), Expect.Weight(law, 1 - Math.ScaleB(1, -8)), 1e-15);
        Assert.StartsWith("U(0, 1) on ", law.ToString(), StringComparison.Ordinal);
        GridLaw half = Grid("init.uniform_((64,), -1.0, 1.0)", DType.Float16, "2.12");
        // float16: steps of 2⁻¹¹ below 1; values from 1 − 2⁻¹² on move to −1, which has 2⁻¹² of its own, each of a density of 1/2.
        Assert.Equal(Math.ScaleB(1, -12), Expect.Weight(half, -1), 1e-15);
        Assert.Equal(Math.ScaleB(1, -12), Expect.Weight(half, -1 + Math.ScaleB(1, -11)), 1e-15);
    }

    // SciPy 1.10: norm.cdf(1 + 2⁻⁸) − norm.cdf(1 − 2⁻⁹), and so on: half a step to each side.
    [Theory]
    [InlineData(DType.BFloat16, 1, 0.0014164126507851815)]
    [InlineData(DType.BFloat16, -1, 0.0014164126507851815)]
    [InlineData(DType.BFloat16, 0.5, 0.0010311892016630075)]
    [InlineData(DType.Float16, 1, 0.00017720301787993442)]
    public void A_rounded_normal_has_the_mass_of_its_roundings(DType dtype, double value, double weight)
    {
        GridLaw law = Grid("init.normal_((64,))", dtype, "2.12");
        Assert.Equal(weight, Expect.Weight(law, value), 1e-14);
        Assert.Equal(1, law.AtMost(law.Support.High));
        Assert.Equal(0.5, (law.AtMost(0) + law.Below(0)) / 2, 1e-12);
        // The farthest of 53 bits is 8.57; what is rounded beyond goes to the last value.
        Assert.InRange(law.Support.High, 8.2, 8.6);
        Assert.InRange(law.Support.Low, -8.65, -8.5);
        Assert.Equal("N(0, 1²)", law.ToString()[..8]);
    }

    [Fact]
    public void Fewer_than_16_normals_are_rounded_in_every_era()
    {
        Assert.Equal(0.0014164126507851815, Expect.Weight(Grid("init.normal_((15,))", DType.BFloat16, "2.11"), 1), 1e-14);
        Assert.NotEqual(0.0014164126507851815, Expect.Weight(Grid("init.normal_((16,))", DType.BFloat16, "2.11"), 1), 1e-6);
    }

    // Torch 1.13: arange(256)/256 through the float32 scale of uniform_, erfinv_, mul_, add_ and clamp_ in bfloat16; values, mean, mean
    // square, smallest, largest.
    [Theory]
    [InlineData("mean=0.5, std=0.7, a=0.0, b=1.0", 231, 0.4980926513671875, 0.3250921964645386, 0.001953125, 0.9921875)]
    [InlineData("mean=0.0, std=0.02, a=-2.0, b=2.0", 256, -0.0078125, 0.016009463347614883, -2, 0.05322265625)]
    [InlineData("mean=0.0, std=1.0, a=-2.0, b=2.0", 256, -0.007781982421875, 0.7688802427437622, -1.9921875, 1.921875)]
    [InlineData("mean=0.0, std=1.0, a=0.5, b=0.9", 80, 0.69036865234375, 0.48993563652038574, 0.5, 0.8984375)]
    public void Before_2_12_a_truncated_normal_is_256_draws(string arguments, int count, double mean, double square, double low,
        double high)
    {
        GridLaw law = Grid($"init.trunc_normal_((64,), {arguments})", DType.BFloat16, "1.13");
        Assert.Equal((count, low, high), (law.Count, law.Support.Low, law.Support.High));
        Assert.Equal(mean, law.Mean, 1e-12);
        Assert.Equal(square, law.RawMoment(2), 1e-12);
    }

    [Fact]
    public void Since_2_12_a_rounded_normal_inside_of_rounded_bounds_is_kept()
    {
        GridLaw law = Grid("init.trunc_normal_((64,), std=1.0, a=-1.0, b=1.0)", DType.BFloat16, "2.12");
        Assert.Equal((-1.0, 1.0), law.Support);
        // Both bounds have the whole of what is rounded to them: 0.00141641 of norm.cdf(1 + 2⁻⁸) − norm.cdf(−1 − 2⁻⁸).
        double mass = 2 * NormalLaw.Cumulative(1 + Math.ScaleB(1, -8)) - 1;
        Assert.Equal(0.0014164126507851815 / mass, Expect.Weight(law, 1), 1e-12);
        Assert.Equal(0.0014164126507851815 / mass, Expect.Weight(law, -1), 1e-12);
        Assert.Equal(0.0010311892016630075 / mass, Expect.Weight(law, 0.5), 1e-12);
        Assert.StartsWith("N(0, 1²) in [-1, 1] on ", law.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DType.Float16, 0.002)]
    [InlineData(DType.BFloat16, 0.03)]
    public void Since_2_12_a_narrow_cut_is_accepted_by_16_bit_logarithms(DType dtype, double near)
    {
        // Mass 0.1245 is below 0.3. The law is near the truncated normal, as near as 11 and 8 bits of acceptance are.
        GridLaw law = Grid("init.trunc_normal_((64,), mean=0.0, std=1.0, a=0.5, b=0.9)", dtype, "2.12");
        TruncNormalLaw exact = new(0, 1, 0.5, 0.9, 24);
        foreach (double x in new[] { 0.55, 0.6, 0.7, 0.8, 0.85 }) { Assert.Equal(exact.AtMost(x), law.AtMost(x), near); }
        Assert.NotEqual((0.7 - 0.5) / 0.4, law.AtMost(0.7), near);
        Assert.InRange(law.Support.High, 0.89, 0.9);
        Assert.Equal(0.5, law.Support.Low);
        Assert.StartsWith("N(0, 1²) in [0.5, 0.9] on ", law.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DType.Float16)]
    [InlineData(DType.BFloat16)]
    public void A_narrow_cut_has_the_law_of_its_draws(DType dtype)
    {
        const int Count = 1 << 18;
        GridLaw law = Grid("init.trunc_normal_((64,), mean=0.0, std=1.0, a=0.5, b=0.9)", dtype, "2.12");
        double[] drawn = Elements64.Of(InitPlan.Of($"init.trunc_normal_(({Count},), mean=0.0, std=1.0, a=0.5, b=0.9)",
            TorchProfile.For("2.12")).Materialize(7, dtype).Values.Single());
        // The smallest value has the upper bound's draws too; a rounded normal would have 7σ fewer in float16, 30 in bfloat16.
        Assert.InRange((drawn.Count(value => value == 0.5) - Count * law.AtMost(0.5)) / Math.Sqrt(Count * law.AtMost(0.5)), -4, 4);
        Assert.InRange(KolmogorovSmirnov.Distance([.. new Sample(drawn, law).Sorted]), 0, Math.Sqrt(Math.Log(2e9) / 2 / Count));
    }
}
