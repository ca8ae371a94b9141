namespace TorchInit.Tests.Generators;

/// <summary>A seed is found by its words, wherever it is, and by nothing else.</summary>
public class SeedSearchTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    static WordRange[] Exactly(uint seed, params int[] indices)
    {
        Generator generator = new((ulong)seed);
        uint[] words = new uint[700];
        generator.NextWords(words);
        return [.. indices.Select(index => new WordRange(index, (1u << 24) - 1, words[index] & ((1u << 24) - 1), 0))];
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(SeedSearch.Chunk - 1)]
    [InlineData(3_000_000_019u)]
    [InlineData(uint.MaxValue)]
    public void A_seed_is_found_in_its_chunk_and_in_no_other(uint seed)
    {
        int chunk = (int)(seed / SeedSearch.Chunk);
        WordRange[] ranges = Exactly(seed, 3, 226, 650);
        Assert.Equal(seed, SeedSearch.Find(ranges, chunk..(chunk + 1), token: Token));
        int other = chunk == 0 ? 1 : chunk - 1;
        int calls = 0;
        Assert.Null(SeedSearch.Find(ranges, other..(other + 1), done: () => Interlocked.Increment(ref calls), token: Token));
        Assert.Equal(1, calls);
        Assert.True(SeedSearch.Fits(seed, ranges));
        Assert.False(SeedSearch.Fits(seed + 1, ranges));
    }

    [Fact]
    public void Words_that_were_twisted_twice_need_an_early_one()
        => Assert.Contains("below 227",
            Assert.Throws<ArgumentException>(() => SeedSearch.Find(Exactly(1, 227, 400), ..1, token: Token)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void All_chunks_are_all_seeds() => Assert.Equal(1L << 32, (long)SeedSearch.Chunk * SeedSearch.Chunks);

    [Fact]
    public void A_search_can_be_ended()
    {
        using CancellationTokenSource source = new();
        Assert.ThrowsAny<OperationCanceledException>(() => SeedSearch.Find(Exactly(uint.MaxValue, 0, 1, 2), done: source.Cancel,
            token: source.Token));
    }

    /// <summary>A seed whose words stand some places later than where they were looked for, the least of several.</summary>
    [Theory]
    [InlineData(7u, 1, 1)]
    [InlineData(7u, 40, 40)]
    [InlineData(4095u, 3, 40)]
    [InlineData(4096u, 3, 40)]
    [InlineData(9_999u, 40, 40)]
    public void A_seed_is_found_late(uint seed, int late, int most)
    {
        WordRange[] ranges = [.. Exactly(seed, 3 + late, 226 + late, 640).Select(range => range with { Index = range.Index - late })];
        Assert.Equal(seed, SeedSearch.FindLate([3, 5, seed, seed + 1], ranges, most));
        Assert.Null(SeedSearch.FindLate([3, 5, seed + 1], ranges, most));
        Assert.Null(SeedSearch.FindLate([seed], ranges, late - 1));
        Assert.Equal(seed, SeedSearch.FindLate(10_000, ranges, most, Token));
        Assert.Null(SeedSearch.FindLate((int)seed, ranges, most, Token));
    }

    [Fact]
    public void Words_that_are_not_late_are_not_found_late()
        => Assert.Null(SeedSearch.FindLate([7], Exactly(7, 3, 226, 640), 40));

    [Fact]
    public void The_least_seed_that_fits_is_found_late()
        => Assert.Equal(0u, SeedSearch.FindLate(10_000, [new WordRange(0, 0, 0, 0)], 1, Token));
}
