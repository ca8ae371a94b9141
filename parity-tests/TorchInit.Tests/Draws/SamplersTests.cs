namespace TorchInit.Tests.Draws;

public class SamplersTests
{
    static Generator New() => new(3L);

    /// <summary>torch: a seed by random_() of an int64, then a generator of its own, whose last permutation is drawn even where nothing of
    /// it is taken.</summary>
    [Fact]
    public void A_sampler_without_generator_draws_from_one_of_its_own()
    {
        Generator outer = New(), given = New();
        long seed = (long)(given.NextUInt64() % (1UL << 63));
        Generator own = new(seed);
        long[] permutation = new long[10];
        TorchInit.Draws.RandPerm(permutation, own);
        Assert.Equal(permutation, Samplers.Random(10, outer));
        Assert.Equal(given.GetState(), outer.GetState());
    }

    [Fact]
    public void A_sampler_with_a_generator_draws_from_it()
    {
        Generator generator = New(), words = New();
        long[] order = Samplers.RandomWithGenerator(10, generator);
        words.Advance(2 * 9);
        Assert.Equal(words.GetState(), generator.GetState());
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)i), order.Order());
    }

    [Fact]
    public void With_replacement_indices_come_32_at_a_time()
    {
        Generator generator = New(), words = New();
        long[] order = Samplers.RandomWithGenerator(10, generator, replacement: true, samples: 70);
        foreach (long index in order) { Assert.Equal(words.NextUInt32() % 10, index); }
        Assert.Equal(words.GetState(), generator.GetState());
    }

    [Fact]
    public void More_samples_than_items_are_further_permutations()
    {
        long[] order = Samplers.RandomWithGenerator(4, New(), samples: 10);
        Assert.Equal([0L, 1, 2, 3], order[..4].Order());
        Assert.Equal([0L, 1, 2, 3], order[4..8].Order());
        Assert.Equal(2, order[8..].Distinct().Count());
    }

    [Fact]
    public void A_split_cuts_one_permutation()
    {
        long[][] parts = Samplers.Split([3, 0, 7], New());
        long[] whole = new long[10];
        TorchInit.Draws.RandPerm(whole, New());
        Assert.Equal([3, 0, 7], parts.Select(part => part.Length));
        Assert.Equal(whole, parts.SelectMany(part => part));
    }

    [Fact]
    public void A_subset_is_permuted()
        => Assert.Equal([10L, 20, 30], Samplers.SubsetRandom([10, 20, 30], New()).Order());

    [Fact]
    public void An_epoch_draws_the_base_seed_first()
    {
        Generator generator = New(), words = New();
        (long seed, long[] order) = Samplers.ShuffledEpoch(5, generator);
        Assert.Equal((long)(words.NextUInt64() % (1UL << 63)), seed);
        Assert.Equal(Samplers.Random(5, words), order);
        Assert.Equal(seed + 2, Samplers.WorkerSeed(seed, 2));
        Assert.Equal(long.MinValue, Samplers.WorkerSeed(long.MaxValue, 1));
    }

    [Fact]
    public void Refuses_no_samples()
    {
        TorchArgumentException error = Assert.Throws<TorchArgumentException>(() => Samplers.Random(0, New()));
        Assert.Equal(("ValueError", "num_samples should be a positive integer value, but got num_samples=0"), (error.TorchKind,
            error.TorchMessage));
        Assert.Throws<TorchArgumentException>(() => Samplers.WeightedRandom([1, 2], 0, New()));
        Assert.Throws<ArgumentOutOfRangeException>(() => Samplers.Split([3, -1], New()));
    }

    [Theory]
    [InlineData(0, false, 5, "ZeroDivisionError")]
    [InlineData(0, true, 5, "RuntimeError")]
    [InlineData(0, true, 64, "RuntimeError")]
    [InlineData(0, false, null, "ValueError")]
    [InlineData(-3, false, 5, "ValueError")]
    [InlineData(-3, true, 5, "ValueError")]
    [InlineData(-3, false, null, "ValueError")]
    [InlineData(3, false, 0, "ValueError")]
    [InlineData(300_000_000, false, null, null)]
    [InlineData(300_000_000, false, 5, null)]
    public void A_call_that_is_refused_draws_nothing(int n, bool replacement, int? samples, string? kind)
    {
        Generator generator = New();
        List<Action> calls =
        [
            () => Samplers.Random(n, generator, replacement, samples),
            () => Samplers.RandomWithGenerator(n, generator, replacement, samples),
        ];
        if (!replacement && samples is null) { calls.Add(() => Samplers.ShuffledEpoch(n, generator)); }
        foreach (Action call in calls)
        {
            Assert.Equal(kind, (Assert.ThrowsAny<ArgumentException>(call) as TorchArgumentException)?.TorchKind);
            Assert.Equal(New().GetState(), generator.GetState());
        }
    }

    [Fact]
    public void Parts_of_more_items_than_an_array_has_are_refused()
    {
        Generator generator = New();
        Assert.StartsWith("lengths sum to 4294967294; allowed: at most 2147483591, the items of an array.",
            Assert.Throws<ArgumentException>(() => Samplers.Split([int.MaxValue, int.MaxValue], generator)).Message,
            StringComparison.Ordinal);
        Assert.Equal(New().GetState(), generator.GetState());
    }
}
