namespace TorchInit;

/// <summary>Indices along one dimension of a row-major tensor, and the runs of elements that they select.</summary>
sealed class RowIndex
{
    readonly long[] _rows;
    readonly long _outer, _size, _inner;

    RowIndex(long[] rows, long outer, long size, long inner) => (_rows, _outer, _size, _inner) = (rows, outer, size, inner);

    /// <exception cref="ArgumentException">An index is outside the dimension.</exception>
    public static RowIndex Of(InitStep step, long[] rows, ReadOnlySpan<long> shape, int dim)
    {
        long size = shape[dim];
        foreach (ref long row in rows.AsSpan())
        {
            if (row < -size || row >= size)
            {
                throw new ArgumentException($"{step} asks for row {row}; allowed: {-size} to {size - 1}.", nameof(rows));
            }
            if (row < 0) { row += size; }
        }
        return new(rows, TensorShape.CountOrThrow(shape[..dim]), size, TensorShape.CountOrThrow(shape[(dim + 1)..]));
    }

    /// <summary>Refuses an indexed shape that is not the whole one with that many rows at <paramref name="dim"/>.</summary>
    public static void Check(InitStep step, ReadOnlySpan<long> indexed, ReadOnlySpan<long> whole, long rows, int dim)
    {
        bool fits = dim >= 0 && dim < whole.Length && indexed.Length == whole.Length && indexed[dim] == rows
            && indexed[..dim].SequenceEqual(whole[..dim]) && indexed[(dim + 1)..].SequenceEqual(whole[(dim + 1)..]);
        if (!fits)
        {
            throw new ArgumentException($"{step} takes {rows} rows of {TensorShape.Text(whole)} at dimension {dim} and has "
                + $"{TensorShape.Text(indexed)}; allowed: the same sizes, with the number of rows at that dimension.", nameof(indexed));
        }
    }

    /// <summary>Visits each run of elements: its start in the indexed tensor, its start in the whole one, and its length.</summary>
    public void Visit(Action<int, int, int> visit)
    {
        int at = 0;
        for (long outer = 0; outer < _outer; outer++)
        {
            foreach (long row in _rows)
            {
                visit(at, (int)(((outer * _size) + row) * _inner), (int)_inner);
                at += (int)_inner;
            }
        }
    }
}
