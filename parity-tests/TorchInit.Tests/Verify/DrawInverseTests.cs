using TorchInit.Parity;

namespace TorchInit.Tests.Verify;

/// <summary>What values say of their words is true of the words that made them, for every torch, platform and dtype; and it is enough to
/// tell one stream from all others.</summary>
public class DrawInverseTests
{
    const ulong Seed = 20_260_704;

    public static TheoryData<string, string> Profiles => new(
        from expression in new[]
        {
            "Linear(30, 40)", "Linear(2, 2)", "Conv2d(3, 4, 3)", "Embedding(40, 16)", "Embedding(20, 16, padding_idx=0)",
                "Embedding(5, 5)", "Embedding(5, 4)", "Embedding(1, 17)", "init.normal_((3, 3))", "init.normal_((90,), 3.0, 0.2)",
            "init.uniform_((64,), 5.0, 7.3)", "init.uniform_((64,), -1e-06, 1e-05)", "init.trunc_normal_((64, 64), std=0.02)",
                "LSTM(8, 16)", "MultiheadAttention(16, 4)", "Bilinear(3, 4, 5)", "Sequential(Linear(3, 4), Embedding(3, 3), Linear(4, 1))",
        }
        from version in new[] { "1.13", "2.0", "2.11", "2.12", "2.15" }
        select (expression, version));

    [Theory, MemberData(nameof(Profiles))]
    public void Words_lie_in_their_ranges(string expression, string version)
    {
        foreach (TorchPlatform platform in Enum.GetValues<TorchPlatform>())
        {
            foreach (CpuCapability cpu in Enum.GetValues<CpuCapability>())
            {
                TorchProfile profile = TorchProfile.For(version, platform, cpu);
                foreach (DType dtype in CaseTable.DTypes) { Check(expression, profile, dtype); }
            }
        }
    }

    static void Check(string expression, TorchProfile profile, DType dtype)
    {
        InitPlan plan = InitPlan.Of(expression, profile);
        StateDict drawn;
        try { drawn = plan.Materialize(new Generator(Seed, profile), dtype); }
        catch (TorchArgumentException) { return; }      // no trunc_normal_ of float16 before 2.1
        uint[] words = new uint[40_000];
        new Generator(Seed).NextWords(words);
        foreach (DrawnWords step in DrawnWords.Of(plan, drawn, dtype))
        {
            foreach (WordRange range in step.Ranges)
            {
                Assert.True(range.Holds(words[step.Start + range.Index]),
                    $"{expression} {profile} {dtype}: word {range.Index} of step {step.Step}");
                Assert.InRange(range.Share, 0, 0.5);
            }
        }
    }

    [Theory]
    [InlineData("Linear(30, 40)", DType.Float32, 1e-6)]
    [InlineData("Linear(30, 40)", DType.Float64, 1e-5)]
    [InlineData("Linear(30, 40)", DType.Float16, 0.01)]
    [InlineData("Linear(30, 40)", DType.BFloat16, 0.05)]
    [InlineData("Embedding(40, 16)", DType.Float32, 1e-5)]
    [InlineData("Embedding(40, 16)", DType.Float64, 1e-5)]
    [InlineData("Embedding(40, 16)", DType.Float16, 0.02)]
    [InlineData("Embedding(40, 16)", DType.BFloat16, 0.2)]
    public void Ranges_are_narrow(string expression, DType dtype, double share)
    {
        InitPlan plan = InitPlan.Of(expression);
        DrawnWords first = DrawnWords.Of(plan, plan.Materialize(0, dtype), dtype)[0];
        Assert.Equal(24, first.Ranges.Count);
        Assert.InRange(first.Ranges.Average(range => range.Share), 0, share);
        Assert.True(first.Share < 1e-16, $"{first.Share}");
    }

    [Theory]
    [InlineData("init.orthogonal_((8, 8))", "2.15", DType.Float32)]
    [InlineData("Embedding(40, 16)", "2.11", DType.BFloat16)]
    [InlineData("init.trunc_normal_((64, 64))", "2.15", DType.Float32)]
    public void What_cannot_be_told_is_not_told(string expression, string version, DType dtype)
    {
        DistributionCase item = new(expression, dtype, TorchProfile.For(version));
        StateDict drawn = item.Plan.Materialize(0, dtype);
        Assert.All(DrawnWords.Of(item.Plan, drawn, dtype), step => Assert.Empty(step.Ranges));
        Assert.False(SeedFinder.CanTell(drawn, item));
        Assert.Equal("weights",
            Assert.Throws<ArgumentException>(() => SeedFinder.Find(drawn, item, ..1,
            token: TestContext.Current.CancellationToken)).ParamName);
    }

    [Fact]
    public void What_is_overwritten_is_not_asked()
    {
        InitPlan plan = InitPlan.Of("Embedding(20, 16, padding_idx=0)");
        DrawnWords table = DrawnWords.Of(plan, plan.Materialize(0), DType.Float32).Single();
        Assert.All(table.Ranges, range => Assert.InRange(range.Index, 16, 47));
    }

    [Theory]
    [InlineData("Linear(30, 40)", DType.Float32)]
    [InlineData("Embedding(5, 5)", DType.Float32)]
    [InlineData("init.normal_((3, 3))", DType.Float64)]
    [InlineData("LSTM(8, 16)", DType.BFloat16)]
    public void A_seed_is_found_from_weights_of_any_platform(string expression, DType dtype)
    {
        TorchProfile windows = TorchProfile.For("2.15", TorchPlatform.WindowsX64, CpuCapability.Default);
        StateDict drawn = InitPlan.Of(expression, windows).Materialize(new Generator(Seed, windows), dtype);
        int chunk = (int)(Seed / SeedSearch.Chunk);
        Assert.Equal((uint)Seed,
            SeedFinder.Find(drawn, new(expression, dtype), chunk..(chunk + 1), token: TestContext.Current.CancellationToken));
    }
}
