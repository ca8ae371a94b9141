namespace TorchInit.Tests.Cuda;

/// <summary>Which generator draws, and from which seed: torch.cuda.manual_seed, generator= and samplers.</summary>
public class CudaSeedTests
{
    [Theory]
    [InlineData("torch.cuda.manual_seed_all(3)\nx = torch.randn(3, device='cuda')", 3ul)]
    [InlineData("torch.cuda.manual_seed(3)\nx = torch.empty(3).cuda()\nx.normal_()", 3ul)]
    [InlineData("torch.cuda.random.manual_seed(seed=3)\nx = torch.randn(3, device='cuda')", 3ul)]
    [InlineData("torch.manual_seed(3)\nx = torch.randn(3, device='cuda')", 3ul)]
    [InlineData("torch.manual_seed(5)\ntorch.cuda.manual_seed(3)\nx = torch.randn(3, device='cuda')", 3ul)]
    [InlineData("torch.cuda.manual_seed(5)\ntorch.manual_seed(3)\nx = torch.randn(3, device='cuda')", 3ul)]
    [InlineData("torch.manual_seed(3)\ntorch.cuda.manual_seed(5)\nx = torch.randn(3, device='cuda:1')", 3ul)]
    [InlineData("torch.manual_seed(5)\ntorch.cuda.manual_seed_all(3)\nx = torch.randn(3, device='cuda:1')", 3ul)]
    public void A_GPUs_draws_begin_at_the_GPUs_seed(string text, ulong seed)
    {
        TorchProgram program = TorchProgram.Parse(text);
        Assert.Equal(seed, program.Seed);
        Assert.Equal(0.4263f, program.Materialize().Values.First().AsSpan<float>()[0], 4);
    }

    [Theory]
    [InlineData("torch.cuda.manual_seed(3)\nx = torch.randn(3)", null)]
    [InlineData("torch.manual_seed(5)\ntorch.cuda.manual_seed_all(3)\nx = torch.randn(3)", 5ul)]
    [InlineData("torch.manual_seed(5)\nx = torch.randn(3)\ntorch.cuda.manual_seed_all(3)", 5ul)]
    public void The_CPUs_draws_do_not(string text, ulong? seed) => Assert.Equal(seed, TorchProgram.Parse(text).Seed);

    [Fact]
    public void With_a_profile_the_profiles_generator_counts()
    {
        TorchProgram program = TorchProgram.Parse("torch.manual_seed(5)\ntorch.cuda.manual_seed(3)\nx = torch.randn(3)");
        Assert.Equal(5ul, program.Seed);
        Assert.Equal(0.4263f, program.Materialize(TorchProfile.Cuda("2.11", Gpu.H100Sxm)).Values.First().AsSpan<float>()[0], 4);
    }

    [Theory]
    [InlineData("x = torch.randn(3, device='cuda')\ntorch.cuda.manual_seed(3)", "torch.cuda.manual_seed after its first module or tensor")]
    [InlineData("torch.manual_seed(1)\ntorch.cuda.manual_seed(3)\nx = torch.empty(4, 3, device='cuda')\nnn.init.sparse_(x, 0.5)",
        "the text seeds them differently")]
    public void A_seed_that_no_generator_can_have_is_refused(string text, string because)
        => Assert.Contains(because, Assert.ThrowsAny<Exception>(() => InitPlan.Of(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("torch.randperm(5, device='cuda', generator=torch.Generator().manual_seed(5))", "cuda", "cpu")]
    [InlineData("torch.randint(9, (5,), device='cuda', generator=torch.Generator())", "cuda", "cpu")]
    [InlineData("torch.randperm(5, generator=torch.Generator('cuda').manual_seed(5))", "cpu", "cuda")]
    [InlineData("torch.randint(9, (5,), generator=torch.Generator(device='cuda'))", "cpu", "cuda")]
    [InlineData("random_split(range(4), [2, 2], generator=torch.Generator('cuda'))", "cpu", "cuda")]
    [InlineData("RandomSampler(range(4), generator=torch.Generator('cuda'))", "cpu", "cuda")]
    [InlineData("SubsetRandomSampler(range(4), generator=torch.Generator('cuda'))", "cpu", "cuda")]
    [InlineData("WeightedRandomSampler([1, 2], 2, generator=torch.Generator('cuda'))", "cpu", "cuda")]
    [InlineData("list(DataLoader(range(4), shuffle=True, generator=torch.Generator('cuda')))", "cpu", "cuda")]
    [InlineData("list(DataLoader(range(4), generator=torch.Generator('cuda:1')))", "cpu", "cuda")]
    public void A_generator_of_another_device_is_refused_as_by_torch(string text, string expected, string found)
    {
        TorchArgumentException error = Assert.Throws<TorchArgumentException>(() => InitPlan.Of(text));
        Assert.Equal(("RuntimeError", $"Expected a '{expected}' device type for generator but found '{found}'"),
            (error.TorchKind, error.TorchMessage));
    }

    [Theory]
    [InlineData("torch.randperm(5, device='cuda', generator=torch.Generator('cuda').manual_seed(5))")]
    [InlineData("g = torch.Generator(device='cuda')\ng.manual_seed(5)\nx = torch.randperm(5, device='cuda', generator=g)")]
    public void A_GPUs_own_generator_draws_there(string text)
    {
        long[] expected = new long[5];
        TorchInit.Draws.RandPerm(expected, new Generator(5, TorchProfile.Cuda("2.11", Gpu.H100Sxm)));
        Assert.Equal(expected, InitPlan.Of(text).Materialize(0).Values.Single().AsSpan<long>().ToArray());
    }

    /// <summary>With the GPU as torch's default device, samplers that make or take a CPU generator raise.</summary>
    [Theory]
    [InlineData("list(DataLoader(range(10), batch_size=4, shuffle=True))")]
    [InlineData("loader = DataLoader(range(10), shuffle=True)\na = list(loader)")]
    [InlineData("RandomSampler(range(4))")]
    [InlineData("RandomSampler(range(4), replacement=True)")]
    [InlineData("list(DataLoader(range(4), sampler=RandomSampler(range(4))))")]
    [InlineData("random_split(range(10), [3, 7])")]
    [InlineData("random_split(range(10), [3, 7], generator=torch.Generator().manual_seed(1))")]
    public void A_samplers_CPU_generator_does_not_draw_on_a_GPU(string text)
    {
        TorchArgumentException error = Assert.Throws<TorchArgumentException>(() => InitPlan.Of(text, CudaVector.Profile));
        Assert.Equal("RuntimeError", error.TorchKind);
        Assert.Equal("Expected a 'cuda' device type for generator but found 'cpu'", error.TorchMessage);
        Assert.Contains("torch.Generator('cuda')", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Samplers_refuse_the_same()
    {
        Generator generator = new(1, CudaVector.Profile);
        foreach (Action call in (Action[])[() => Samplers.Random(5, generator), () => Samplers.Split([2, 3], generator),
            () => Samplers.ShuffledEpoch(5, generator)])
        {
            TorchArgumentException error = Assert.Throws<TorchArgumentException>(call);
            Assert.Contains("a CPU's generator, or ", error.Message, StringComparison.Ordinal);
        }
        Assert.Equal(0ul, generator.Offset);
        Assert.Equal(5, Samplers.RandomWithGenerator(5, generator).Length);
    }

    /// <summary>Where torch draws from the GPU's generator, so do the samplers here.</summary>
    [Fact]
    public void The_other_samplers_draw_on_a_GPU()
    {
        long[] expected = new long[7];
        TorchInit.Draws.RandPerm(expected, new Generator(3, CudaVector.Profile));
        foreach (string text in (string[])["SubsetRandomSampler(range(7))",
            "random_split(range(7), [7], generator=torch.Generator('cuda').manual_seed(3))"])
        {
            Assert.Equal(expected, InitPlan.Of(text, CudaVector.Profile).Materialize(3).Values.Single().AsSpan<long>().ToArray());
        }
    }
}
