namespace TorchInit.Parity;

/// <summary>A run of 16 values that occurs twice: by chance less often than n²·c¹⁶ for a collision probability c.</summary>
sealed class DuplicateBlockDetector() : Detector("repeated blocks")
{
    const int Length = 16;

    public override Finding? Examine(Sample sample, double alpha, double beta)
    {
        if (!HasSpread(sample) || sample.Count < 2 * Length || sample.Law is SparseLaw) { return null; }
        double chance = Math.Min(1, (double)sample.Count * sample.Count * Math.Pow(sample.Law.Collision, Length));
        if (chance > alpha) { return null; }
        long repeated = Count(sample.Values);
        return new(Name, sample.Count, repeated, 0.5, repeated > 0 ? chance : 1, 2.0 * Length / sample.Count,
            "share of values in a repeated run", repeated > 0);
    }

    /// <summary>Runs at multiples of their length that also occur elsewhere, anywhere: a rolling hash proposes them, the values
    /// decide.</summary>
    static long Count(double[] values)
    {
        const ulong Factor = 0x100000001B3;
        ulong highest = 1;
        for (int i = 1; i < Length; i++) { highest *= Factor; }
        Dictionary<ulong, int> blocks = [];
        for (int at = 0; at + Length <= values.Length; at += Length)
        {
            if (!blocks.TryAdd(Hash(values.AsSpan(at, Length)), at) && values.AsSpan(blocks[Hash(values.AsSpan(at, Length))], Length)
                .SequenceEqual(values.AsSpan(at, Length)))
            {
                return 1;
            }
        }
        ulong rolling = Hash(values.AsSpan(0, Length));
        for (int at = 0; ; at++)
        {
            if (at % Length != 0 && blocks.TryGetValue(rolling, out int block) && values.AsSpan(at, Length)
                .SequenceEqual(values.AsSpan(block, Length)))
            {
                return 1;
            }
            if (at + Length >= values.Length) { return 0; }
            rolling = (rolling - Bits(values[at]) * highest) * Factor + Bits(values[at + Length]);
        }

        static ulong Bits(double value) => BitConverter.DoubleToUInt64Bits(value) * 0x9E3779B97F4A7C15;

        static ulong Hash(ReadOnlySpan<double> run)
        {
            ulong hash = 0;
            foreach (double value in run) { hash = hash * Factor + Bits(value); }
            return hash;
        }
    }
}
