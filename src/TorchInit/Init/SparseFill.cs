namespace TorchInit;

/// <summary>The zeros of sparse_: one permutation of the rows per column, whose first ⌈sparsity · rows⌉ entries name the zeros.</summary>
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

    /// <summary>The number of zeros in a column: the length of the Python slice [:⌈sparsity · rows⌉].</summary>
    public static int ZerosInColumn(long rows, double sparsity)
    {
        double share = sparsity * rows;        // ∞ of no rows is NaN
        if (!double.IsFinite(share))
        {
            throw new TorchArgumentException(nameof(sparsity), sparsity, "a finite number",
                double.IsNaN(share) ? "ValueError" : "OverflowError",
                $"cannot convert float {(double.IsNaN(share) ? "NaN" : "infinity")} to integer");
        }
        double zeros = Math.Ceiling(share);
        // A negative end counts from the back; one beyond the end takes all.
        return (int)(zeros < 0 ? Math.Max(rows + zeros, 0) : Math.Min(zeros, rows));
    }

    public static void PunchZeros<T>(Span<T> elements, long rows, long columns, int zerosInColumn, Generator generator)
        where T : unmanaged
    {
        if (rows == 0) { return; }                   // a permutation of 0 rows draws no words, however many columns there are
        long[] permutation = new long[rows];
        for (long column = 0; column < columns; column++)
        {
            RandPerm.Check(rows);
            generator.Profile.Fills.PermuteRows(permutation, generator);
            for (int i = 0; i < zerosInColumn; i++) { elements[(int)(permutation[i] * columns + column)] = default; }
        }
    }
}
