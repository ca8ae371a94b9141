using TorchInit.Parity;

namespace TorchInit.Tests.Verify;

/// <summary>16-bit weights of another torch are not accused where no seed is known: their laws are tried as its bits are.</summary>
public class OtherLawsTests
{
    const ulong Unknown = 987_654_321;

    static StateDict Draw(string expression, DType dtype, string torch, ulong seed = Unknown)
    {
        InitPlan plan = InitPlan.Of(expression, TorchProfile.For(torch));
        return plan.Materialize(new Generator(seed, plan.Profile), dtype);
    }

    [Theory]
    [InlineData("Linear(256, 512)", DType.BFloat16, "1.13")]
    [InlineData("Linear(256, 512)", DType.BFloat16, "2.6")]
    [InlineData("Embedding(500, 33)", DType.BFloat16, "2.6")]
    [InlineData("init.uniform_((300, 40), 5.0, 6.0)", DType.BFloat16, "2.6")]
    [InlineData("init.uniform_((300, 40), 5.0, 6.0)", DType.Float16, "2.6")]
    [InlineData("init.trunc_normal_((128, 200), std=0.02, a=-0.04, b=0.04)", DType.BFloat16, "2.6")]
    public void Right_weights_of_an_older_torch_have_its_law(string expression, DType dtype, string torch)
    {
        Verdict verdict = Verifier.Judge(Draw(expression, dtype, torch), new(expression, dtype));
        Assert.Equal((Judgement.Deviates, Cause.Era), (verdict.Judgement, verdict.Cause));
        Assert.StartsWith("same distribution, as torch ≤ 2.11 draws it: no test finds a deviation", verdict.Explanation,
            StringComparison.Ordinal);
        Assert.Equal(Judgement.SameDistribution,
            Verifier.Judge(Draw(expression, dtype, torch), new(expression, dtype, TorchProfile.For(torch))).Judgement);
    }

    [Fact]
    public void A_newer_torch_is_named_too()
    {
        DistributionCase old = new("Linear(256, 512)", DType.BFloat16, TorchProfile.For("2.6"));
        Verdict verdict = Verifier.Judge(Draw("Linear(256, 512)", DType.BFloat16, "2.15"), old);
        Assert.Equal(Cause.Era, verdict.Cause);
        Assert.StartsWith("same distribution, as torch ≥ 2.13 draws it: ", verdict.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_seed_its_bits_are_missing_all_the_same()
    {
        Verdict verdict = Verifier.Judge(Draw("Linear(256, 512)", DType.BFloat16, "2.6"), new("Linear(256, 512)", DType.BFloat16), 42);
        Assert.Equal(Judgement.CannotTell, verdict.Judgement);
        Assert.Contains("no law of torch ≤ 2.11 is broken", verdict.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_weights_are_accused_by_every_law()
    {
        StateDict weights = Draw("Linear(256, 512)", DType.BFloat16, "2.6");
        foreach (ref BFloat16 x in weights["weight"].AsSpan<BFloat16>()) { x = (BFloat16)(1.25f * (float)x); }
        Verdict verdict = Verifier.Judge(weights, new("Linear(256, 512)", DType.BFloat16));
        Assert.Equal((Judgement.Deviates, Cause.Unknown), (verdict.Judgement, verdict.Cause));
    }

    [Theory]
    [InlineData(DType.BFloat16)]
    [InlineData(DType.Float16)]
    public void Float32_draws_that_were_cast_are_named_without_a_seed(DType dtype)
    {
        StateDict cast = BitHypotheses.Cast(Draw("Linear(256, 512)", DType.Float32, "2.15"), dtype);
        foreach (StateDict weights in (StateDict[])[cast, BitHypotheses.Cast(cast, DType.Float32)])
        {
            Verdict verdict = Verifier.Judge(weights, new("Linear(256, 512)", weights["weight"].DType));
            Assert.Equal((Judgement.Deviates, Cause.Rounded), (verdict.Judgement, verdict.Cause));
            Assert.Contains($"float32 draws, rounded to {dtype.TorchName()}", verdict.Explanation, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Values_that_are_alike_for_every_seed_reveal_none()
    {
        const string Expression = "init.normal_((257, 33), 10.0, 0.001)";
        Verdict verdict = Verifier.Judge(Draw(Expression, DType.BFloat16, "2.15"), new(Expression, DType.BFloat16));
        Assert.DoesNotContain("seed 0", verdict.Explanation, StringComparison.Ordinal);
        Assert.Contains("nearly all values are the same for every seed", verdict.Explanation, StringComparison.Ordinal);
        Assert.NotEqual(Judgement.Deviates, verdict.Judgement);
    }
}
