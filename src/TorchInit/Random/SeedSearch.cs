namespace TorchInit;

/// <summary>
/// Finds a seed whose stream's early words lie in given ranges. Only 32 bits of a seed determine the stream, so all can be tried: 2³² seeds
/// in one to two minutes on two cores.
/// </summary>
static class SeedSearch
{
    /// <summary>Seeds per chunk: the search checks the token once per chunk.</summary>
    public const int Chunk = 1 << 20;

    /// <summary>The number of chunks that cover all seeds.</summary>
    public const int Chunks = 1 << 12;

    /// <summary>A seed that fits; null if none does. If the ranges fit one stream only, it is that stream's seed.</summary>
    /// <param name="ranges">Sorted by index; at least one has an index below <see cref="SeededWordKernel.Words"/>, and the narrowest of
    /// those is tried first.</param>
    /// <param name="chunks">The chunks to search; null for all.</param>
    /// <param name="width">Which twin of the kernel; null for the widest.</param>
    /// <param name="done">Called after each chunk, from any thread; may be null.</param>
    /// <param name="token">Cancels the search.</param>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public static uint? Find(IReadOnlyList<WordRange> ranges, Range? chunks = null, VectorWidth? width = null, Action? done = null,
        CancellationToken token = default)
    {
        WordRange narrowest = ranges.Where(range => range.Index < SeededWordKernel.Words).OrderBy(range => range.Share).FirstOrDefault();
        if (narrowest.Mask == 0)
        {
            throw new ArgumentException($"ranges have no index below {SeededWordKernel.Words}; allowed: at least one.", nameof(ranges));
        }
        (int from, int count) = (chunks ?? Range.All).GetOffsetAndLength(Chunks);
        uint? fitting = null;
        Parallel.For(from, from + count, new ParallelOptions { CancellationToken = token }, () => new Mt19937(), (chunk, loop, engine) =>
        {
            List<uint> found = [];
            SeededWordKernel.Find((uint)chunk * Chunk, Chunk, narrowest, found, width ?? VectorWidths.Best);
            foreach (uint seed in found)
            {
                if (!Fits(seed, ranges, engine)) { continue; }
                lock (ranges) { fitting = seed; }
                loop.Stop();
            }
            done?.Invoke();
            return engine;
        }, _ => { });
        return fitting;
    }

    /// <summary>Whether all words of a seed's stream lie in their ranges, which are sorted by index.</summary>
    public static bool Fits(uint seed, IReadOnlyList<WordRange> ascending) => Fits(seed, ascending, new Mt19937());

    /// <summary>The first seed whose stream matches 1 to <paramref name="most"/> words late; null if none does.</summary>
    public static uint? FindLate(IEnumerable<uint> seeds, IReadOnlyList<WordRange> ascending, int most)
    {
        Mt19937 engine = new();
        uint[] words = new uint[(int)ascending[^1].Index + most + 1];
        foreach (uint seed in seeds)
        {
            engine.Seed(seed);
            for (int at = 0; at < words.Length; at++) { words[at] = engine.NextUInt32(); }
            for (int late = 1; late <= most; late++)
            {
                bool fits = true;
                for (int at = 0; fits && at < ascending.Count; at++) { fits = ascending[at].Holds(words[ascending[at].Index + late]); }
                if (fits) { return seed; }
            }
        }
        return null;
    }

    /// <summary>The same for all seeds below a number, on all cores.</summary>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public static uint? FindLate(int seeds, IReadOnlyList<WordRange> ascending, int most, CancellationToken token)
    {
        const int part = 1 << 12;
        uint? least = null;
        Parallel.For(0, (seeds + part - 1) / part, new ParallelOptions { CancellationToken = token }, (at, loop) =>
        {
            IEnumerable<uint> own = Enumerable.Range(at * part, Math.Min(part, seeds - at * part)).Select(seed => (uint)seed);
            if (FindLate(own, ascending, most) is not { } seed) { return; }
            lock (ascending) { least = Math.Min(least ?? seed, seed); }
            loop.Break();
        });
        return least;
    }

    static bool Fits(uint seed, IReadOnlyList<WordRange> ascending, Mt19937 engine)
    {
        engine.Seed(seed);
        long at = 0;
        uint word = 0;
        foreach (WordRange range in ascending)
        {
            for (; at <= range.Index; at++) { word = engine.NextUInt32(); }
            if (!range.Holds(word)) { return false; }
        }
        return true;
    }
}
