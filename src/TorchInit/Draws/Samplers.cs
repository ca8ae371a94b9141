namespace TorchInit;

/// <summary>
/// The index orders of <c>torch.utils.data</c>'s samplers. A sampler that is given a generator draws from it directly; without one, torch's
/// RandomSampler takes a seed from the default generator and draws from a new generator with that seed.
/// </summary>
public static class Samplers
{
    const int Chunk = 32;

    /// <summary><c>list(RandomSampler(range(n)))</c>: draws a seed (two words), then permutations from a new generator with that
    /// seed.</summary>
    /// <param name="n">The number of items, 1 or more.</param>
    /// <param name="generator">The default generator; advanced by two words.</param>
    /// <param name="replacement">Whether an item may repeat: then each index is an integer in [0, n), drawn 32 at a time.</param>
    /// <param name="samples">The number of indices; null for n.</param>
    /// <exception cref="ArgumentException"><paramref name="n"/> is too large for a permutation; nothing was drawn.</exception>
    /// <exception cref="TorchArgumentException"><paramref name="samples"/> is 0 or less, or <paramref name="n"/> negative (ValueError);
    /// <paramref name="n"/> is 0 (ZeroDivisionError; RuntimeError with replacement); or the default generator is a GPU's: torch then raises
    /// a RuntimeError, because the new generator is the CPU's. Nothing was drawn.</exception>
    public static long[] Random(int n, Generator generator, bool replacement = false, int? samples = null)
    {
        CheckOnCpu(generator, $"a CPU's generator, or {nameof(RandomWithGenerator)}");
        CheckRandom(n, replacement, samples);
        return RandomBy(n, new(Seed(generator), generator.Profile), replacement, samples ?? n);
    }

    /// <summary>Like <see cref="Random"/> for a sampler that was given a generator: draws from it directly.</summary>
    /// <param name="n">The number of items, 1 or more.</param>
    /// <param name="generator">The sampler's generator; advanced by the draws themselves.</param>
    /// <param name="replacement">Whether an item may repeat.</param>
    /// <param name="samples">The number of indices; null for n.</param>
    /// <exception cref="ArgumentException">As for <see cref="Random"/>; nothing was drawn.</exception>
    public static long[] RandomWithGenerator(int n, Generator generator, bool replacement = false, int? samples = null)
    {
        ArgumentNullException.ThrowIfNull(generator);
        CheckRandom(n, replacement, samples);
        return RandomBy(n, generator, replacement, samples ?? n);
    }

    /// <summary><c>list(SubsetRandomSampler(indices))</c>: the indices in random order.</summary>
    /// <param name="indices">Any numbers.</param>
    /// <param name="generator">The sampler's or the default generator; advanced as by <see cref="Draws.RandPerm"/>.</param>
    public static long[] SubsetRandom(ReadOnlySpan<long> indices, Generator generator)
    {
        long[] order = Permutation(indices.Length, generator);
        foreach (ref long place in order.AsSpan()) { place = indices[(int)place]; }
        return order;
    }

    /// <summary><c>list(WeightedRandomSampler(weights, samples, replacement))</c>: <see cref="Draws.Multinomial"/> with float64
    /// weights.</summary>
    /// <param name="weights">Finite and 0 or more.</param>
    /// <param name="samples">The number of indices, 1 or more.</param>
    /// <param name="generator">The sampler's or the default generator.</param>
    /// <param name="replacement">Whether an index may repeat.</param>
    /// <exception cref="TorchArgumentException"><paramref name="samples"/> is 0 or less (ValueError), or torch refuses a weight
    /// (RuntimeError).</exception>
    public static long[] WeightedRandom(ReadOnlySpan<double> weights, int samples, Generator generator, bool replacement = true)
    {
        CheckSamples(samples);
        long[] drawn = new long[samples];
        Draws.Multinomial(drawn, weights, generator, replacement);
        return drawn;
    }

    /// <summary><c>random_split(range(n), lengths)</c>: one permutation of 0 to n − 1, cut into parts.</summary>
    /// <param name="lengths">The length of each part, 0 or more; n is their sum.</param>
    /// <param name="generator">The given or the default generator; advanced as by <see cref="Draws.RandPerm"/>.</param>
    /// <returns>The indices of each part.</returns>
    /// <exception cref="ArgumentException">The sum of the lengths is above the items of an array.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative.</exception>
    /// <exception cref="TorchArgumentException">The generator is a GPU's. random_split takes the CPU's, and torch raises a RuntimeError if
    /// the GPU is the default device.</exception>
    public static long[][] Split(ReadOnlySpan<int> lengths, Generator generator)
    {
        CheckOnCpu(generator, $"a CPU's generator, or {nameof(Draws)}.{nameof(Draws.RandPerm)}");
        long n = 0;
        foreach (int length in lengths)
        {
            if (length < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(lengths), $"lengths has {length}; allowed: 0 or more (what torch's slices "
                    + "make of a negative length is not followed).");
            }
            n += length;
        }
        if (n > Array.MaxLength)
        {
            throw new ArgumentException($"lengths sum to {n}; allowed: at most {Array.MaxLength}, the items of an array.", nameof(lengths));
        }
        long[] order = Permutation((int)n, generator);
        long[][] parts = new long[lengths.Length][];
        for (int i = 0, at = 0; i < parts.Length; at += lengths[i++]) { parts[i] = order[at..(at + lengths[i])]; }
        return parts;
    }

    /// <summary>One epoch of <c>DataLoader(range(n), shuffle=True)</c>: the base seed, then the order of <see cref="Random"/>.</summary>
    /// <param name="n">The number of items, 1 or more.</param>
    /// <param name="generator">The default generator; advanced by four words.</param>
    /// <returns>The base seed of the workers (see <see cref="WorkerSeed"/>), and the indices in order.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Random"/>; nothing was drawn.</exception>
    public static (long BaseSeed, long[] Order) ShuffledEpoch(int n, Generator generator)
    {
        CheckOnCpu(generator, $"a CPU's generator, or {nameof(BaseSeed)} and {nameof(RandomWithGenerator)}");
        CheckRandom(n, replacement: false, samples: null);
        long seed = BaseSeed(generator);
        return (seed, Random(n, generator));
    }

    /// <summary>What a DataLoader draws at the start of each epoch, shuffled or not: <c>torch.empty((),
    /// dtype=torch.int64).random_()</c>.</summary>
    /// <param name="generator">The loader's or the default generator; advanced by two words.</param>
    public static long BaseSeed(Generator generator) => Seed(generator);

    /// <summary>The seed that a worker passes to <c>torch.manual_seed</c> and <c>random.seed</c>: base seed + worker, in 64 bits.</summary>
    /// <param name="baseSeed">The epoch's base seed.</param>
    /// <param name="worker">The worker's index, from 0.</param>
    public static long WorkerSeed(long baseSeed, int worker) => unchecked(baseSeed + worker);

    static long Seed(Generator generator)
    {
        Span<long> seed = stackalloc long[1];
        Draws.Random(seed, generator);
        return seed[0];
    }

    static long[] RandomBy(int n, Generator generator, bool replacement, int samples)
    {
        long[] order = new long[samples];
        for (int at = 0; replacement && at < samples; at += Chunk)
        {
            Draws.RandInt(order.AsSpan(at, Math.Min(Chunk, samples - at)), generator, 0, n);
        }
        // torch draws the last permutation even if none of it is needed.
        for (long at = 0; !replacement && at <= samples; at += n)
        {
            Permutation(n, generator).AsSpan(0, (int)Math.Min(n, samples - at)).CopyTo(order.AsSpan((int)at));
        }
        return order;
    }

    static long[] Permutation(int n, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        RandPerm.Check(n);               // before memory is allocated
        long[] order = new long[n];
        Draws.RandPerm(order, generator);
        return order;
    }

    /// <summary>Refuses before anything is drawn.</summary>
    static void CheckRandom(int n, bool replacement, int? samples)
    {
        if (n < 0) { throw TorchArgumentException.ValueError(nameof(n), n, "1 or more", "__len__() should return >= 0"); }
        CheckSamples(samples ?? n, samples is null ? nameof(n) : nameof(samples));
        if (n == 0)
        {
            throw replacement
                ? TorchArgumentException.RuntimeError(nameof(n), n, "1 or more",
                    "random_ expects 'from' to be less than 'to', but got from=0 >= to=0")
                : TorchArgumentException.ZeroDivisionError(nameof(n), n, "1 or more", "integer division or modulo by zero");
        }
        if (!replacement) { RandPerm.Check(n); }
    }

    static void CheckOnCpu(Generator generator, string allowed)
    {
        ArgumentNullException.ThrowIfNull(generator);
        if (generator.Profile.Gpu is not null) { throw WrongDevice(generator.Profile, isOnGpu: true, allowed); }
    }

    /// <summary>A draw on one device from a generator of another.</summary>
    internal static TorchArgumentException WrongDevice(object? generator, bool isOnGpu, string allowed)
        => TorchArgumentException.RuntimeError("generator", generator, allowed, isOnGpu
            ? "Expected a 'cuda' device type for generator but found 'cpu'"
            : "Expected a 'cpu' device type for generator but found 'cuda'");

    static void CheckSamples(int samples, string argument = "samples")
    {
        if (samples <= 0)
        {
            throw TorchArgumentException.ValueError(argument, samples, "1 or more",
                $"num_samples should be a positive integer value, but got num_samples={samples}");
        }
        if (samples > Array.MaxLength)
        {
            throw new ArgumentException($"{argument} is {samples}; allowed: at most {Array.MaxLength}, the items of an array.", argument);
        }
    }
}
