namespace TorchInit;

/// <summary>What a drawn value tells about the word it came from: the word's low bits lie in a range, which may wrap around.</summary>
/// <param name="Index">The index of the word in the stream, from 0.</param>
/// <param name="Mask">The bits that matter: 2ᵏ − 1.</param>
/// <param name="Low">The start of the range, at most the mask.</param>
/// <param name="Width">The range's last value minus <paramref name="Low"/>; the mask for any word.</param>
readonly record struct WordRange(long Index, uint Mask, uint Low, uint Width)
{
    /// <summary>Whether the word could have produced the value.</summary>
    public bool Holds(uint word) => ((word - Low) & Mask) <= Width;

    /// <summary>The share of all words in the range.</summary>
    public double Share => (Width + 1.0) / (Mask + 1.0);
}
