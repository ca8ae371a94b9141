using System.Runtime.InteropServices;

namespace TorchInit;

/// <summary>The keys of all rounds, each repeated in as many lanes as the longest vector has: vector instructions take them from memory,
/// without a broadcast and a register for each.</summary>
readonly ref struct PhiloxKeys
{
    /// <summary>Words of memory for the keys of a seed.</summary>
    public const int Size = 2 * Lanes * Philox.Rounds;

    /// <summary>The distance between the two keys of a round, in words.</summary>
    public const int Lanes = 16;

    readonly Span<uint> _words;

    /// <param name="seed">The keys of round 0.</param>
    /// <param name="words">As many words as <see cref="Size"/>, which keep the keys.</param>
    public PhiloxKeys(ulong seed, Span<uint> words)
    {
        _words = words[..Size];
        for (int round = 0; round < Philox.Rounds; round++)
        {
            _words.Slice(2 * Lanes * round, Lanes).Fill(unchecked((uint)seed + (uint)round * Philox.Weyl0));
            _words.Slice(2 * Lanes * round + Lanes, Lanes).Fill(unchecked((uint)(seed >> 32) + (uint)round * Philox.Weyl1));
        }
    }

    /// <summary>The first word of a round's keys.</summary>
    public ref uint Round(int round) => ref MemoryMarshal.GetReference(_words[(2 * Lanes * round)..]);
}
