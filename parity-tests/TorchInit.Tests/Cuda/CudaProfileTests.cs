namespace TorchInit.Tests.Cuda;

/// <summary>A device is a part of the profile: what names are known, what is refused, what versions share.</summary>
public class CudaProfileTests
{
    [Theory, InlineData("h100", 1056), InlineData("h200", 1056), InlineData("a100", 864), InlineData("t4", 160), InlineData("l4", 348),
        InlineData("rtx-4090", 768), InlineData("132x2048", 1056), InlineData("28x1536", 168)]
    public void A_GPU_is_its_blocks(string name, int blocks) => Assert.Equal(blocks, Gpu.Parse(name).Blocks);

    [Theory, InlineData("h101"), InlineData(""), InlineData("H100"), InlineData("132"), InlineData("132x"), InlineData("-1x2048"),
        InlineData("132x2048x1")]
    public void What_is_not_listed_is_refused_with_the_numbers_to_give(string name)
    {
        string message = Assert.Throws<ArgumentException>(() => Gpu.Parse(name)).Message;
        Assert.Contains($"'{name}'", message, StringComparison.Ordinal);
        Assert.Contains("multi_processor_count", message, StringComparison.Ordinal);
        Assert.Contains("max_threads_per_multi_processor", message, StringComparison.Ordinal);
    }

    [Theory, InlineData(0, 2048), InlineData(4097, 2048), InlineData(132, 255), InlineData(132, 65537), InlineData(int.MinValue, 2048)]
    public void Numbers_that_no_GPU_has_are_refused(int multiprocessors, int threads)
        => Assert.Throws<ArgumentOutOfRangeException>(() => new Gpu(multiprocessors, threads));

    [Fact]
    public void GPUs_with_the_same_numbers_are_the_same_profile()
    {
        TorchProfile profile = TorchProfile.Cuda("2.11.0+cu130", Gpu.H100Sxm);
        Assert.Equal(profile, TorchProfile.For("2.11").On("cuda:h200"));
        Assert.Equal(profile, TorchProfile.Cuda("2.11", new(132, 2048)));
        Assert.NotEqual(profile, TorchProfile.Cuda("2.11", Gpu.A100));
        Assert.NotEqual(profile, TorchProfile.For("2.11"));
        Assert.Equal(TorchProfile.For("2.11"), profile.On("cpu"));
        Assert.Equal(("torch 2.11 cuda:132x2048", "cuda:132x2048"), (profile.ToString(), profile.Device));
        Assert.Equal(["h100", "h200"], Gpu.H100Sxm.Names);
    }

    [Fact]
    public void Only_what_was_measured_was_run()
    {
        Assert.True(TorchProfile.Cuda("2.11", Gpu.H100Sxm).WasRun);
        Assert.False(TorchProfile.Cuda("2.11", Gpu.A100).WasRun);
        Assert.False(TorchProfile.Cuda("2.10", Gpu.H100Sxm).WasRun);
    }

    [Theory, InlineData("1.13", "1.13"), InlineData("2.0", "1.13"), InlineData("2.1", "2.1"), InlineData("2.3", "2.1"),
        InlineData("2.5", "2.5"), InlineData("2.6", "2.5"), InlineData("2.7", "2.7"), InlineData("2.11", "2.7"), InlineData("2.12", "2.12"),
        InlineData("2.13", "2.12")]
    public void Versions_share_draws(string version, string since)
        => Assert.Equal(Version.Parse(since), TorchProfile.Cuda(version, Gpu.H100Sxm).SameDrawsSince);

    [Theory, InlineData("2.4", "2.4 or 2.5"), InlineData("2.14", "was not read"), InlineData("2.15", "was not read")]
    public void Versions_that_are_not_known_are_refused(string version, string reason)
    {
        string message = Assert.Throws<ArgumentException>(() => TorchProfile.Cuda(version, Gpu.H100Sxm)).Message;
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.Contains("allowed: 1.13, 2.0 to 2.3, 2.5 to 2.13", message, StringComparison.Ordinal);
    }

    [Theory, InlineData("gpu"), InlineData("cuda0"), InlineData("cuda:"), InlineData("CPU"), InlineData("mps")]
    public void A_device_has_a_name(string device)
        => Assert.Contains("132x2048", Assert.Throws<ArgumentException>(() => TorchProfile.For("2.11").On(device)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_plan_keeps_its_device()
    {
        InitPlan plan = InitPlan.Of("Linear(3, 4)", TorchProfile.Cuda("2.11", new(7, 1024)) with { IsDefaultDevice = true });
        Assert.Equal(plan.Profile, PlanJson.Read(PlanJson.Write(plan)).Profile);
        Assert.Contains("\"cuda:7x1024\"", PlanJson.Write(plan), StringComparison.Ordinal);
        Assert.DoesNotContain("device", PlanJson.Write(InitPlan.Of("Linear(3, 4)")), StringComparison.Ordinal);
    }

    [Fact]
    public void Up_to_256_elements_a_block_every_GPU_draws_the_same()
    {
        float[] Drawn(Gpu gpu, int count)
        {
            float[] values = new float[count];
            Init.Normal<float>(values, new Generator(5L, TorchProfile.Cuda("2.11", gpu)));
            return values;
        }
        Gpu small = new(1, 512);
        AssertBits.Equal(Drawn(Gpu.H100Sxm, 512), Drawn(small, 512));
        Assert.NotEqual(Drawn(Gpu.H100Sxm, 513), Drawn(small, 513));
    }
}
