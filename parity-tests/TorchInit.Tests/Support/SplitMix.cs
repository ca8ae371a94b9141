namespace TorchInit.Tests;

/// <summary>Inputs for golden values: Steele, Lea and Flood's SplitMix64, a few lines in any language and unlike the generator under
/// test.</summary>
static class SplitMix
{
    /// <summary>The k-th 64-bit word of a seed's stream, k from 0.</summary>
    public static ulong Word(ulong seed, int k)
    {
        ulong z = unchecked(seed + (0x9E3779B97F4A7C15 * ((ulong)k + 1)));
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }

    /// <summary>24 bits in [−1, 1).</summary>
    public static float Single(ulong seed, int k) => ((Word(seed, k) >> 40) * (1f / (1 << 23))) - 1;

    /// <summary>53 bits in [−1, 1).</summary>
    public static double Double(ulong seed, int k) => ((Word(seed, k) >> 11) * (1.0 / (1L << 52))) - 1;
}
