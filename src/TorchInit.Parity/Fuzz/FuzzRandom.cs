namespace TorchInit.Parity;

/// <summary>The choices of a fuzzer: SplitMix64, so that a seed names the same cases in every version of .NET.</summary>
sealed class FuzzRandom(ulong seed)
{
    ulong _state = seed;

    public ulong Word()
    {
        ulong z = unchecked(_state += 0x9E3779B97F4A7C15);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }

    /// <summary>An integer in [0, <paramref name="below"/>).</summary>
    public int Below(int below) => (int)(Word() % (ulong)below);

    /// <summary>True in <paramref name="percent"/> of 100.</summary>
    public bool Chance(int percent) => Below(100) < percent;

    public T Of<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];
}
