namespace TorchInit;

/// <summary><c>torch.randperm(n)</c> for n below 2³²/20: 0..n−1, then element i swapped with element i + (word mod (n − i)). Cost: n − 1
/// words.</summary>
static class RandPerm
{
    /// <summary>From this n on, torch 2.x draws 64-bit words in another order, which was read but never run.</summary>
    public const long Limit = uint.MaxValue / 20;

    public static long Words(long count) => Math.Max(count - 1, 0);

    public static void Check(long n)
    {
        if (n >= Limit) { throw new ArgumentException($"n is {n}; allowed: below {Limit}, where torch's order was checked.", nameof(n)); }
    }

    /// <summary>By the rules of the generator's profile.</summary>
    public static void Fill(Span<long> permutation, Generator generator)
    {
        Check(permutation.Length);
        generator.Profile.Fills.Permute(permutation, generator);
    }

    /// <summary>From the next words.</summary>
    public static void Draw(Span<long> permutation, Mt19937 words)
    {
        for (int i = 0; i < permutation.Length; i++) { permutation[i] = i; }
        for (int i = 0; i < permutation.Length - 1; i++)
        {
            int other = i + (int)(words.NextUInt32() % (uint)(permutation.Length - i));
            (permutation[i], permutation[other]) = (permutation[other], permutation[i]);
        }
    }
}
