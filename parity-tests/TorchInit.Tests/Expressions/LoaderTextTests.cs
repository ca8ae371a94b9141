namespace TorchInit.Tests.Expressions;

/// <summary>DataLoaders, splits and generators of their own in texts; the numbers are those of torch 1.13.1 and 2.6.0.</summary>
public class LoaderTextTests
{
    static string Numbers(StateDict drawn) => string.Join(" | ", drawn.Select(tensor
        => $"{tensor.Key}: {string.Join(' ', tensor.Value.AsSpan<long>().ToArray())}"));

    [Theory]
    [InlineData("random_split(range(10), [3, 7], generator=torch.Generator().manual_seed(42))", "0: 2 6 1 | 1: 8 4 5 0 9 3 7")]
    [InlineData("torch.utils.data.random_split(range(10), [0.5, 0.25, 0.25], generator=torch.Generator().manual_seed(42))",
        "0: 2 6 1 8 4 5 | 1: 0 9 | 2: 3 7")]
    [InlineData("list(DataLoader(range(6), batch_size=4, shuffle=True))", "0: 0 4 3 5 | 1: 2 1")]
    [InlineData("loader = DataLoader(range(6), batch_size=4, shuffle=True)\na = list(loader)\nb = list(loader)",
        "a.0: 0 4 3 5 | a.1: 2 1 | b.0: 2 3 1 5 | b.1: 4 0")]
    [InlineData("loader = DataLoader(range(6), batch_size=4, shuffle=True)\nfor epoch in range(2):\n    a = list(loader)",
        "a.0: 2 3 1 5 | a.1: 4 0")]
    [InlineData("g = torch.Generator()\ng.manual_seed(42)\na, b = random_split(range(10), [3, 7], generator=g)",
        "a: 2 6 1 | b: 8 4 5 0 9 3 7")]
    public void Orders_are_torchs(string text, string numbers) => Assert.Equal(numbers, Numbers(InitPlan.Of(text).Materialize(0)));

    [Fact]
    public void A_generator_of_its_own_goes_on_and_takes_nothing_of_the_plans_stream()
    {
        const string Again = "torch.Generator().manual_seed(7)";
        StateDict drawn = InitPlan.Of($"g = {Again}\na = torch.randperm(9, generator=g)\nb = torch.randperm(9, generator=g)\n"
            + $"c = torch.randperm(9, generator={Again})\nx = torch.randperm(9)").Materialize(3);
        Assert.Equal(["a", "b", "c", "x"], drawn.Keys);
        long[] Of(string name) => drawn[name].AsSpan<long>().ToArray();
        Assert.Equal(Of("a"), Of("c"));
        Assert.NotEqual(Of("a"), Of("b"));
        Assert.Equal(InitPlan.Of("torch.randperm(9)").Materialize(3).Values.Single().AsSpan<long>().ToArray(), Of("x"));
    }

    [Theory]
    [InlineData("torch.rand(3, generator=torch.Generator().manual_seed(1))", typeof(NotFollowedException), "A generator argument is not followed in rand")]
    [InlineData("torch.empty(3).exponential_(generator=torch.Generator())", typeof(NotFollowedException), "exponential_")]
    [InlineData("torch.randperm(3, generator=torch.Generator(), dtype=torch.int32)", typeof(NotFollowedException), "int32")]
    [InlineData("torch.rand(3, generator=5)", typeof(TorchArgumentException), "generator is 5")]
    [InlineData("random_split(range(4), [2, 2], generator=42)", typeof(TorchArgumentException), "generator is 42")]
    [InlineData("random_split(range(4), [0.5, 0.7])", typeof(TorchArgumentException), "lengths")]
    [InlineData("DataLoader(range(4), batch_size=0)", typeof(TorchArgumentException), "batch_size")]
    [InlineData("DataLoader(range(4), batch_size=None)", typeof(NotFollowedException), "batch_size=None")]
    [InlineData("DataLoader(range(0), shuffle=True)", typeof(TorchArgumentException), "num_samples")]
    [InlineData("DataLoader(range(4), shuffle=True, sampler=RandomSampler(range(4)))", typeof(TorchArgumentException), "shuffle")]
    [InlineData("torch.Generator().manual_seed(5)", typeof(ArgumentException), "is a generator")]
    public void What_is_not_followed_is_said(string text, Type error, string said)
        => Assert.Contains(said, Assert.Throws(error, () => InitPlan.Of(text)).Message, StringComparison.Ordinal);
}
