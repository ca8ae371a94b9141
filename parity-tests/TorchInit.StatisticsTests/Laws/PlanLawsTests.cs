using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Laws;

/// <summary>Which step wrote an element last.</summary>
public class PlanLawsTests
{
    static IReadOnlyList<LawRegion> Of(params InitStep[] steps)
        => PlanLaws.Of(new InitPlan("made", TorchProfile.Default, [new("t", [8])], steps));

    [Fact]
    public void A_padding_row_was_written_last()
    {
        IReadOnlyList<LawRegion> regions = PlanLaws.Of(InitPlan.Of("Embedding(10, 4, padding_idx=3)"));
        Assert.Equal((new ConstantLaw(0), "weight", false), (regions[0].Law, regions[0].Tensor, regions[0].Step == "zeros"));
        Assert.Equal([12, 13, 14, 15], regions[0].Positions!);
        Assert.Equal(new NormalLaw(0, 1, 24, 24), regions[1].Law);
        Assert.Equal([.. Enumerable.Range(0, 12), .. Enumerable.Range(16, 24)], regions[1].Positions!);
        Assert.Equal(2, regions.Count);
    }

    [Fact]
    public void A_whole_tensor_needs_no_positions()
    {
        LawRegion region = Of(new FillStep("t", 1), new UniformStep("t", 0, 1)).Single();
        Assert.Null(region.Positions);
        Assert.Null(region.CopyOf);
        Assert.Equal(new UniformLaw(0, 1, 24), region.Law);
        Assert.Equal(new UniformStep("t", 0, 1).ToString(), region.Step);
    }

    [Fact]
    public void What_no_step_wrote_is_zero()
    {
        LawRegion whole = Of().Single();
        Assert.Equal((new ConstantLaw(0), "zeros"), (whole.Law, whole.Step));
        Assert.Null(whole.Positions);
        // Another view of the same elements is overwritten wholly and has no region.
        IReadOnlyList<LawRegion> parts = Of(new FillStep(new StepTarget("t", 2, [2]), 1), new FillStep(new StepTarget("t", 1, [3]), 2));
        Assert.Equal([1, 2, 3], parts[0].Positions!);
        Assert.Equal([0, 4, 5, 6, 7], parts[1].Positions!);
        Assert.Equal(2, parts.Count);
    }

    [Fact]
    public void Positions_of_a_transposed_view_ascend()
        => Assert.Equal([0, 1, 4, 5], Of(new FillStep(new StepTarget("t", 0, [2, 2], [1, 4]), 1))[0].Positions!);

    [Fact]
    public void Integers_and_empty_tensors_have_no_law()
    {
        IReadOnlyList<LawRegion> regions = PlanLaws.Of(InitPlan.Of("BatchNorm1d(3)"));
        Assert.Equal(["weight", "bias", "running_mean", "running_var"], regions.Select(region => region.Tensor));
        Assert.Equal([1.0, 0, 0, 1], regions.Select(region => Assert.IsType<ConstantLaw>(region.Law).Value));
        InitPlan empty = new("made", TorchProfile.Default, [new("none", [0, 3]), new("one", [1])], []);
        Assert.Equal(["one"], PlanLaws.Of(empty).Select(region => region.Tensor));
        Assert.Equal("plan", Assert.Throws<ArgumentNullException>(() => PlanLaws.Of(null!)).ParamName);
    }

    [Fact]
    public void A_tensor_may_have_a_dtype_of_its_own()
    {
        InitPlan plan = new("made", TorchProfile.Default, [new("t", [8], DType: DType.Float64)], [new UniformStep("t", 0, 1)]);
        Assert.Equal(new UniformLaw(0, 1, 53), PlanLaws.Of(plan, DType.Float32).Single().Law);
    }

    [Fact]
    public void Power_iterations_write_both_vectors()
    {
        PowerIterationStep step = new("u", "v", "weight", 0, 1, 1e-12);
        InitPlan plan = new("made", TorchProfile.Default, [new("weight", [4, 3]), new("u", [4]), new("v", [3])],
            [new UniformStep("weight", 0, 1), new NormalStep("u", 0, 1), new NormalStep("v", 0, 1), step]);
        IReadOnlyList<LawRegion> regions = PlanLaws.Of(plan);
        Assert.Equal(["weight", "u", "v"], regions.Select(region => region.Tensor));
        Assert.Equal(new UniformLaw(0, 1, 24), regions[0].Law);
        Assert.All(regions.Skip(1), region => Assert.Equal((null, null, step.ToString()), (region.Law, region.Positions, region.Step)));
    }

    [Fact]
    public void Layers_of_an_encoder_are_copies()
    {
        IReadOnlyList<LawRegion> regions = PlanLaws.Of(InitPlan.Of("TransformerEncoder(TransformerEncoderLayer(16, 4, 32), 2)"));
        LawRegion copy = regions.First(region => region.Tensor == "layers.1.linear1.weight");
        Assert.NotNull(copy.CopyOf);
        Assert.Equal(new UniformLaw(-0.25f, 0.25f, 24), copy.Law);
    }
}
