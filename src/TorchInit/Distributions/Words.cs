namespace TorchInit;

/// <summary>Converts words to uniforms in [0, 1), as torch does; and the number of elements per kernel run.</summary>
static class Words
{
    /// <summary>Elements of float64 and 16-bit types drawn and then converted at a time: two blocks of the generator, so that all blocks
    /// but the first are whole.</summary>
    public const int Run = 2 * Mt19937.Size;

    /// <summary>A double in [0, 1): the low 53 bits of a 64-bit word, whose high half is drawn first.</summary>
    public static double Unit53(uint high, uint low) => ((((ulong)high << 32) | low) & ((1UL << 53) - 1)) * (1.0 / (1UL << 53));

    /// <summary>A float in [0, 1): the low 24 bits of a word.</summary>
    public static float Unit24(uint word) => (word & ((1u << 24) - 1)) * (1f / (1u << 24));
}
