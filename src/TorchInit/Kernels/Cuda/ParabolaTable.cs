namespace TorchInit;

/// <summary>
/// 32 rows of C0, C1 and C2 for <see cref="ICudaLanes{TFloats, TWords}.Lookup"/>: first column by column, for permutes of 512-bit vectors,
/// then row by row, for loads of narrower ones.
/// </summary>
static class ParabolaTable
{
    public const int Rows = 32;

    /// <summary>Words per table.</summary>
    public const int Size = 5 * Rows;

    /// <summary>The offset of the rows: C0, then C1 and C2 in one word.</summary>
    public const int Interleaved = 3 * Rows;

    /// <param name="table">As many words as <see cref="Size"/>.</param>
    /// <param name="row">0 to 31.</param>
    /// <param name="c0">A word.</param>
    /// <param name="c1">Below 2¹⁶.</param>
    /// <param name="c2">Below 2¹⁵.</param>
    public static void Set(Span<uint> table, int row, uint c0, uint c1, uint c2)
    {
        (table[row], table[Rows + row], table[2 * Rows + row]) = (c0, c1, c2 | c2 << 16);
        (table[Interleaved + 2 * row], table[Interleaved + 2 * row + 1]) = (c0, c1 | c2 << 16);
    }
}
