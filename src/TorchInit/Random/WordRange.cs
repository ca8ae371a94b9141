namespace TorchInit;

/// <summary>What a drawn value says of the word that it came from: its low bits lie in a range, which may go round the end.</summary>
/// <param name="Index">Which word of the stream, 0 for the first.</param>
/// <param name="Mask">The bits that matter: 2ᵏ − 1.</param>
/// <param name="Low">Where the range begins, at most the mask.</param>
/// <param name="Width">How far it goes on; the mask for any word.</param>
readonly record struct WordRange(long Index, uint Mask, uint Low, uint Width)
{
    /// <summary>Whether the word may have made the value.</summary>
    public bool Holds(uint word) => ((word - Low) & Mask) <= Width;

    /// <summary>The share of all words that it lets pass.</summary>
    public double Share => (Width + 1.0) / (Mask + 1.0);
}
