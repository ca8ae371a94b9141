namespace TorchInit;

/// <summary>A table of 64 rows of two words for <see cref="ICudaLanes{TFloats, TWords}.Lookup"/>: all first words and all second ones,
/// which vectors of 512 bits permute; behind them the same row by row, which narrower ones load.</summary>
static class PairTable
{
    public const int Rows = 64;

    /// <summary>Words of a table.</summary>
    public const int Size = 4 * Rows;

    /// <summary>Where the rows begin.</summary>
    public const int Interleaved = 2 * Rows;

    public static void Set(Span<uint> table, int row, uint first, uint second)
    {
        table[row] = table[Interleaved + 2 * row] = first;
        table[Rows + row] = table[Interleaved + 2 * row + 1] = second;
    }
}
