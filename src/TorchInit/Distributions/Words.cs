namespace TorchInit;

/// <summary>Words to units, as torch makes them; and how many go through a kernel at a time.</summary>
static class Words
{
    /// <summary>Elements of float64 and 16 bits that are drawn and then converted: two blocks of the generator, so that all but the first
    /// are whole ones.</summary>
    public const int Run = 2 * Mt19937.Size;

    /// <summary>A double in [0, 1): the low 53 bits of a 64-bit word, whose first 32-bit half is the high one.</summary>
    public static double Unit53(uint high, uint low) => ((((ulong)high << 32) | low) & ((1UL << 53) - 1)) * (1.0 / (1UL << 53));

    /// <summary>A float in [0, 1): the low 24 bits of a word.</summary>
    public static float Unit24(uint word) => (word & ((1u << 24) - 1)) * (1f / (1u << 24));
}
