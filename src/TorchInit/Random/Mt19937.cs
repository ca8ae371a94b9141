namespace TorchInit;

/// <summary>
/// The Mersenne Twister of Matsumoto and Nishimura 1998 with torch's counters: 624 words of state, period 2¹⁹⁹³⁷ − 1, equal to C++'s std::mt19937.
/// A twist makes 624 new words; each output is a word, tempered.
/// </summary>
sealed class Mt19937
{
    public const int Size = 624;
    const int Middle = 397;
    const uint Matrix = 0x9908B0DF;
    const uint UpperBit = 0x80000000;

    readonly uint[] _words = new uint[Size];

    /// <summary>The 624 words as torch stores them.</summary>
    public ReadOnlySpan<uint> Words => _words;

    /// <summary>Outputs until the next twist, plus one: 1 right after seeding, when no word has been twisted yet.</summary>
    public int Left { get; private set; } = 1;

    /// <summary>The word of the next output, 0 to 624.</summary>
    public int Next { get; private set; }

    public void Seed(uint seed)
    {
        _words[0] = seed;
        for (uint j = 1; j < Size; j++) { _words[j] = 1812433253 * (_words[j - 1] ^ (_words[j - 1] >> 30)) + j; }
        (Left, Next) = (1, 0);
    }

    public void Restore(ReadOnlySpan<uint> words, int left, int next)
    {
        words.CopyTo(_words);
        (Left, Next) = (left, next);
    }

    public uint NextUInt32()
    {
        if (--Left == 0) { Twist(); }
        return Temper(_words[Next++]);
    }

    /// <summary>As many outputs as <paramref name="outputs"/> holds, a run of the state at a time.</summary>
    public void Fill(Span<uint> outputs)
    {
        while (!outputs.IsEmpty)
        {
            ReadOnlySpan<uint> run = NextRun(outputs.Length);
            for (int i = 0; i < run.Length; i++) { outputs[i] = Temper(run[i]); }
            outputs = outputs[run.Length..];
        }
    }

    public void Advance(long outputs)
    {
        while (outputs > 0) { outputs -= NextRun((int)Math.Min(outputs, Size)).Length; }
    }

    /// <summary>Takes up to <paramref name="most"/> words that are ready; twists first when none is.</summary>
    ReadOnlySpan<uint> NextRun(int most)
    {
        if (Left == 1) { Twist(); }
        else { Left--; }
        // Left now counts the words still ready, the coming one included; torch's counter is one behind after each output.
        int count = Math.Min(most, Math.Min(Left, Size - Next));
        ReadOnlySpan<uint> run = _words.AsSpan(Next, count);
        Next += count;
        Left -= count - 1;
        return run;
    }

    void Twist()
    {
        Span<uint> s = _words;
        for (int i = 0; i < Size - Middle; i++) { s[i] = s[i + Middle] ^ Step(s[i], s[i + 1]); }
        for (int i = Size - Middle; i < Size - 1; i++) { s[i] = s[i + Middle - Size] ^ Step(s[i], s[i + 1]); }
        s[Size - 1] = s[Middle - 1] ^ Step(s[Size - 1], s[0]);
        (Left, Next) = (Size, 0);
    }

    static uint Step(uint upper, uint lower)
    {
        uint y = (upper & UpperBit) | (lower & ~UpperBit);
        return (y >> 1) ^ ((uint)-(int)(y & 1) & Matrix);
    }

    static uint Temper(uint y)
    {
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C5680;
        y ^= (y << 15) & 0xEFC60000;
        return y ^ (y >> 18);
    }
}
