namespace TorchInit;

/// <summary>The Mersenne Twister one word at a time, as Matsumoto and Nishimura wrote it: the specification of
/// <see cref="TwistKernel"/>.</summary>
static class TwistScalar
{
    public const uint Matrix = 0x9908B0DF;
    public const uint UpperBit = 0x80000000;
    public const uint TemperB = 0x9D2C5680;
    public const uint TemperC = 0xEFC60000;
    const int Middle = 397;

    /// <summary>Computes the next 624 words.</summary>
    public static void Twist(Span<uint> s)
    {
        for (int i = 0; i < Mt19937.Size - Middle; i++) { s[i] = s[i + Middle] ^ Step(s[i], s[i + 1]); }
        for (int i = Mt19937.Size - Middle; i < Mt19937.Size - 1; i++) { s[i] = s[i + Middle - Mt19937.Size] ^ Step(s[i], s[i + 1]); }
        s[Mt19937.Size - 1] = s[Middle - 1] ^ Step(s[Mt19937.Size - 1], s[0]);
    }

    public static uint Temper(uint y)
    {
        y ^= y >> 11;
        y ^= (y << 7) & TemperB;
        y ^= (y << 15) & TemperC;
        return y ^ (y >> 18);
    }

    public static void Temper<TOperator>(ReadOnlySpan<uint> words, Span<uint> target, TOperator op)
        where TOperator : struct, IWordOperator
    {
        for (int i = 0; i < words.Length; i++) { target[i] = op.Invoke(Temper(words[i])); }
    }

    public static uint Step(uint upper, uint lower)
    {
        uint y = (upper & UpperBit) | (lower & ~UpperBit);
        return (y >> 1) ^ ((uint)-(int)(y & 1) & Matrix);
    }
}
