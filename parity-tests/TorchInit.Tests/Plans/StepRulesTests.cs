namespace TorchInit.Tests.Plans;

/// <summary>Which rules decide a step's bits, and what a torch answers to each.</summary>
public class StepRulesTests
{
    static readonly TorchProfile s_wheel = TorchProfile.For("2.6");

    static RuleKind Of(InitStep step, DType dtype = DType.Float32, TorchProfile? profile = null)
        => StepRules.Of(new InitPlan("x", profile ?? s_wheel, [new("w", [4, 8]), new("v", [8])], [step]).Placed[0], dtype,
            profile ?? s_wheel);

    [Fact]
    public void Kinds()
    {
        foreach (InitStep none in (InitStep[])[new FillStep("w", 1), new CopyStep("w", "w"), new RandPermStep("v"),
            new DataStep("v", new double[8]), new EyeStep("w"), new ScalarStep("w", ScalarOperation.Mul, 2), new ClampStep("w", 0),
            new CombineStep("w", ScalarOperation.Mul, "w")])
        {
            Assert.Equal(RuleKind.None, Of(none));
            Assert.Equal(RuleKind.Version, Of(none, profile: TorchProfile.Cuda("2.6", new(1, 256))));
        }
        Assert.Equal(RuleKind.NormalBlocks32, Of(new NormalStep("w", 0, 1)));
        Assert.Equal(RuleKind.NormalBlocks64, Of(new NormalStep("w", 0, 1), DType.Float64));
        Assert.Equal(RuleKind.NormalPairs, Of(new NormalStep("v", 0, 1)));
        Assert.Equal(RuleKind.NormalPairs, Of(new NormalStep(new("w", 0, [4, 4], [8, 2]), 0, 1)));
        Assert.Equal(RuleKind.Span, Of(new TruncNormalStep("w", 0, 1, -2, 2)));
        Assert.Equal(RuleKind.Span, Of(new OrthogonalStep("w", 1)));
        Assert.Equal(RuleKind.Version, Of(new CauchyStep("w", 0, 1)));
        Assert.Equal(RuleKind.SpanOf16Bits, Of(new UniformStep("w", 0, 1), DType.Float16));
        Assert.Equal(RuleKind.SpanOf16Bits, Of(new NormalStep("w", 0, 1), DType.BFloat16));
        Assert.Equal(RuleKind.Version, Of(new EyeStep("w"), DType.BFloat16));
        Assert.Equal(RuleKind.Version, Of(new OrthogonalStep("w", 1), DType.Float16));
        Assert.Equal(RuleKind.Version, Of(new CauchyStep("w", 0, 1), DType.Float16));
        Assert.Equal(RuleKind.None, Of(new FillStep("w", 1), DType.Float16));
    }

    [Theory]
    [InlineData(DType.Float32, 0, 1, false), InlineData(DType.Float32, -0.125, 0.125, false), InlineData(DType.Float32, 1, 1.0000001, true)]
    [InlineData(DType.Float32, 0.5, 1, true), InlineData(DType.Float32, -1e-40, 1e-40, true), InlineData(DType.Float32, 3, 3, true)]
    [InlineData(DType.Float64, 0, 1, false), InlineData(DType.Float64, -0.125, 0.125, false), InlineData(DType.Float64, 3, 3, true)]
    [InlineData(DType.Float64, 1, 1.0000000000000002, true), InlineData(DType.Float64, 2, 3, true), InlineData(DType.Int64, 0, 1, true)]
    [InlineData(DType.Float64, 0.5, 1, true), InlineData(DType.Float64, -3, 0.5, false)]
    public void Whether_a_uniform_can_be_its_end(DType dtype, double from, double to, bool reaches)
    {
        InitPlan plan = new("x", s_wheel, [new("w", [4], DType: dtype)], [new UniformStep("w", from, to)]);
        Assert.Equal(reaches ? RuleKind.UniformToItsEnd : RuleKind.Uniform, StepRules.Of(plan.Placed[0], DType.Float32, s_wheel));
    }

    [Fact]
    public void Answers()
    {
        TorchProfile windows = TorchProfile.For("2.13", TorchPlatform.WindowsX64);
        TorchProfile plain = TorchProfile.For("2.13", cpu: CpuCapability.Default);
        Assert.Equal("cpu ", StepRules.Answer(RuleKind.None, s_wheel));
        Assert.Equal("cpu  True", StepRules.Answer(RuleKind.Uniform, s_wheel));
        Assert.Equal("cpu  True False", StepRules.Answer(RuleKind.UniformToItsEnd, s_wheel));
        Assert.Equal("cpu  False True", StepRules.Answer(RuleKind.UniformToItsEnd, windows));
        Assert.Equal("cpu  FusedPolynomial True ", StepRules.Answer(RuleKind.NormalBlocks32, s_wheel));
        Assert.Equal("cpu  Libm True glibc", StepRules.Answer(RuleKind.NormalBlocks32, plain));
        Assert.Equal("cpu  True windows-x64", StepRules.Answer(RuleKind.NormalBlocks64, windows));
        Assert.Equal("cpu  False windows-x64",
            StepRules.Answer(RuleKind.NormalBlocks64, TorchProfile.For("2.6", TorchPlatform.WindowsX64)));
        Assert.Equal("cpu  True glibc", StepRules.Answer(RuleKind.NormalBlocks64, plain));
        Assert.Equal("cpu  True True glibc", StepRules.Answer(RuleKind.NormalPairs, s_wheel));
        Assert.Equal("cpu  2.1 LinuxX64 Avx2 Vendor Vendor True", StepRules.Answer(RuleKind.Span, s_wheel));
        Assert.Equal("cpu  2.1 LinuxX64 Avx2 Vendor Vendor True False", StepRules.Answer(RuleKind.SpanOf16Bits, s_wheel));
        Assert.Equal("2.6 cpu  LinuxX64 Avx2 Vendor Vendor", StepRules.Answer(RuleKind.Version, s_wheel));
        TorchProfile gpu = TorchProfile.Cuda("2.6", new(1, 256)) with { IsDefaultDevice = true };
        Assert.Equal("cuda:1x256 True", StepRules.Answer(RuleKind.None, gpu));
    }

    /// <summary>What a step would refuse when it runs, asked before.</summary>
    [Fact]
    public void A_check_in_every_dtype()
    {
        foreach (DType dtype in Enum.GetValues<DType>())
        {
            InitStep refused = dtype == DType.Bool ? new UnaryStep("w", UnaryOperation.Neg)
                : dtype.IsFloatingPoint() ? new UniformStep("w", 1, 0) : new DataStep("w", [double.NaN]);
            InitPlan plan = new("x", s_wheel, [new("w", [1], DType: dtype)], [refused, new FillStep("w", 1)]);
            StepContext context = new(new Generator(1L, s_wheel), plan.Allocate(DType.Float32));
            Assert.ThrowsAny<ArgumentException>(() => context.Check(plan.Placed[0]));
            context.Check(plan.Placed[1]);
            Assert.ThrowsAny<ArgumentException>(() => context.Run(plan.Placed[0]));
        }
    }

    [Fact]
    public void A_watch_that_nobody_needs_is_none()
    {
        InitPlan plan = new("x", s_wheel, [new("w", [4])], [new FillStep("w", 1)]);
        using CancellationTokenSource source = new();
        Assert.Same(RunWatch.None, RunWatch.Of(plan, null, CancellationToken.None));
        Assert.False(RunWatch.None.IsWatching);
        Assert.True(RunWatch.Of(plan, null, source.Token).IsWatching);
        Assert.True(RunWatch.Of(plan, new Progress<(long, long)>(), CancellationToken.None).IsWatching);
    }

    [Fact]
    public void Lists_that_are_equal()
    {
        long[] numbers = [1, 2];
        Assert.True(Sequences.Equal<long>(null, null));
        Assert.True(Sequences.Equal(numbers, new List<long>(numbers)));
        Assert.False(Sequences.Equal(numbers, null));
        Assert.False(Sequences.Equal(null, numbers));
        Assert.False(Sequences.Equal<long>([], null));
        Assert.False(Sequences.Equal(numbers, [1]));
        Assert.Equal(Sequences.Hash(numbers), Sequences.Hash(new List<long>(numbers)));
        Assert.NotEqual(Sequences.Hash(numbers), Sequences.Hash<long>([2, 1]));
        Assert.Equal(Sequences.Hash<long>(null), Sequences.Hash<long>([]));
    }
}
