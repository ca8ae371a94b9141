using TorchInit.Oracle;
using TorchInit.Parity;
using TorchInit.ParityTests.Support;

namespace TorchInit.ParityTests.Verify;

/// <summary>The judge before weights that real torch draws now: it tells their seed, and what torch's other kernels did to them.</summary>
public class LiveWeightsTests(LiveTorch live)
{
    // No usual seed, and in the first chunk of the search.
    const ulong Seed = 20_260;

    public static TheoryData<string, DType> Weights => new(
        from expression in new[] { "Linear(30, 40)", "Embedding(40, 16, padding_idx=3)", "Conv2d(4, 6, 3)", "LSTM(10, 12)",
            "init.normal_((3, 4))", "Sequential(Embedding(20, 3), Linear(3, 5))" }
        from dtype in new[] { DType.Float32, DType.Float64, DType.Float16, DType.BFloat16 }
        select (expression, dtype));

    static StateDict Draw(WorkerOracle torch, string expression, DType dtype) => new TorchInitialiser(torch)
        .Draw(new(expression, InitPlan.Of(expression, LiveProfile.Of(torch.Info)), dtype, Seed)).Tensors;

    [Theory, MemberData(nameof(Weights))]
    public void The_seed_of_torchs_weights_is_found(string expression, DType dtype)
    {
        WorkerOracle torch = live.Oracle();
        DistributionCase item = new(expression, dtype, LiveProfile.Of(torch.Info));
        StateDict weights = Draw(torch, expression, dtype);
        CancellationToken token = TestContext.Current.CancellationToken;
        Assert.Equal(Judgement.SameBits, Verifier.Judge(weights, item, Seed).Judgement);
        // Normals of few bits come from many pairs of words each: that is said, and nothing guessed.
        bool fewBits = expression.StartsWith("Embedding", StringComparison.Ordinal) && (dtype is DType.Float16 or DType.BFloat16)
            && item.Plan.Profile.Normal16 == Normal16Kind.FewBits;
        Verdict verdict = Verifier.Search(weights, item, null, ..1, null, token);
        if (fewBits) { Assert.Contains("seeds were not searched", verdict.Explanation, StringComparison.Ordinal); }
        else
        {
            Assert.Equal((Judgement.SameBits, $"every bit is what {item.Plan.Profile} draws from seed {Seed}"),
                (verdict.Judgement, verdict.Explanation));
        }
    }

    [Fact]
    public void Other_kernels_and_another_era_are_told_from_torchs_weights()
    {
        const string Expression = "Sequential(Linear(30, 40), Embedding(40, 16))";
        WorkerOracle plain = live.Oracle(LiveTorch.Default);
        TorchProfile profile = LiveProfile.Of(plain.Info);
        if (profile.Platform != TorchPlatform.LinuxX64) { Assert.Skip($"{profile} has one kind of kernels"); }
        DistributionCase item = new(Expression, DType.Float32, TorchProfile.For(profile.Version.ToString()));
        Verdict verdict = Verifier.Search(Draw(plain, Expression, DType.Float32), item, null, ..1, null,
            TestContext.Current.CancellationToken);
        Assert.Equal(Judgement.Deviates, verdict.Judgement);
        Assert.True(verdict.Cause is Cause.CpuMode or Cause.PlatformOrCpuMode, $"{verdict.Cause}");
        Assert.StartsWith($"of seed {Seed}: these are the bits of {profile}", verdict.Explanation, StringComparison.Ordinal);
    }
}
