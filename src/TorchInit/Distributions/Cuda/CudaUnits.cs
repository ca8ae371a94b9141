namespace TorchInit;

/// <summary>Converts words to uniforms in (0, 1], as CUDA's library does.</summary>
static class CudaUnits
{
    public const float Step = 1f / (1UL << 32);

    /// <summary>(w + ½) · 2⁻³²: w is rounded to a float first, then the sum is rounded.</summary>
    public static float Float(uint word) => MathF.FusedMultiplyAdd(word, Step, Step / 2);

    /// <summary>(z + ½) · 2⁻⁵³ for a 53-bit z.</summary>
    public static double Double(uint low, uint high) => Math.FusedMultiplyAdd(Bits53(low, high), 1.0 / (1L << 53), 1.0 / (1L << 54));

    /// <summary>The same for one of a draw's two pairs of words.</summary>
    public static double Double(PhiloxWords words, int pair) => pair == 0 ? Double(words.W0, words.W1) : Double(words.W2, words.W3);

    /// <summary>The same times 2: in (0, 2].</summary>
    public static double Twice(uint low, uint high) => Math.FusedMultiplyAdd(Bits53(low, high), 1.0 / (1L << 52), 1.0 / (1L << 53));

    static long Bits53(uint low, uint high) => low ^ (long)high << 21;
}
