using TorchInit.Parity;

namespace TorchInit.Tests.Verify;

/// <summary>What is drawn and what is not are told apart in every verdict: a running mean that moved says nothing of who drew the
/// weights.</summary>
public class NotDrawnTests
{
    const string Model = "Sequential(Conv2d(3, 16, 3), BatchNorm2d(16), ReLU(), Flatten(), Linear(64, 32), LayerNorm(32))";
    const ulong Unknown = 987_654_321;

    static StateDict Draw(string expression, ulong seed, TorchProfile? profile = null)
    {
        InitPlan plan = InitPlan.Of(expression, profile);
        return plan.Materialize(new Generator(seed, plan.Profile));
    }

    /// <summary>As after a batch in training mode.</summary>
    static StateDict Used(StateDict weights)
    {
        Span<float> mean = weights["1.running_mean"].AsSpan<float>();
        for (int i = 0; i < mean.Length; i++) { mean[i] = 0.125f + (0.01f * i); }
        weights["1.running_var"].AsSpan<float>()[3] = 0.9f;
        weights["1.num_batches_tracked"].AsSpan<long>()[0] = 1;
        return weights;
    }

    static StateDict Trained(StateDict weights)
    {
        ulong state = 12345;
        foreach (TensorBuffer tensor in weights.Values.Where(tensor => tensor.DType == DType.Float32))
        {
            foreach (ref float x in tensor.AsSpan<float>())
            {
                x = (x * 1.3f) + (((state = (state * 6364136223846793005) + 1442695040888963407) >> 40) * 1e-9f);
            }
        }
        return weights;
    }

    [Theory]
    [InlineData(42UL)]
    [InlineData(null)]
    public void Buffers_that_moved_are_said_beside_the_seed(ulong? seed)
    {
        Verdict verdict = Verifier.Judge(Used(Draw(Model, 42)), new(Model), seed);
        Assert.Equal((Judgement.SameBits, Cause.None), (verdict.Judgement, verdict.Cause));
        Assert.Equal("every bit is what torch 2.15 linux-x64 avx2 draws from seed 42; "
            + "buffers changed, as they do when a model is used: 1.running_mean, 1.running_var, 1.num_batches_tracked",
            verdict.Explanation);
    }

    [Fact]
    public void A_scale_that_was_trained_is_held_against_the_seed()
    {
        StateDict weights = Used(Draw(Model, 42));
        weights["1.weight"].AsSpan<float>()[2] = 1.5f;
        Verdict verdict = Verifier.Judge(weights, new(Model), 42);
        Assert.Equal((Judgement.Deviates, Cause.NotDrawn), (verdict.Judgement, verdict.Cause));
        Assert.StartsWith("the drawn tensors: every bit is what torch 2.15 linux-x64 avx2 draws from seed 42; "
            + "not drawn, but changed since the start: 1.weight, 1.running_mean", verdict.Explanation, StringComparison.Ordinal);
        Assert.Equal("1.weight[2] is 3fc00000; torch has 3f800000", verdict.First.ToString());
    }

    [Fact]
    public void A_search_finds_the_seed_of_a_used_model()
    {
        Verdict verdict = Verifier.Search(Used(Draw(Model, 20_260)), new(Model), token: TestContext.Current.CancellationToken);
        Assert.StartsWith("every bit is what torch 2.15 linux-x64 avx2 draws from seed 20260; buffers changed, ",
            verdict.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cause_in_the_draws_is_still_named()
    {
        Verdict windows = Verifier.Judge(Used(Draw(Model, 42, TorchProfile.For("2.15", TorchPlatform.WindowsX64))), new(Model), 42);
        Assert.Equal(Judgement.Deviates, windows.Judgement);
        Assert.Contains("windows-x64", windows.Explanation, StringComparison.Ordinal);
        // A used model is right there, too: only the platform is another.
        Assert.Equal(Cause.PlatformOrCpuMode, windows.Cause);
        Assert.EndsWith("; buffers changed, as they do when a model is used: 1.running_mean, 1.running_var, 1.num_batches_tracked",
            windows.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_seed_is_not_known_the_draws_are_judged_by_their_laws()
    {
        Verdict verdict = Verifier.Judge(Used(Draw(Model, Unknown)), new(Model));
        Assert.NotEqual(Judgement.Deviates, verdict.Judgement);
        Assert.EndsWith("; buffers changed, as they do when a model is used: 1.running_mean, 1.running_var, 1.num_batches_tracked",
            verdict.Explanation, StringComparison.Ordinal);
        StateDict counted = Draw(Model, Unknown);
        counted["1.num_batches_tracked"].AsSpan<long>()[0] = 7;
        Verdict integer = Verifier.Judge(counted, new(Model));
        Assert.NotEqual(Judgement.Deviates, integer.Judgement);
        Assert.StartsWith("no test finds a deviation; ", integer.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_seed_of_some_tensors_names_them()
    {
        StateDict weights = Used(Draw(Model, 42));
        foreach (ref float x in weights["4.weight"].AsSpan<float>()) { x *= 1.01f; }
        string said = Verifier.Judge(weights, new(Model)).Explanation;
        Assert.Contains("; of the drawn tensors, 0.weight, 0.bias, 4.bias have the bits of seed 42, 4.weight has not; "
            + "not drawn, but changed since the start: 1.running_mean", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Trained_weights_are_not_too_few_values()
    {
        const string Large = "Sequential(BatchNorm1d(64), Linear(64, 768), Linear(768, 416))";
        Verdict verdict = Verifier.Search(Trained(Draw(Large, 7)), new(Large), null, ..1, null, TestContext.Current.CancellationToken);
        Assert.Equal(Judgement.Deviates, verdict.Judgement);
        Assert.StartsWith("1.weight is not U(", verdict.Explanation, StringComparison.Ordinal);
        Assert.Contains("; no stream begins with these draws: all 2³² were searched, "
            + "by the first draws of 1.weight, for any platform, and the seeds below 131,072 up to 1,024 words further on; not drawn, ",
                verdict.Explanation, StringComparison.Ordinal);
        Assert.DoesNotContain("too few", verdict.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_says_of_what()
    {
        Assert.Contains("too few random values in each tensor to judge by: weight has 6, the most",
            Verifier.Judge(Draw("Linear(2, 3)", Unknown), new("Linear(2, 3)")).Explanation, StringComparison.Ordinal);
        Assert.Equal("the elements of tensor depend on each other, and one draw is too little to judge by",
            Verifier.Judge(Draw("init.orthogonal_((64, 64))", Unknown), new("init.orthogonal_((64, 64))")).Explanation);
        StateDict small = Draw("Conv2d(1, 8, 3)", Unknown);
        foreach (ref float x in small["weight"].AsSpan<float>()) { x *= 3; }
        Assert.StartsWith("weight is not U(-0.3333, 0.3333): 72 values are too few to name a cause",
            Verifier.Judge(small, new("Conv2d(1, 8, 3)")).Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_is_drawn_no_seed_is_found()
    {
        Verdict verdict = Verifier.Judge(Draw("BatchNorm2d(16)", 3), new("BatchNorm2d(16)"));
        Assert.Equal((Judgement.SameBits,
            "every bit is what torch 2.15 linux-x64 avx2 starts with; nothing is drawn, so any seed is right"),
            (verdict.Judgement, verdict.Explanation));
    }

    [Theory]
    [InlineData("Sequential()")]
    [InlineData("init.uniform_((0, 3))")]
    public void Where_there_is_nothing_to_judge_nothing_is_judged(string expression)
        => Assert.Equal(Judgement.CannotTell, Verifier.Judge(Draw(expression, 3), new(expression), 3).Judgement);

    [Fact]
    public void What_torch_leaves_undefined_is_not_judged()
    {
        // Up to 2.11.
        TorchProfile profile = TorchProfile.For("2.6");
        Assert.Equal(Judgement.CannotTell,
            Verifier.Judge(Draw("Conv2d(0, 4, 3)", 42, profile), new("Conv2d(0, 4, 3)", DType.Float32, profile), 42).Judgement);
        const string Expression = "Sequential(Conv2d(0, 4, 3), Linear(64, 32))";
        StateDict weights = Draw(Expression, 42, profile);
        weights["0.bias"].AsSpan<float>().Fill(float.NaN);
        Verdict verdict = Verifier.Judge(weights, new(Expression, DType.Float32, profile), 42);
        Assert.Equal(Judgement.SameBits, verdict.Judgement);
        Assert.Contains("not judged, since torch leaves them undefined: elements of 0.bias", verdict.Evidence);
        Assert.True(float.IsNaN(weights["0.bias"].AsSpan<float>()[0]));
    }
}
