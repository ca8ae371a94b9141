using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Laws;

/// <summary>The law of each kind of step, by dtype, size and era.</summary>
public class StepLawTests
{
    [Fact]
    public void Constants_are_as_the_dtype_stores_them()
    {
        Assert.Equal(new ConstantLaw(0.30078125), Expect.OfStep(new FillStep("t", 0.3), dtype: DType.BFloat16));
        Assert.Equal(new ConstantLaw(0.3f), Expect.OfStep(new FillStep("t", 0.3)));
        Assert.Equal(new ConstantLaw(0.3), Expect.OfStep(new UniformStep("t", 0.3, 0.3), dtype: DType.Float64));
        Assert.Equal(new ConstantLaw((double)(Half)0.3), Expect.OfStep(new NormalStep("t", 0.3, 0), dtype: DType.Float16));
    }

    [Fact]
    public void Uniforms_have_the_bits_of_their_dtype()
    {
        UniformStep step = new("t", -0.3, 0.41);
        Assert.Equal(new UniformLaw(-0.3f, 0.41f, 24), Expect.OfStep(step));
        Assert.Equal(new UniformLaw(-0.3, 0.41, 53), Expect.OfStep(step, dtype: DType.Float64));
        Assert.IsType<GridLaw>(Expect.OfStep(step, dtype: DType.Float16));
    }

    [Theory]
    [InlineData(16, DType.Float32, 24, 24)]
    [InlineData(15, DType.Float32, 53, 24)]
    [InlineData(16, DType.Float64, 53, 53)]
    [InlineData(15, DType.Float64, 53, 53)]
    public void Normals_below_16_elements_have_53_bits(long count, DType dtype, int bits, int stored)
        => Assert.Equal(new NormalLaw(0.3, 1.7, bits, stored), Expect.OfStep(new NormalStep("t", 0.3, 1.7), count, dtype));

    [Fact]
    public void Normals_of_a_strided_view_have_53_bits()
    {
        StepTarget view = new("t", 0, [32], [2]);
        IReadOnlyList<LawRegion> regions = PlanLaws.Of(new InitPlan("made", TorchProfile.Default, [new("t", [64])],
            [new NormalStep(view, 0, 1)]));
        Assert.Equal(new NormalLaw(0, 1, 53, 24), regions[0].Law);
        Assert.Equal(Enumerable.Range(0, 32).Select(i => 2 * i), regions[0].Positions!);
        Assert.Equal((new ConstantLaw(0), "zeros"), (regions[1].Law, regions[1].Step));
        Assert.Equal(Enumerable.Range(0, 32).Select(i => 2 * i + 1), regions[1].Positions!);
    }

    // Before 2.12, where 2Φ((a − mean)/std) − 1 is −1: in float32 from 5.7 deviations on, in float64 from 8.3 on.
    [Theory]
    [InlineData(0.02, DType.Float32, "2.11", 24, 5.9604644775390625e-08)]
    [InlineData(0.02, DType.Float64, "2.11", 53, 1.1102230246251565e-16)]
    [InlineData(0.35, DType.Float32, "2.11", 24, 5.9604644775390625e-08)]
    [InlineData(0.35, DType.Float64, "2.11", 53, 0)]
    [InlineData(1, DType.Float32, "2.11", 24, 0)]
    [InlineData(0.02, DType.Float32, "2.12", 24, 0)]
    [InlineData(0.02, DType.Float64, "2.12", 53, 0)]
    public void A_truncated_normal_has_an_outlier_where_erfinv_was_infinite(double std, DType dtype, string torch, int bits, double outlier)
        => Assert.Equal(new TruncNormalLaw(0, std, -2, 2, bits, outlier),
            Expect.OfStep(new TruncNormalStep("t", 0, std, -2, 2), 64, dtype, torch));

    [Fact]
    public void An_outlier_counts_from_the_mean()
        => Assert.Equal(new TruncNormalLaw(1, 0.3, -1, 2, 24, Math.ScaleB(1, -24)),
            Expect.OfStep(new TruncNormalStep("t", 1, 0.3, -1, 2), 64, torch: "2.11"));

    [Fact]
    public void A_sparse_column_has_its_share_of_zeros()
    {
        // ⌈0.26 · 40⌉ = 11 of 40.
        SparseLaw law = Assert.IsType<SparseLaw>(Expect.Of("init.sparse_((40, 30), 0.26, std=0.5)"));
        Assert.Equal(new SparseLaw(0.275, new NormalLaw(0, 0.5, 24, 24)), law);
    }

    [Theory]
    [InlineData("init.orthogonal_((8, 12), gain=2.0)", 12, 2)]
    [InlineData("init.orthogonal_((12, 5), gain=0.5)", 12, 0.5)]
    [InlineData("init.orthogonal_((4, 3, 5))", 15, 1)]
    [InlineData("init.orthogonal_((1, 2))", 2, 1)]
    public void An_orthogonal_entry_is_of_the_larger_side(string expression, long size, double gain)
        => Assert.Equal(new HaarEntryLaw(size, gain), Expect.Of(expression));

    [Theory]
    [InlineData("init.orthogonal_((1, 1))")]
    [InlineData("init.orthogonal_((4, 4), gain=0.0)")]
    [InlineData("init.orthogonal_((4, 4), gain=-1.0)")]
    [InlineData("init.eye_((3, 3))")]
    [InlineData("init.dirac_((3, 3, 3))")]
    public void Where_no_law_is_stated_there_is_none(string expression) => Assert.Null(PlanLaws.Of(InitPlan.Of(expression)).Single().Law);

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    [InlineData(DType.Float16)]
    [InlineData(DType.BFloat16)]
    public void A_copy_has_the_law_of_its_source(DType dtype)
    {
        InitPlan plan = new("made", TorchProfile.Default, [new("a", [64]), new("b", [64])],
            [new FillStep("a", 1), new UniformStep("a", 0, 1), new CopyStep("b", "a"), new FillStep("a", 2)]);
        IReadOnlyList<LawRegion> regions = PlanLaws.Of(plan, dtype);
        Assert.Equal(new ConstantLaw(2), regions[0].Law);
        Assert.Equal(("b", "a"), (regions[1].Tensor, regions[1].CopyOf));
        Assert.Equal(Expect.OfStep(new UniformStep("t", 0, 1), 64, dtype)!.ToString(), regions[1].Law!.ToString());
    }

    [Fact]
    public void A_copy_of_a_view_or_of_nothing_has_no_law()
    {
        StepTarget view = new("a", 0, [32], [2]);
        Assert.Null(Law(32, new UniformStep("a", 0, 1), new CopyStep("b", view)));
        Assert.Null(Law(64, new UniformStep(view, 0, 1), new CopyStep("b", "a")));
        Assert.Null(Law(64, new CopyStep("b", "a")));
        Assert.Equal(new ConstantLaw(2), Law(32, new FillStep("a", 2), new CopyStep("b", view)));

        Law? Law(long count, params InitStep[] steps)
            => PlanLaws.Of(new InitPlan("made", TorchProfile.Default, [new("a", [64]), new("b", [count])], steps))
            .Single(region => region.Tensor == "b").Law;
    }
}
