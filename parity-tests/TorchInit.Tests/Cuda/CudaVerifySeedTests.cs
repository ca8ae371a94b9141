using TorchInit.Parity;

namespace TorchInit.Tests.Cuda;

/// <summary>From which seed, version and place of the stream a GPU's weights are.</summary>
public class CudaVerifySeedTests
{
    static StateDict Drawn(string expression, TorchProfile profile, ulong seed, DType dtype = DType.Float32, long late = 0)
    {
        Generator generator = new(seed, profile);
        generator.Advance(late);
        return InitPlan.Of(expression, profile).Materialize(generator, dtype);
    }

    static Verdict Judge(StateDict weights, string expression, TorchProfile profile, ulong? seed = null, DType dtype = DType.Float32)
        => Verifier.Judge(weights, new(expression, dtype, profile), seed);

    static void Is(Verdict verdict, Cause cause, params string[] said)
    {
        Assert.True((verdict.Judgement, verdict.Cause) == (Judgement.Deviates, cause), $"{verdict.Cause}: {verdict.Explanation}");
        Assert.All(said, part => Assert.Contains(part, verdict.Explanation, StringComparison.Ordinal));
    }

    [Fact]
    public void All_64_bits_of_a_seed_count()
        => Is(Judge(Drawn("Linear(600, 300)", CudaVector.Profile, 42), "Linear(600, 300)", CudaVector.Profile, (1UL << 32) + 42),
            Cause.Seed, "these are the bits of seed 42");

    [Theory]
    [InlineData("2.11", "2.13", "init.trunc_normal_((300, 300))")]
    [InlineData("2.13", "2.11", "init.trunc_normal_((300, 300))")]
    public void Another_version_on_the_same_GPU_is_an_era(string drawn, string expected, string expression)
        => Is(Judge(Drawn(expression, TorchProfile.Cuda(drawn, Gpu.H100Sxm), 7), expression, TorchProfile.Cuda(expected, Gpu.H100Sxm), 7),
            Cause.Era, $"torch {drawn} on CUDA", $"not of torch {expected}");

    /// <summary>After a float64 fill of more than 512 · blocks elements, the offset tells the versions apart.</summary>
    [Theory, InlineData("2.3", "2.3"), InlineData("2.1", "2.3"), InlineData("2.6", "2.11")]
    public void Versions_2_1_to_2_3_are_tried(string drawn, string named)
    {
        const string expression = "Sequential(Linear(1000, 900), Linear(3, 4))";
        StateDict weights = Drawn(expression, TorchProfile.Cuda(drawn, Gpu.H100Sxm), 7, DType.Float64);
        Is(Judge(weights, expression, TorchProfile.For("2.11"), 7, DType.Float64), Cause.Device, $"torch {named} on CUDA");
    }

    /// <summary>Which elements were drawn again is not known; the others tell the seed.</summary>
    [Theory]
    [InlineData("init.trunc_normal_((300, 300))"), InlineData("init.trunc_normal_((300, 300), a=-0.2, b=0.3)")]
    [InlineData("init.trunc_normal_((5, 4))")]
    public void A_usual_seed_of_a_rejection_is_found(string expression)
    {
        foreach (TorchProfile profile in (TorchProfile[])[TorchProfile.Cuda("2.13", Gpu.H100Sxm), TorchProfile.For("2.15")])
        {
            foreach (DType dtype in (DType[])[DType.Float32, DType.Float64, DType.BFloat16])
            {
                Verdict verdict = Judge(Drawn(expression, profile, 42, dtype), expression, profile, null, dtype);
                Assert.True(verdict.Judgement == Judgement.SameBits, $"{profile} {dtype}: {verdict.Explanation}");
                Assert.Contains("from seed 42", verdict.Explanation, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_rejection_of_another_version_is_found()
    {
        const string expression = "init.trunc_normal_((300, 300))";
        Is(Judge(Drawn(expression, TorchProfile.For("2.13"), 42), expression, TorchProfile.For("2.11")), Cause.Era, "of seed 42");
        Is(Judge(Drawn(expression, TorchProfile.Cuda("2.13", Gpu.H100Sxm), 42), expression, TorchProfile.Default), Cause.Device,
            "of seed 42", "torch 2.13 on CUDA");
    }

    [Fact]
    public void A_rejection_later_in_its_stream_is_found()
    {
        const string expression = "init.trunc_normal_((300, 300))";
        Is(Judge(Drawn(expression, TorchProfile.Default, 42, late: 77), expression, TorchProfile.Default), Cause.ExtraOrMissingDraws,
            "of seed 42: 77 words of the generator taken that torch does not take before");
        TorchProfile gpu = TorchProfile.Cuda("2.13", Gpu.H100Sxm);
        Is(Judge(Drawn(expression, gpu, 42, late: 1024), expression, gpu, 42), Cause.ExtraOrMissingDraws,
            "the offset is 1,024 further than torch's before");
    }

    [Fact]
    public void Draws_that_begin_later_in_a_GPUs_stream_are_found()
    {
        StateDict weights = Drawn("Linear(300, 400)", CudaVector.Profile, 77, late: 640);
        Is(Judge(weights, "Linear(300, 400)", CudaVector.Profile), Cause.ExtraOrMissingDraws,
            "of seed 77: the offset is 640 further than torch's before weight");
        Is(Judge(weights, "Linear(300, 400)", TorchProfile.Default), Cause.ExtraOrMissingDraws, "the offset is 640 further",
            "torch 2.11 on CUDA");
        weights = Drawn("Linear(300, 400)", CudaVector.Profile, 77, late: 1028);
        Assert.Equal(Judgement.SameDistribution, Judge(weights, "Linear(300, 400)", CudaVector.Profile).Judgement);
    }

    [Fact]
    public void A_permutation_of_a_GPU_is_found()
        => Is(Judge(Drawn("randperm(1000)", CudaVector.Profile, 5), "randperm(1000)", TorchProfile.Default), Cause.Device, "of seed 5",
            "torch 2.11 on CUDA");

    [Theory, InlineData("init.sparse_((40, 7), 0.25)"), InlineData("init.sparse_((400, 70), 0.25)")]
    public void The_other_default_device_is_named(string expression)
    {
        TorchProfile host = CudaVector.Profile with { IsDefaultDevice = false }, device = host with { IsDefaultDevice = true };
        Is(Judge(Drawn(expression, device, 5), expression, host), Cause.Device, "of seed 5", "took its permutations from the GPU");
        Is(Judge(Drawn(expression, host, 5), expression, device), Cause.Device, "of seed 5", "took its permutations from the CPU");
        Is(Judge(Drawn(expression, device, 5), expression, TorchProfile.Default), Cause.Device, "of seed 5", "from the GPU");
    }

    /// <summary>A GPU of one block draws other numbers than all others from element 256 on.</summary>
    [Fact]
    public void A_small_GPU_is_not_any_GPU()
    {
        TorchProfile small = TorchProfile.Cuda("2.11", new Gpu(1, 256));
        Verdict own = Judge(Drawn("Linear(30, 40)", small, 3), "Linear(30, 40)", small);
        Assert.Equal(Judgement.SameBits, own.Judgement);
        Assert.Contains("(CUDA, 1 block: 1x256)", own.Explanation, StringComparison.Ordinal);
        Is(Judge(Drawn("Linear(30, 40)", CudaVector.Profile, 3), "Linear(30, 40)", small), Cause.Device,
            "on CUDA, any GPU of 5 blocks or more; not of torch 2.11 cuda:1x256");
    }

    [Theory, InlineData(""), InlineData(", device='cuda:0'")]
    public void Printed_numbers_of_a_GPU_are_found(string device)
    {
        float[] numbers = Drawn("Embedding(6, 3)", CudaVector.Profile, 123)["weight"].AsSpan<float>().ToArray();
        string rows = string.Join(", ", numbers.Chunk(3).Select(row => $"[{string.Join(", ", row.Select(Printed))}]"));
        string text = $"tensor([{rows}]{device})";
        foreach (ulong? seed in (ulong?[])[null, 123])
        {
            Verdict verdict = PrintedJudge.Judge(text, "text", new("Embedding(6, 3)"), seed);
            Assert.Contains("seed 123, printed to 4 decimals (torch 2.11 on CUDA, any GPU)", verdict.Explanation, StringComparison.Ordinal);
            Assert.Equal(device.Length > 0 ? (Judgement.SameDigits, Cause.None) : (Judgement.Deviates, Cause.Device),
                (verdict.Judgement, verdict.Cause));
        }

        static string Printed(float value) => value.ToString("0.0000", System.Globalization.CultureInfo.InvariantCulture);
    }
}
