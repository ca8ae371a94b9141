namespace TorchInit;

/// <summary>The zeros of sparse_: a permutation of the rows for every column, whose first ⌈sparsity · rows⌉ places become 0.</summary>
static class SparseFill
{
    public static void CheckShape(ReadOnlySpan<long> shape)
    {
        if (shape.Length != 2)
        {
            throw TorchArgumentException.ValueError(nameof(shape), shape.ToArray(), "2 sizes",
                "Only tensors with 2 dimensions are supported");
        }
    }

    /// <summary>How many elements of a column become 0: the length of the Python slice [:⌈sparsity · rows⌉].</summary>
    public static int ZerosInColumn(long rows, double sparsity)
    {
        if (!double.IsFinite(sparsity * rows))
        {
            throw new TorchArgumentException(nameof(sparsity), sparsity, "a finite share", double.IsNaN(sparsity) ? "ValueError"
                : "OverflowError",
                double.IsNaN(sparsity) ? "cannot convert float NaN to integer" : "cannot convert float infinity to integer");
        }
        double zeros = Math.Ceiling(sparsity * rows);
        // A negative end counts from the back, one too large takes all.
        return (int)(zeros < 0 ? Math.Max(rows + zeros, 0) : Math.Min(zeros, rows));
    }

    public static void PunchZeros<T>(Span<T> elements, long rows, long columns, int zerosInColumn, Generator generator)
        where T : unmanaged
    {
        if (rows == 0) { return; }                   // no permutation of none draws a word, however many columns there are
        long[] permutation = new long[rows];
        for (long column = 0; column < columns; column++)
        {
            RandPerm.Check(rows);
            generator.Profile.Fills.PermuteRows(permutation, generator);
            for (int i = 0; i < zerosInColumn; i++) { elements[(int)(permutation[i] * columns + column)] = default; }
        }
    }
}
