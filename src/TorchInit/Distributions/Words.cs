namespace TorchInit;

/// <summary>Draws words in runs, so that a fill pays once a run and not once an element for the engine's bookkeeping.</summary>
static class Words
{
    /// <summary>Words a run: small enough for the stack and the first cache.</summary>
    public const int Run = 512;

    /// <summary>A double in [0, 1): the low 53 bits of a 64-bit word, whose first 32-bit half is the high one.</summary>
    public static double Unit53(uint high, uint low) => ((((ulong)high << 32) | low) & ((1UL << 53) - 1)) * (1.0 / (1UL << 53));

    /// <summary>A float in [0, 1): the low 24 bits of a word.</summary>
    public static float Unit24(uint word) => (word & ((1u << 24) - 1)) * (1f / (1u << 24));
}
