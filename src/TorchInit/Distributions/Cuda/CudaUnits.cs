namespace TorchInit;

/// <summary>Words to uniforms of (0, 1], as CUDA's library makes them.</summary>
static class CudaUnits
{
    public const float Step = 1f / (1UL << 32);

    /// <summary>(w + ½) · 2⁻³², where w is rounded to a float first and the sum once more.</summary>
    public static float Float(uint word) => MathF.FusedMultiplyAdd(word, Step, Step / 2);

    /// <summary>(z + ½) · 2⁻⁵³ of a 53-bit z.</summary>
    public static double Double(uint low, uint high) => Math.FusedMultiplyAdd(Bits53(low, high), 1.0 / (1L << 53), 1.0 / (1L << 54));

    /// <summary>The same of one of a draw's two pairs of words.</summary>
    public static double Double(PhiloxWords words, int pair) => pair == 0 ? Double(words.W0, words.W1) : Double(words.W2, words.W3);

    /// <summary>The same times 2: of (0, 2].</summary>
    public static double Twice(uint low, uint high) => Math.FusedMultiplyAdd(Bits53(low, high), 1.0 / (1L << 52), 1.0 / (1L << 53));

    static long Bits53(uint low, uint high) => low ^ (long)high << 21;
}
