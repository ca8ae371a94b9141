using TorchInit.Parity;

namespace TorchInit.Tests.Verify;

/// <summary>Each planted cause is named, and nothing is guessed.</summary>
public class VerifierTests
{
    static StateDict Draw(string expression, ulong seed = 42, TorchProfile? profile = null, DType dtype = DType.Float32)
    {
        InitPlan plan = InitPlan.Of(expression, profile);
        return plan.Materialize(new Generator(seed, plan.Profile), dtype);
    }

    static StateDict With(StateDict tensors, string name, Func<float, float> change)
    {
        StateDict changed = new();
        foreach ((string key, TensorBuffer tensor) in tensors)
        {
            changed.Add(key, key == name || name == "*" ? TensorBuffer.Of([.. tensor.AsSpan<float>().ToArray().Select(change)], [.. tensor.Shape]) : tensor);
        }
        return changed;
    }

    static StateDict Steps(string expression, Func<InitPlan, IEnumerable<InitStep>> change)
    {
        InitPlan plan = InitPlan.Of(expression);
        return new InitPlan(plan.Title, plan.Profile, plan.Tensors, [.. change(plan)]).Materialize(42);
    }

    static StateDict Moved(string expression, int words)
    {
        InitPlan plan = InitPlan.Of(expression);
        Generator generator = new(42, plan.Profile);
        generator.Advance(words);
        return plan.Materialize(generator);
    }

    static StateDict Copied()
    {
        StateDict drawn = Draw("Sequential(Linear(32, 32), Linear(32, 32))");
        StateDict copied = new();
        foreach ((string name, TensorBuffer tensor) in drawn) { copied.Add(name, name == "1.weight" ? drawn["0.weight"] : tensor); }
        return copied;
    }

    static StateDict CastFromDouble() => BitHypotheses.Cast(Draw("Linear(64, 32)", dtype: DType.Float64), DType.Float32);

    public static TheoryData<string, string, bool> Planted => new()
    {
        { "Seed", "Linear(64, 32)", true }, { "Order", "Linear(64, 32)", true }, { "ExtraOrMissingDraws", "Linear(64, 32)", true }, { "DType", "Linear(64, 32)", true }, { "SizeRule", "Embedding(40, 10)", true },
        { "Platform", "init.normal_((64, 64))", true }, { "CpuMode", "init.uniform_((64, 32), -0.3, 0.41)", true }, { "Era", "init.trunc_normal_((64, 32))", true }, { "TransposedFan", "Linear(256, 32)", true }, { "GainRoot2", "Linear(64, 48)", true },
        { "GainRoot3", "Linear(64, 32)", false }, { "GainRoot6", "Linear(64, 32)", false }, { "NormalForUniform", "Linear(64, 64)", false }, { "UniformForNormal", "Embedding(100, 100)", false }, { "Zeros", "Linear(64, 32)", false },
        { "Constant", "init.trunc_normal_((64, 32))", true }, { "Copied", "Sequential(Linear(32, 32), Linear(32, 32))", false }, { "MissingTensor", "Linear(64, 32)", true }, { "Shape", "Linear(64, 32)", true },
    };

    static StateDict Plant(string cause, string expression) => cause switch
    {
        "Seed" => Draw(expression, seed: 1337),
        "Order" => Steps(expression, plan => plan.Steps.Reverse()),
        "ExtraOrMissingDraws" => Moved(expression, 3),
        "DType" => CastFromDouble(),
        "SizeRule" => SizeRule.Draw(InitPlan.Of(expression), 42, DType.Float32)!,
        "Platform" => Draw(expression, profile: TorchProfile.For("2.15", TorchPlatform.WindowsX64)),
        "CpuMode" => Draw(expression, profile: TorchProfile.For("2.15", cpu: CpuCapability.Default)),
        "Era" => Draw(expression, profile: TorchProfile.For("2.11")),
        "TransposedFan" => With(Draw(expression), "weight", x => x * MathF.Sqrt(256f / 32)),
        "GainRoot2" => With(Draw(expression, seed: 77777), "weight", x => x * MathF.Sqrt(2)),
        "GainRoot3" => With(Draw(expression, seed: 77777), "weight", x => x * MathF.Sqrt(3)),
        "GainRoot6" => With(Draw(expression, seed: 77777), "weight", x => x * MathF.Sqrt(6)),
        "NormalForUniform" => Steps(expression, plan => plan.Steps.Select(step => step is UniformStep { Target.Tensor: "weight" } uniform ? new NormalStep(step.Target, 0, uniform.To / Math.Sqrt(3)) : step)),
        "UniformForNormal" => Steps(expression, plan => plan.Steps.Select(step => step is NormalStep ? new UniformStep(step.Target, -Math.Sqrt(3), Math.Sqrt(3)) : step)),
        "Zeros" => With(Draw(expression, seed: 77777), "bias", _ => 0),
        "Constant" => With(Draw(expression), "*", _ => 1),
        "Copied" => Copied(),
        "MissingTensor" => new() { { "weight", Draw(expression)["weight"] } },
        _ => new() { { "weight", TensorBuffer.Of(Draw(expression)["weight"].AsSpan<float>().ToArray(), [64, 32]) }, { "bias", Draw(expression)["bias"] } },
    };

    [Theory, MemberData(nameof(Planted))]
    public void A_planted_cause_is_named(string cause, string expression, bool withSeed)
    {
        Verdict verdict = Verifier.Judge(Plant(cause, expression), new(expression), withSeed ? 42UL : null);
        Assert.Equal((Judgement.Deviates, cause), (verdict.Judgement, verdict.Cause.ToString()));
        Assert.NotEmpty(verdict.Tensor + (expression.StartsWith("init.", StringComparison.Ordinal) ? "init" : ""));
    }

    [Theory]
    [InlineData("Linear(64, 32)")]
    [InlineData("Embedding(100, 16, padding_idx=3)")]
    [InlineData("LSTM(8, 16)")]
    public void The_right_weights_are_accepted(string expression)
    {
        Assert.Equal(Judgement.SameBits, Verifier.Judge(Draw(expression), new(expression), 42).Judgement);
        Assert.Contains("seed 42", Verifier.Judge(Draw(expression), new(expression)).Explanation, StringComparison.Ordinal);
        Assert.Equal(Judgement.SameDistribution, Verifier.Judge(Draw(expression, seed: 987_654_321), new(expression)).Judgement);
    }

    [Fact]
    public void Nothing_is_guessed()
    {
        Assert.Equal((Judgement.CannotTell, Cause.Unknown), Named(Verifier.Judge(Draw("Linear(64, 32)", seed: 987_654_321), new("Linear(64, 32)"), 42)));
        Assert.Equal((Judgement.CannotTell, Cause.Unknown), Named(Verifier.Judge(Draw("Linear(2, 3)", seed: 987_654_321), new("Linear(2, 3)"))));
        Assert.Equal((Judgement.Deviates, Cause.Unknown), Named(Verifier.Judge(With(Draw("Linear(64, 32)", seed: 987_654_321), "weight", x => x * x * 9), new("Linear(64, 32)"))));

        // √2 too wide and the other fan of (32, 64) are one factor: both are said.
        Verdict either = Verifier.Judge(With(Draw("Linear(64, 32)", seed: 77777), "weight", x => x * MathF.Sqrt(2)), new("Linear(64, 32)"));
        Assert.Equal((Judgement.Deviates, Cause.Unknown), Named(either));
        Assert.Contains("more than one", either.Explanation, StringComparison.Ordinal);

        static (Judgement, Cause) Named(Verdict verdict) => (verdict.Judgement, verdict.Cause);
    }
}
