namespace TorchInit;

/// <summary>
/// <see cref="HardwareTables.Sin"/> for <see cref="ICudaLanes{TFloats, TWords}.Lookup"/>: each of the lower 32 rows, with its mirror image
/// of the upper 32. First column by column, for permutes of 512-bit vectors, then row by row, for loads of narrower ones.
/// </summary>
static class ParabolaTable
{
    public const int Rows = 32;

    /// <summary>The offset of the rows, of four words each: C0, then C1 and −C2 in one word; and those of the mirror image.</summary>
    public const int RowByRow = 6 * Rows;

    /// <summary>C0 / 2¹², C1 (below 2¹⁶) and −C2 (below 2¹⁵), the latter in both halves of the columns' words.</summary>
    public static uint[] Create()
    {
        uint[] table = new uint[RowByRow + 4 * Rows];
        for (int row = 0; row < Rows; row++)
        {
            Set(table, row, 0, HardwareTables.Sin.Slice(3 * row, 3));
            Set(table, row, 1, HardwareTables.Sin.Slice(3 * (2 * Rows - 1 - row), 3));
        }
        return table;
    }

    static void Set(uint[] table, int row, int half, ReadOnlySpan<long> c)
    {
        (uint c0, uint c1, uint c2) = ((uint)(c[0] >> 12), (uint)c[1], (uint)-c[2]);
        int column = 3 * half * Rows + row, pair = RowByRow + 4 * row + 2 * half;
        (table[column], table[column + Rows], table[column + 2 * Rows]) = (c0, c1, c2 | c2 << 16);
        (table[pair], table[pair + 1]) = (c0, c1 | c2 << 16);
    }
}
