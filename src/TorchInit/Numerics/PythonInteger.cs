namespace TorchInit;

/// <summary>Python's integers beyond those a double holds exactly.</summary>
static class PythonInteger
{
    /// <summary>The nearest double, ties to even, as Python's float() of an integer.</summary>
    public static double ToDouble(UInt128 value)
    {
        int shift = 128 - 53 - (int)UInt128.LeadingZeroCount(value);
        if (shift <= 0) { return (double)(ulong)value; }
        ulong kept = (ulong)(value >> shift);
        UInt128 rest = value - ((UInt128)kept << shift);
        UInt128 half = UInt128.One << (shift - 1);
        if (rest > half || (rest == half && (kept & 1) != 0)) { kept++; }
        return Math.ScaleB(kept, shift);
    }
}
