using TorchInit.Parity;

namespace TorchInit.Tests.Cuda;

/// <summary>Whose weights: of a GPU, of which, from which seed.</summary>
public class CudaVerifyTests
{
    static StateDict Drawn(string expression, TorchProfile profile, ulong seed, DType dtype = DType.Float32)
        => InitPlan.Of(expression, profile).Materialize(new Generator(seed, profile), dtype);

    [Theory, InlineData("Linear(3, 4)", "any GPU"), InlineData("init.trunc_normal_((20, 30))", "any GPU of 3 blocks or more"),
        InlineData("Linear(500, 450)", "any GPU of 879 blocks or more: h100, h200, h100-pcie, rtx-5090"),
        InlineData("Embedding(900, 800)", "1056 blocks: h100, h200")]
    public void A_GPUs_weights_are_named(string expression, string device)
    {
        StateDict weights = Drawn(expression, CudaVector.Profile, 77);
        Verdict cpu = Verifier.Judge(weights, new(expression, DType.Float32, TorchProfile.For("2.11")));
        Assert.Equal((Judgement.Deviates, Cause.Device), (cpu.Judgement, cpu.Cause));
        Assert.Contains("of seed 77", cpu.Explanation, StringComparison.Ordinal);
        Assert.Contains($"CUDA, {device}", cpu.Explanation, StringComparison.Ordinal);
        Verdict gpu = Verifier.Judge(weights, new(expression, DType.Float32, CudaVector.Profile));
        Assert.Equal(Judgement.SameBits, gpu.Judgement);
        Assert.Contains($"from seed 77 (CUDA, {device})", gpu.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_GPU_is_told_from_this_one()
    {
        const string expression = "Linear(900, 800)";
        StateDict weights = Drawn(expression, TorchProfile.Cuda("2.11", Gpu.T4), 3);
        Verdict verdict = Verifier.Judge(weights, new(expression, DType.Float32, CudaVector.Profile), 3);
        Assert.Equal((Judgement.Deviates, Cause.Device), (verdict.Judgement, verdict.Cause));
        Assert.Contains("160 blocks: t4", verdict.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_CPUs_weights_are_not_a_GPUs()
    {
        StateDict weights = Drawn("Linear(30, 40)", TorchProfile.For("2.11"), 5);
        Verdict verdict = Verifier.Judge(weights, new("Linear(30, 40)", DType.Float32, CudaVector.Profile));
        Assert.Equal((Judgement.Deviates, Cause.Device), (verdict.Judgement, verdict.Cause));
        Assert.Contains("torch 2.11 linux-x64 avx2", verdict.Explanation, StringComparison.Ordinal);
    }

    /// <summary>No search of 2⁶⁴ seeds: what was tried is said.</summary>
    [Fact]
    public void All_seeds_of_a_GPU_are_out_of_reach()
    {
        StateDict weights = Drawn("Linear(30, 40)", CudaVector.Profile, 0x123456789ABCDEF);
        DistributionCase item = new("Linear(30, 40)", DType.Float32, CudaVector.Profile);
        Verdict verdict = Verifier.Search(weights, item);
        Assert.Equal(Judgement.SameDistribution, verdict.Judgement);
        Assert.Contains("2⁶⁴", verdict.Explanation, StringComparison.Ordinal);
        Assert.Contains("0 to 1023", verdict.Explanation, StringComparison.Ordinal);
        Assert.False(SeedFinder.CanTell(weights, item));
        Assert.Equal(Judgement.SameBits, Verifier.Judge(weights, item, 0x123456789ABCDEF).Judgement);
    }

    /// <summary>Every law of a CPU's fills is one of a GPU's too.</summary>
    [Theory, InlineData("uniform_((200000,), -0.3, 0.41)"), InlineData("normal_((200000,), 0.1, 0.7)"),
        InlineData("init.trunc_normal_((200000,))"), InlineData("init.xavier_uniform_((400, 500))")]
    public void A_GPUs_draws_keep_their_laws(string expression)
    {
        foreach (DType dtype in (DType[])[DType.Float32, DType.Float64, DType.Float16, DType.BFloat16])
        {
            StateDict weights = Drawn(expression, CudaVector.Profile, 0x123456789ABCDEF, dtype);
            Verdict verdict = Verifier.Judge(weights, new(expression, dtype, CudaVector.Profile));
            Assert.True(verdict.Judgement == Judgement.SameDistribution, $"{dtype}: {verdict.Explanation}");
        }
    }
}
