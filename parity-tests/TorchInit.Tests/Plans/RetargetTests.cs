namespace TorchInit.Tests.Plans;

/// <summary>What is said to be drawn alike is: every kind of step, on every two torches of which it is said.</summary>
public class RetargetTests
{
    static readonly TorchProfile[] s_profiles = [.. (from version in TorchProfile.Versions
                                                     from platform in Enum.GetValues<TorchPlatform>()
                                                     from cpu in Enum.GetValues<CpuCapability>()
                                                     select TorchProfile.For(version, platform, cpu)).Distinct()];

    static IEnumerable<(ParameterSpec[] Tensors, InitStep[] Steps)> Cases()
    {
        foreach (long count in (long[])[3, 16, 100])
        {
            ParameterSpec[] one = [new("w", [count])];
            yield return (one, [new UniformStep("w", -0.3, 0.41)]);
            yield return (one, [new UniformStep("w", 1, 1.0000001)]);                 // rounds to its end
            yield return (one, [new NormalStep("w", 0.1, 0.02)]);
            yield return (one, [new TruncNormalStep("w", 0, 0.02, -0.04, 0.04)]);
            yield return (one, [new FillStep("w", 0.1)]);
            yield return (one, [new DataStep("w", [.. Enumerable.Range(0, (int)count).Select(at => at / 7.0)])]);
            yield return (one, [new RandPermStep("w")]);
            yield return (one, [new NormalStep("w", 0, 1), new ScalarStep("w", ScalarOperation.Mul, 0.02),
                new ScalarStep("w", ScalarOperation.Add, 0.3), new ClampStep("w", -0.1, 0.1)]);
            yield return (one, [new ExponentialStep("w", 1.5)]);
            yield return ([new("w", [4, count])], [new OrthogonalStep("w", 1.1)]);
            yield return ([new("w", [4, count])], [new SparseStep("w", 0.3, 0.01)]);
            yield return ([new("w", [4, count])], [new NormalStep(new StepTarget("w", 0, [4, 2], [count, 1]), 0, 1)]);
            yield return ([new("w", [4, count])], [new EyeStep("w")]);
        }
    }

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    [InlineData(DType.Float16)]
    [InlineData(DType.BFloat16)]
    public void Steps_that_are_said_to_be_alike_have_the_same_bits(DType dtype)
    {
        (int alike, int others) = (0, 0);
        foreach ((ParameterSpec[] tensors, InitStep[] steps) in Cases())
        {
            InitPlan plan = new("x", TorchProfile.For("2.6"), tensors, steps);
            // The same answers are one group; each group's bits are those of its first.
            Dictionary<string, (TorchProfile Profile, string? Bits)> groups = [];
            foreach (TorchProfile profile in s_profiles)
            {
                string answers = string.Join('|', plan.Placed.Select(placed
                    => StepRules.Answer(StepRules.Of(placed, dtype, plan.Profile), profile)));
                string? bits = Bits(plan, profile, dtype);
                if (groups.TryAdd(answers, (profile, bits))) { others++; }
                else
                {
                    Assert.True(groups[answers].Bits == bits,
                        $"{string.Join(", ", steps.AsEnumerable())} in {dtype}: {groups[answers].Profile} and {profile} differ");
                    alike++;
                }
            }
        }
        Assert.True(alike > 1000 && others > 100, $"{alike} alike, {others} kinds");
    }

    /// <summary>Null where that torch refuses it.</summary>
    static string? Bits(InitPlan plan, TorchProfile profile, DType dtype)
    {
        try
        {
            InitPlan there = new(plan.Title, profile, plan.Tensors, plan.Steps);
            Generator generator = new(3, profile);
            TensorBuffer drawn = there.Materialize(generator, dtype)["w"];
            return Convert.ToHexString(drawn.Bytes(0, drawn.Count)) + Convert.ToHexString(generator.GetState()[..64]) + generator.Position;
        }
        catch (Exception error) when (error is ArgumentException or NotFollowedException) { return null; }
    }

    [Fact]
    public void A_plan_goes_where_every_step_is_drawn_alike()
    {
        InitPlan normals = new("x", TorchProfile.For("2.6"), [new("w", [64, 64]), new("b", [64])],
            [new NormalStep("w", 0, 0.02), new UniformStep("b", -0.125, 0.125)]);
        foreach (string version in (string[])["1.13", "2.0", "2.11", "2.12", "2.15"])
        {
            InitPlan there = normals.Retarget(TorchProfile.For(version));
            Assert.Equal(version, there.Profile.Version.ToString());
            Assert.Equal(normals.Materialize(7)["w"].AsSpan<float>(), there.Materialize(7)["w"].AsSpan<float>());
            Assert.Equal(normals.Materialize(7)["b"].AsSpan<float>(), there.Materialize(7)["b"].AsSpan<float>());
        }
        Assert.Equal("torch 1.13 to 2.15 linux-x64 avx2", normals.SameOn()[0]);
        Assert.DoesNotContain(normals.SameOn(), span => span.Contains("windows", StringComparison.Ordinal));
        Assert.Equal("torch 2.1 to 2.11 linux-x64 avx2", normals.SameOn(DType.BFloat16)[0]);
    }

    /// <summary>One span for each platform and kernel, the plan's own first; its own erf and LAPACK count on its own platform
    /// only.</summary>
    [Fact]
    public void The_versions_that_draw_alike()
    {
        TorchProfile wheel = TorchProfile.For("2.6");
        static IReadOnlyList<string> SameOn(TorchProfile profile, InitStep step) => new InitPlan("x", profile, [new("w", [64, 64])], [step])
            .SameOn();
        TruncNormalStep truncated = new("w", 0, 0.02, -2, 2);
        Assert.Equal(["torch 2.1 to 2.11 linux-x64 avx2"], SameOn(wheel, truncated));
        Assert.Equal(["torch 2.1 to 2.11 linux-x64 avx2"], SameOn(wheel with { Erf = ErfImplementation.Glibc }, truncated));
        Assert.Equal(["torch 2.6 linux-x64 avx2"], SameOn(wheel, new CauchyStep("w", 0, 1)));
        Assert.Equal(["torch 1.13 to 2.15 linux-x64 avx2", "torch 1.13 to 2.15 linux-arm64", "torch 2.2 to 2.15 macos-arm64"],
            SameOn(wheel, new UniformStep("w", 0, 1)));
        Assert.Equal(["torch 1.13 to 2.12 windows-x64 default"],
            SameOn(TorchProfile.For("2.6", TorchPlatform.WindowsX64, CpuCapability.Default), new NormalStep("w", 0, 1)));
        Assert.Equal(["torch 2.6 cuda:1x256"], SameOn(TorchProfile.Cuda("2.6", new(1, 256)), new UniformStep("w", 0, 1)));
    }

    [Fact]
    public void A_step_that_another_torch_draws_otherwise_is_named()
    {
        InitPlan plan = new("x", TorchProfile.For("2.6"), [new("a", [64]), new("w", [64, 64])],
            [new UniformStep("a", -0.125, 0.125), new TruncNormalStep("w", 0, 0.02, -2, 2)]);
        string said = Assert.Throws<ArgumentException>(() => plan.Retarget(TorchProfile.For("2.12"))).Message;
        Assert.Contains("step 2, trunc_normal_(w, 0.0, 0.02, -2.0, 2.0), has other bits in torch 2.12 linux-x64 avx2", said,
            StringComparison.Ordinal);
        Assert.Contains("than in torch 2.6 linux-x64 avx2", said, StringComparison.Ordinal);
        said = Assert.Throws<ArgumentException>(() => plan.Retarget(TorchProfile.For("2.6", TorchPlatform.WindowsX64))).Message;
        Assert.Contains("step 1, uniform_(a, ", said, StringComparison.Ordinal);
        Assert.Same(plan, plan.Retarget(TorchProfile.For("2.6")));
        InitPlan reset = new("x", plan.Profile, plan.Tensors, [plan.Steps[0]], [plan.Steps[0], plan.Steps[1]]);
        said = Assert.Throws<ArgumentException>(() => reset.Retarget(TorchProfile.For("2.12"))).Message;
        Assert.StartsWith("step 2 of the reset, trunc_normal_(w, 0.0, 0.02, -2.0, 2.0), has other bits", said, StringComparison.Ordinal);
        Assert.Contains(", the plan's torch; allowed: torch 2.1 to 2.11 linux-x64 avx2.", said, StringComparison.Ordinal);
    }

    /// <summary>Every torch of the list is one for which the plan can be taken.</summary>
    [Fact]
    public void What_a_reset_draws_counts()
    {
        InitPlan plan = new("x", TorchProfile.For("2.6"), [new("w", [64])], [new UniformStep("w", -0.125, 0.125)],
            [new TruncNormalStep("w", 0, 0.02, -2, 2)]);
        Assert.Equal(["torch 2.1 to 2.11 linux-x64 avx2"], plan.SameOn());
        Assert.Equal("2.11", $"{plan.Retarget(TorchProfile.For("2.11")).Profile.Version}");
    }
}
