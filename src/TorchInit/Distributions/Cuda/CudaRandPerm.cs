namespace TorchInit;

/// <summary>
/// <c>randperm(n)</c> on a GPU: 0 to n − 1 sorted by random keys with a stable sort; runs of equal keys are shuffled. Cost: the launch for
/// the keys, then n, rounded up to a multiple of 4.
/// </summary>
static class CudaRandPerm
{
    public static long Length(long n, Gpu gpu, TorchProfile profile)
        => n == 0 ? 0 : checked(KeysLength(n, gpu, profile) + (n + 3) / 4 * 4);

    public static void Draw(Span<long> permutation, Generator generator)
    {
        int n = permutation.Length;
        if (n == 0) { return; }
        int bits = KeyBits(n);
        long[] keys = new long[n];
        (long low, ulong range) = bits <= 32 ? (int.MinValue, uint.MaxValue) : (long.MinValue, ulong.MaxValue);
        Keys(keys, low, range, generator);
        ulong mask = bits == 64 ? ulong.MaxValue : (1UL << bits) - 1;
        ulong sign = bits is 32 or 64 ? 1UL << (bits - 1) : 0;         // a key that uses all its bits is compared as a signed number
        ulong[] sorted = new ulong[n];
        for (int i = 0; i < n; i++)
        {
            sorted[i] = ((ulong)keys[i] ^ sign) & mask;
            permutation[i] = i;
        }
        SortStably(sorted, permutation);
        for (int first = 0, end; first < n; first = end)
        {
            for (end = first + 1; end < n && sorted[end] == sorted[first]; end++) { }
            Shuffle(permutation[first..end], first, generator);
        }
        generator.MoveTo(unchecked(generator.Position + (n + 3L) / 4 * 4));
    }

    static void Keys(Span<long> keys, long low, ulong range, Generator generator)
    {
        Gpu gpu = generator.Profile.Gpu!;
        CudaPart part = new(new(generator.Offset!.Value, CudaLaunch.ThreadsOf(keys.Length, gpu)), generator.InitialSeed, 0);
        bool twoWords = TakesTwoWords(keys.Length, generator.Profile);
        if (twoWords) { part.Fill(keys, new CudaIntegers<long, TwoWords>(low, range), generator.Width); }
        else { part.Fill(keys, new CudaIntegers<long, OneWord>(low, range), generator.Width); }
        generator.MoveTo(unchecked(generator.Position + KeysLength(keys.Length, gpu, generator.Profile)));
    }

    static long KeysLength(long n, Gpu gpu, TorchProfile profile)
        => CudaLaunch.Increment(n, profile.CountsTwoElementsADraw && TakesTwoWords(n, profile) ? 2 : 4, gpu);

    /// <summary>Enough bits that two keys are equal with a probability of at most a tenth.</summary>
    static int KeyBits(long n)
    {
        double count = n;
        return Math.Min(64, (int)Math.Ceiling(Math.Log2(count - (6 * count * count + 1) / (Math.Log(0.9) * 12))));
    }

    static bool TakesTwoWords(long n, TorchProfile profile) => KeyBits(n) > 32 || profile.TakesTwoWordsFrom28Bits;

    /// <summary>Sorts by key; where keys are equal, by number, since the numbers are ascending at first.</summary>
    static void SortStably(Span<ulong> keys, Span<long> numbers)
    {
        keys.Sort(numbers);
        for (int first = 0, end; first < keys.Length; first = end)
        {
            for (end = first + 1; end < keys.Length && keys[end] == keys[first]; end++) { }
            if (end - first > 1) { numbers[first..end].Sort(); }
        }
    }

    static void Shuffle(Span<long> run, int position, Generator generator)
    {
        int drawn = 0;
        PhiloxWords words = default;
        for (int i = run.Length - 1; i > 0; i--, drawn++)
        {
            if (drawn % 4 == 0)
            {
                words = Philox.Words(generator.InitialSeed, (ulong)generator.Position / 4 + (ulong)(drawn / 4), (ulong)position);
            }
            int other = (int)(words[drawn % 4] % (uint)(i + 1));
            (run[i], run[other]) = (run[other], run[i]);
        }
    }
}
