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
            changed.Add(key, key == name || name == "*"
                ? TensorBuffer.Of([.. tensor.AsSpan<float>().ToArray().Select(change)], [.. tensor.Shape]) : tensor);
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

    /// <summary>Each tensor from the generator's first state.</summary>
    static StateDict Restored(string expression)
    {
        InitPlan plan = InitPlan.Of(expression);
        StateDict drawn = new();
        foreach (ParameterSpec tensor in plan.Tensors)
        {
            drawn.Add(tensor.Name,
                new InitPlan("", plan.Profile, [tensor], [.. plan.Steps.Where(step => step.Target.Tensor == tensor.Name)])
                .Materialize(42)[tensor.Name]);
        }
        return drawn;
    }

    /// <summary>Weight and bias of a Linear, with so many words in between that torch does not take; negative where they overlap.</summary>
    static StateDict Between(string expression, int words)
    {
        InitPlan plan = InitPlan.Of(expression);
        StateDict drawn = plan.Materialize(42);
        Generator generator = new(42, plan.Profile);
        generator.Advance(plan["weight"].Count + words);
        return new() { { "weight", drawn["weight"] },
            { "bias", new InitPlan("", plan.Profile, [plan["bias"]], [plan.Steps[1]]).Materialize(generator)["bias"] } };
    }

    static StateDict Framework(string name, string expression)
        => Formulas.All.Single(formula => formula.Name.StartsWith(name, StringComparison.Ordinal))
        .Draw(new(expression, InitPlan.Of(expression), DType.Float32, 77777)).Tensors;

    static StateDict CastFromDouble() => BitHypotheses.Cast(Draw("Linear(64, 32)", dtype: DType.Float64), DType.Float32);

    public static TheoryData<string, string, bool> Planted => new()
    {
        { "Seed", "Linear(64, 32)", true }, { "Order", "Linear(64, 32)", true }, { "ExtraOrMissingDraws", "Linear(64, 32)", true },
            { "DType", "Linear(64, 32)", true }, { "SizeRule", "Embedding(40, 10)", true },
        { "Platform", "init.normal_((64, 64))", true }, { "PlatformOrCpuMode", "init.uniform_((64, 32), -0.3, 0.41)", true },
            { "Era", "init.trunc_normal_((64, 32))", true }, { "TransposedFan", "Linear(256, 32)", true },
            { "GainRoot2", "Linear(64, 48)", true },
        { "GainRoot3", "Linear(64, 32)", false }, { "GainRoot6", "Linear(64, 32)", false },
            { "NormalForUniform", "Linear(64, 64)", false }, { "UniformForNormal", "Embedding(100, 100)", false },
            { "Zeros", "Linear(64, 32)", false },
        { "Constant", "init.trunc_normal_((64, 32))", true }, { "Copied", "Sequential(Linear(32, 32), Linear(32, 32))", false },
            { "MissingTensor", "Linear(64, 32)", true }, { "Shape", "Linear(64, 32)", true }, { "Rounding", "Linear(64, 32)", true },
        { "OtherInitialiser", "Linear(64, 48)", false },
    };

    static StateDict Plant(string cause, string expression) => cause switch
    {
        "Seed" => Draw(expression, seed: 1337),
        "Order" => Steps(expression, plan => plan.Steps.Reverse()),
        "ExtraOrMissingDraws" => Moved(expression, 3),
        "DType" => CastFromDouble(),
        "SizeRule" => SizeRule.Draw(InitPlan.Of(expression), 42, DType.Float32)!,
        "Platform" => Draw(expression, profile: TorchProfile.For("2.15", TorchPlatform.WindowsX64)),
        "PlatformOrCpuMode" => Draw(expression, profile: TorchProfile.For("2.15", cpu: CpuCapability.Default)),
        "Era" => Draw(expression, profile: TorchProfile.For("2.11")),
        "TransposedFan" => With(Draw(expression), "weight", x => x * MathF.Sqrt(256f / 32)),
        "GainRoot2" => With(Draw(expression, seed: 77777), "weight", x => x * MathF.Sqrt(2)),
        "GainRoot3" => With(Draw(expression, seed: 77777), "weight", x => x * MathF.Sqrt(3)),
        "GainRoot6" => With(Draw(expression, seed: 77777), "weight", x => x * MathF.Sqrt(6)),
        "NormalForUniform"
            => Steps(expression,
            plan => plan.Steps.Select(step => step is UniformStep { Target.Tensor: "weight" } uniform
            ? new NormalStep(step.Target, 0, uniform.To / Math.Sqrt(3)) : step)),
        "UniformForNormal"
            => Steps(expression,
            plan => plan.Steps.Select(step => step is NormalStep ? new UniformStep(step.Target, -Math.Sqrt(3), Math.Sqrt(3)) : step)),
        "Zeros" => With(Draw(expression, seed: 77777), "bias", _ => 0),
        "Constant" => With(Draw(expression), "*", _ => 1),
        "Copied" => Copied(),
        "Rounding" => With(Draw(expression), "weight", x => x > 0.05f ? MathF.BitIncrement(x) : x),
        "OtherInitialiser" => Framework("Keras", expression),
        "MissingTensor" => new() { { "weight", Draw(expression)["weight"] } },
        _ => new() { { "weight", TensorBuffer.Of(Draw(expression)["weight"].AsSpan<float>().ToArray(), [64, 32]) },
            { "bias", Draw(expression)["bias"] } },
    };

    [Theory, MemberData(nameof(Planted))]
    public void A_planted_cause_is_named(string cause, string expression, bool withSeed)
    {
        Verdict verdict = Verifier.Judge(Plant(cause, expression), new(expression), withSeed ? 42UL : null);
        Assert.Equal((Judgement.Deviates, cause), (verdict.Judgement, verdict.Cause.ToString()));
        Assert.NotEmpty(verdict.First.Tensor + (expression.StartsWith("init.", StringComparison.Ordinal) ? "init" : ""));
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
        Assert.Equal((Judgement.CannotTell, Cause.Unknown),
            Named(Verifier.Judge(Draw("Linear(64, 32)", seed: 987_654_321), new("Linear(64, 32)"), 42)));
        Assert.Equal((Judgement.CannotTell, Cause.Unknown),
            Named(Verifier.Judge(Draw("Linear(2, 3)", seed: 987_654_321), new("Linear(2, 3)"))));
        Assert.Equal((Judgement.Deviates, Cause.Unknown),
            Named(Verifier.Judge(With(Draw("Linear(64, 32)", seed: 987_654_321), "weight", x => x * x * 9), new("Linear(64, 32)"))));

        // √2 too wide and the other fan of (32, 64) are one factor: both are said.
        Verdict either = Verifier.Judge(With(Draw("Linear(64, 32)", seed: 77777), "weight", x => x * MathF.Sqrt(2)), new("Linear(64, 32)"));
        Assert.Equal((Judgement.Deviates, Cause.Unknown), Named(either));
        Assert.Contains("more than one", either.Explanation, StringComparison.Ordinal);

        static (Judgement, Cause) Named(Verdict verdict) => (verdict.Judgement, verdict.Cause);
    }

    [Theory]
    [InlineData("order", "LSTM(8, 16)",
        "drawn in another order: bias_hh_l0, bias_ih_l0, weight_hh_l0, weight_ih_l0, where torch has weight_ih_l0, ")]
    [InlineData("far", "Linear(64, 32)", "1,000,003 words of the generator taken that torch does not take before weight")]
    [InlineData("one", "Embedding(40, 16)", "1 word of the generator taken that torch does not take before weight")]
    [InlineData("between", "Linear(64, 32)", "5 words of the generator taken that torch does not take before bias")]
    [InlineData("overlap", "Linear(64, 32)", "7 words of the generator too few taken before bias")]
    [InlineData("restored", "Sequential(Linear(32, 16), Linear(16, 8))",
        "its state restored, before each of 0.weight, 0.bias, 1.weight, 1.bias")]
    [InlineData("copied", "Sequential(Linear(32, 32), Linear(32, 32))", "0.weight and 1.weight are equal; torch draws each")]
    public void A_tensor_is_found_wherever_it_is_in_the_stream(string mistake, string expression, string said)
    {
        StateDict weights = mistake switch
        {
            "order" => Steps(expression, plan => plan.Steps.Reverse()),
            "far" => Moved(expression, 1_000_003),
            "one" => Moved(expression, 1),
            "between" => Between(expression, 5),
            "overlap" => Between(expression, -7),
            "restored" => Restored(expression),
            _ => Copied(),
        };
        Verdict verdict = Verifier.Judge(weights, new(expression), 42);
        Assert.Equal(Judgement.Deviates, verdict.Judgement);
        Assert.Contains(said, verdict.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Keras", "Linear(64, 48)", "the default of Keras 3 (formula): U(-0.2315, 0.2315)")]
    [InlineData("Keras", "Embedding(100, 16)", "the default of Keras 3 (formula): U(-0.05, 0.05)")]
    [InlineData("Flax", "Conv2d(8, 16, 3)", "the default of Flax (formula): N(0, 0.134²) in [-0.268, 0.268]")]
    [InlineData("candle", "Linear(64, 32)", "the default of candle (formula): N(0, 0.1768²)")]
    public void Other_frameworks_are_recognised(string framework, string expression, string said)
    {
        Verdict verdict = Verifier.Judge(Framework(framework, expression), new(expression));
        Assert.Equal((Judgement.Deviates, Cause.OtherInitialiser), (verdict.Judgement, verdict.Cause));
        Assert.Contains(said, verdict.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Embedding(100, 64)", "init.xavier_uniform_((100, 64))", "xavier_uniform_: U(-0.1913, 0.1913)")]
    [InlineData("Linear(64, 48)", "init.normal_((48, 64), std=0.02)", "normal_(std=0.02): N(0, 0.02²)")]
    [InlineData("Conv2d(8, 16, 3)", "init.kaiming_normal_((16, 8, 3, 3), mode='fan_out', nonlinearity='relu')",
        "kaiming_normal_(mode='fan_out', nonlinearity='relu'): N(0, 0.1179²)")]
    public void Other_schemes_of_torch_are_recognised(string expression, string scheme, string said)
    {
        StateDict weights = Draw(expression, seed: 77777);
        StateDict changed = new() { { "weight", Draw(scheme, seed: 77777).Values.Single() } };
        foreach (string other in weights.Keys.Where(name => name != "weight")) { changed.Add(other, weights[other]); }
        Verdict verdict = Verifier.Judge(changed, new(expression));
        Assert.Equal((Judgement.Deviates, Cause.OtherInitialiser), (verdict.Judgement, verdict.Cause));
        Assert.Contains(said, verdict.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_is_said_of_a_seed_that_nobody_named()
    {
        // Weights of another platform, and of an era whose draws have fewer bits.
        Verdict windows = Verifier.Judge(Draw("Sequential(Linear(30, 40), Embedding(40, 16))", seed: 1337,
            TorchProfile.For("2.15", TorchPlatform.WindowsX64)), new("Sequential(Linear(30, 40), Embedding(40, 16))"));
        Assert.Equal((Judgement.Deviates, Cause.Platform), (windows.Judgement, windows.Cause));
        Assert.StartsWith("of seed 1337: these are the bits of torch 2.15 windows-x64 avx2; not of ", windows.Explanation,
            StringComparison.Ordinal);
        Verdict old = Verifier.Judge(Draw("Linear(30, 40)", seed: 7, TorchProfile.For("1.13"), DType.BFloat16),
            new("Linear(30, 40)", DType.BFloat16));
        Assert.Equal((Judgement.Deviates, Cause.Era), (old.Judgement, old.Cause));
        Assert.StartsWith("of seed 7: ", old.Explanation, StringComparison.Ordinal);
        // Of the right seed, with a bias that is not drawn: the seed is said beside the cause.
        Verdict zeros = Verifier.Judge(With(Draw("Linear(64, 32)"), "bias", _ => 0), new("Linear(64, 32)"));
        Assert.Equal(Cause.Zeros, zeros.Cause);
        Assert.EndsWith("; of the drawn tensors, weight has the bits of seed 42, bias has not", zeros.Explanation,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.15", TorchPlatform.LinuxX64, "; and of torch 2.1 macos-arm64 (read, not run), torch 2.0 macos-arm64 (read, not run)")]
    [InlineData("2.15", TorchPlatform.MacOSArm64, "; and of torch 2.1 macos-arm64 (read, not run)")]
    [InlineData("2.1", TorchPlatform.LinuxX64, "torch 2.1 macos-arm64 (read, not run)")]
    public void Weights_of_a_Mac_before_2_2_are_named(string version, TorchPlatform platform, string said)
    {
        StateDict weights = Draw("Linear(30, 40)", seed: 1, TorchProfile.For("2.1", TorchPlatform.MacOSArm64));
        Verdict verdict = Verifier.Judge(weights, new("Linear(30, 40)", DType.Float32, TorchProfile.For(version, platform)), 1);
        Assert.Equal(Judgement.Deviates, verdict.Judgement);
        Assert.Contains(said, verdict.Explanation, StringComparison.Ordinal);
        DistributionCase older = new("Linear(30, 40)", DType.Float32, TorchProfile.For("2.0", TorchPlatform.MacOSArm64));
        Assert.Equal(Judgement.SameBits, Verifier.Judge(weights, older, 1).Judgement);
    }

    [Fact]
    public void All_seeds_are_searched_when_asked()
    {
        StateDict weights = Draw("Linear(64, 32)", seed: 20_260);
        DistributionCase item = new("Linear(64, 32)");
        CancellationToken token = TestContext.Current.CancellationToken;
        Verdict known = Verifier.Search(weights, item, token: token);
        Assert.Equal((Judgement.SameBits, "every bit is what torch 2.15 linux-x64 avx2 draws from seed 20260"),
            (known.Judgement, known.Explanation));
        Verdict other = Verifier.Search(weights, item, seed: 42, token: token);
        Assert.Equal((Judgement.Deviates, Cause.Seed), (other.Judgement, other.Cause));
        Assert.Equal("these are the bits of seed 20260", other.Explanation);
        Assert.EndsWith("; no stream begins with these draws: all 2³² were searched, by the first draws of weight, for any platform, "
            + "and the seeds below 131,072 up to 1,024 words further on",
            Verifier.Search(Draw("Linear(64, 32)", seed: 987_654_321), item, null, ..1, null, token).Explanation, StringComparison.Ordinal);
        Assert.Contains("seeds were not searched",
            Verifier.Search(Draw("init.orthogonal_((32, 32))", seed: 20_260), new("init.orthogonal_((32, 32))"), token: token).Explanation,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_element_that_deviates_is_shown_in_bits()
    {
        StateDict weights = Draw("Linear(64, 32)");
        float right = weights["bias"].AsSpan<float>()[3];
        weights["bias"].AsSpan<float>()[3] = MathF.BitIncrement(right);
        Verdict verdict = Verifier.Judge(weights, new("Linear(64, 32)"), 42);
        Assert.Equal($"bias[3] is {BitConverter.SingleToUInt32Bits(MathF.BitIncrement(right)):x8}; torch has "
            + $"{BitConverter.SingleToUInt32Bits(right):x8}", verdict.First.ToString());
        Assert.StartsWith("torch's draws, rounded differently: 1 of 2,080 elements differ, by at most 1 ULP, 0.", verdict.Explanation,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors_that_the_plan_does_not_have_are_said()
    {
        StateDict weights = Draw("Linear(64, 32)");
        weights.Add("running_mean", TensorBuffer.Of([0f], [1]));
        Verdict verdict = Verifier.Judge(weights, new("Linear(64, 32)"), 42);
        Assert.Equal(Judgement.SameBits, verdict.Judgement);
        Assert.Contains("not judged, since Linear(64, 32) does not have them: running_mean", verdict.Evidence);
    }

    [Fact]
    public void A_plan_of_ones_own_is_judged_on_other_platforms_too()
    {
        InitPlan plan = InitPlan.Of("Linear(30, 40)");
        InitPlan own = new("my model", plan.Profile, plan.Tensors, plan.Steps);
        InitPlan arm = new("my model", TorchProfile.For("2.15", TorchPlatform.WindowsX64), plan.Tensors, plan.Steps);
        Verdict verdict = Verifier.Judge(arm.Materialize(new Generator(42, arm.Profile)), new(own), 42);
        Assert.Equal((Judgement.Deviates, Cause.PlatformOrCpuMode), (verdict.Judgement, verdict.Cause));
    }
}
