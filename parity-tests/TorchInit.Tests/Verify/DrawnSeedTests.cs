using TorchInit.Parity;

namespace TorchInit.Tests.Verify;

/// <summary>The seed of what is no weight, and of what was drawn behind something else.</summary>
public class DrawnSeedTests
{
    // No usual seed, and in the first chunk of the search.
    const ulong Seed = 20_260;

    static Verdict Search(StateDict drawn, string expression, DType dtype = DType.Float32)
        => Verifier.Search(drawn, new(expression, dtype), null, ..1, null, TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("torch.empty(40).exponential_(1.5)", DType.Float32)]
    [InlineData("torch.empty(40).exponential_(0.01)", DType.Float64)]
    [InlineData("torch.empty(40).exponential_(1.5)", DType.BFloat16)]
    [InlineData("torch.empty(40).cauchy_(1, 2)", DType.Float32)]
    [InlineData("torch.empty(40).cauchy_(0, 0.1)", DType.Float64)]
    [InlineData("torch.randint(-5, 251, (40,))", DType.Float32)]
    [InlineData("torch.randint(0, 2**40, (40,))", DType.Float32)]
    [InlineData("torch.empty(40).random_(0, 1024)", DType.Float32)]
    public void Its_seed_is_found_among_all(string expression, DType dtype)
    {
        Verdict verdict = Search(InitPlan.Of(expression).Materialize(Seed, dtype), expression, dtype);
        Assert.Equal((Judgement.SameBits, $"every bit is what {TorchProfile.Default} draws from seed {Seed}"),
            (verdict.Judgement, verdict.Explanation));
    }

    [Theory]
    [InlineData("torch.randn(5)\nw = torch.rand(3, 4)", "torch.rand(3, 4)", 12)]
    [InlineData("x = torch.rand(999)\nw = torch.randn(4, 8)", "torch.randn(4, 8)", 999)]
    [InlineData("x = torch.randint(0, 9, (7,))\nw = torch.empty(8, 4)\nnn.init.kaiming_uniform_(w, a=math.sqrt(5))", "init.kaiming_uniform_((8, 4), a=math.sqrt(5))", 7)]
    public void Draws_before_it_are_counted(string program, string expression, int words)
    {
        TensorBuffer drawn = InitPlan.Of(program).Materialize(77_777)["w"];
        Verdict verdict = Search(new() { { InitPlan.Of(expression).Tensors[0].Name, drawn } }, expression);
        Assert.Equal(Cause.ExtraOrMissingDraws, verdict.Cause);
        Assert.StartsWith($"of seed 77777: {words} words of the generator taken that torch does not take", verdict.Explanation,
            StringComparison.Ordinal);
    }

    /// <summary>No GPU draws these in a way that is known: that is no reason to fail.</summary>
    [Theory]
    [InlineData("torch.empty(4000).cauchy_(1, 2)")]
    [InlineData("torch.empty(4000).log_normal_()")]
    [InlineData("torch.multinomial(torch.ones(9), 4000, replacement=True)")]
    [InlineData("torch.randperm(4000)")]
    public void Without_a_seed_the_law_is_judged(string expression)
    {
        Verdict verdict = Verifier.Judge(InitPlan.Of(expression).Materialize(0xFEED_BEEF), new DistributionCase(expression));
        Assert.Equal(Judgement.SameDistribution, verdict.Judgement);
        StateDict usual = InitPlan.Of(expression).Materialize(7);
        Assert.Equal(Judgement.SameBits, Verifier.Judge(usual, new DistributionCase(expression)).Judgement);
    }

    [Theory]
    [InlineData("torch.empty(4000).exponential_(2)", "torch.empty(4000).exponential_(0.5)", "the rate is taken for the scale")]
    [InlineData("torch.randperm(4000)", "torch.arange(4000)", "not all orders are equally likely")]
    [InlineData("torch.randperm(4000)", "torch.randint(0, 4000, (4000,))", "a value is repeated, or impossible")]
    [InlineData("torch.randint(0, 10, (4000,))", "torch.randint(0, 11, (4000,))", "whole numbers from 0 to 9")]
    public void A_wrong_law_is_named(string right, string wrong, string said)
    {
        Verdict verdict = Verifier.Judge(InitPlan.Of(wrong).Materialize(0xFEED_BEEF), new DistributionCase(right));
        Assert.Equal(Judgement.Deviates, verdict.Judgement);
        Assert.Contains(said, verdict.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_searched_is_said()
    {
        TensorBuffer drawn = InitPlan.Of("x = torch.rand(3000)\nw = torch.rand(64, 64)").Materialize(77_777)["w"];
        Assert.Contains("all 2³² were searched, by the first draws of tensor, for any platform, and the seeds below 131,072 up to 1,024 "
            + "words further on", Search(new() { { "", drawn } }, "torch.rand(64, 64)").Explanation, StringComparison.Ordinal);
    }
}
