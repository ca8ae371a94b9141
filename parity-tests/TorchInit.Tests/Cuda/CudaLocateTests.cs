using TorchInit.Parity;

namespace TorchInit.Tests.Cuda;

/// <summary>Where weights differ from a GPU's plan, or a GPU's weights from a CPU's.</summary>
public class CudaLocateTests
{
    const string Model = "Sequential(Linear(20, 30), Linear(900, 800), Linear(30, 40))";

    static PlanLocation Locate(StateDict weights, TorchProfile profile, ulong? seed = 3)
        => PlanLocator.Of(weights, new(InitPlan.Of(Model, profile)), seed);

    static StateDict Drawn(TorchProfile profile, ulong seed = 3) => InitPlan.Of(Model, profile).Materialize(new Generator(seed, profile));

    static void Is(PlanLocation found, string tensor, Cause cause, string said)
    {
        Assert.True(cause == found.Cause, $"{found.Cause}: {found.Said}");
        Assert.Equal(tensor, found.First.Tensor);
        Assert.Contains(said, found.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void The_GPU_that_drew_is_named()
    {
        StateDict weights = Drawn(CudaVector.Profile);
        PlanLocation found = Locate(weights, TorchProfile.Cuda("2.11", Gpu.A100));
        Is(found, "1.weight", Cause.Device, "torch 2.11 on CUDA, 1056 blocks: h100, h200");
        Assert.Equal((StreamUnit.Offset, 8L), (found.Unit, found.Word));
        Is(Locate(weights, TorchProfile.Default), "0.weight", Cause.Device, "torch 2.11 on CUDA, 1056 blocks: h100, h200");
        Is(Locate(weights, TorchProfile.Default, null), "0.weight", Cause.Device, "1056 blocks");
    }

    [Fact]
    public void A_CPUs_weights_are_not_the_CPUs_other_kernels()
        => Is(Locate(Drawn(TorchProfile.For("2.11")), CudaVector.Profile), "0.weight", Cause.Device, "torch 2.11 linux-x64 avx2");

    /// <summary>More blocks than ours, or fewer.</summary>
    [Theory, InlineData(46, 1536), InlineData(190, 2048)]
    public void A_GPU_that_is_not_listed_has_a_number_of_blocks(int multiprocessors, int threads)
    {
        Gpu gpu = new(multiprocessors, threads);
        Is(Locate(Drawn(TorchProfile.Cuda("2.11", gpu)), CudaVector.Profile), "1.weight", Cause.Device, $"a GPU of {gpu.Blocks} blocks");
    }

    [Fact]
    public void Another_place_or_seed_is_named()
    {
        StateDict weights = Drawn(CudaVector.Profile);
        Is(Locate(weights, CudaVector.Profile, (1UL << 32) + 3), "0.weight", Cause.Seed, "seed 3");
        InitPlan plan = InitPlan.Of(Model, CudaVector.Profile);
        Generator generator = new(3UL, CudaVector.Profile);
        generator.Advance(12);
        Is(Locate(plan.Materialize(generator), CudaVector.Profile), "0.weight", Cause.ExtraOrMissingDraws,
            "the offset is 12 further than torch's before 0.weight");
    }

    /// <summary>Places and seeds are named only where all elements fit, not the beginning alone.</summary>
    [Theory, InlineData(12, 3), InlineData(0, 5)]
    public void The_end_of_a_tensor_counts_too(int offset, ulong seed)
    {
        InitPlan plan = InitPlan.Of(Model, CudaVector.Profile);
        Generator generator = new(seed, CudaVector.Profile);
        generator.Advance(offset);
        StateDict weights = plan.Materialize(generator);
        Assert.Contains(Locate(weights, CudaVector.Profile).Cause, (Cause[])[Cause.ExtraOrMissingDraws, Cause.Seed]);
        weights["0.weight"].AsSpan<float>()[^1] += 0.001f;
        Assert.Equal(Cause.Unknown, Locate(weights, CudaVector.Profile).Cause);
    }
}
