using TorchInit.Parity;
using TorchInit.Tests.Cli;
using TorchInit.Tests.Readme;

namespace TorchInit.Tests.Verify;

/// <summary>Torch's draws that went through another dtype, were quantised, or trained: verify says the same as plan locate.</summary>
[Collection(Sandbox.Name)]
public sealed class RoundedDrawsTests
{
    const string Expression = "Linear(64, 128)";

    static StateDict With(Func<float, float> changed, string expression = Expression)
    {
        StateDict weights = InitPlan.Of(expression).Materialize(7);
        foreach (TensorBuffer tensor in weights.Values)
        {
            foreach (ref float value in tensor.AsSpan<float>()) { value = changed(value); }
        }
        return weights;
    }

    static StateDict Named(string how) => how switch
    {
        "bfloat16" => With(value => (float)Elements.ToDouble(Elements.FromDouble<BFloat16>(value))),
        "float16" => With(value => (float)(Half)value),
        "multiples of 0.001" => With(value => MathF.Round(value / 0.001f) * 0.001f),
        "multiples of 0.03" => With(value => MathF.Round(value / 0.03f) * 0.03f),
        _ => With(value => value + 0.02f * MathF.Sin(1e6f * value)),
    };

    [Theory]
    [InlineData("bfloat16", Cause.Rounded)]
    [InlineData("float16", Cause.Rounded)]
    [InlineData("multiples of 0.03", Cause.Rounded)]
    [InlineData("trained", Cause.Trained)]
    public void Verify_with_a_seed_names_what_plan_locate_names(string how, Cause cause)
    {
        StateDict weights = Named(how);
        Verdict verdict = Verifier.Judge(weights, new(Expression), 7);
        PlanLocation located = PlanLocator.Of(weights, new(Expression), 7);
        Assert.Equal((Judgement.Deviates, cause), (verdict.Judgement, verdict.Cause));
        Assert.Equal((cause, verdict.First), (located.Cause, located.First));
        Assert.Contains(how, verdict.Explanation, StringComparison.Ordinal);
        Assert.Contains(how, located.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bfloat16")]
    [InlineData("float16")]
    public void Rounded_draws_of_a_usual_seed_are_found_without_it(string how)
    {
        Verdict verdict = Verifier.Judge(Named(how), new(Expression));
        Assert.Equal((Judgement.Deviates, Cause.Rounded), (verdict.Judgement, verdict.Cause));
        Assert.Equal($"of seed 7: torch's draws, rounded to {how} and stored as float32", verdict.Explanation);
    }

    [Fact]
    public void Weights_of_another_seed_are_not_called_trained()
        => Assert.Equal(Cause.Unknown, Verifier.Judge(InitPlan.Of(Expression).Materialize(987_654_321), new(Expression), 7).Cause);

    [Fact]
    public void Without_a_seed_the_command_says_how_to_tell_training()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        try
        {
            Safetensors.Save(path, Named("trained"));
            (_, string printed, _) = CliTests.Run(() => { }, "verify", path, "--module", Expression);
            Assert.Contains("plan locate", printed, StringComparison.Ordinal);
        }
        finally { File.Delete(path); }
    }

    /// <summary>Since 2.12, a float16 draw is a float32 draw, rounded; so is a cast of any torch's float32 draws.</summary>
    [Fact]
    public void A_cast_and_another_version_are_both_named()
    {
        TorchProfile old = TorchProfile.For("1.13");
        StateDict weights = new();
        foreach ((string name, TensorBuffer tensor) in InitPlan.Of(Expression, old).Materialize(7))
        {
            weights.Add(name, TensorBuffer.Of([.. tensor.AsSpan<float>().ToArray().Select(value => (Half)value)], [.. tensor.Shape]));
        }
        DistributionCase item = new(Expression, DType.Float16, old);
        foreach (string said in (string[])[Verifier.Judge(weights, item, 7).Explanation, PlanLocator.Of(weights, item, 7).Said])
        {
            Assert.StartsWith("more than one cause fits: drawn in float32, then cast to float16; or ", said, StringComparison.Ordinal);
            Assert.Contains("torch 2.1", said, StringComparison.Ordinal);
        }
    }
}
