namespace TorchInit.Parity;

/// <summary>Rows, or blocks of rows, in another order, and values moved along an axis.</summary>
static class RearrangedRows
{
    const int FewBlocks = 12;

    /// <summary>In words; null if no rows were moved whole.</summary>
    public static string? Of(long[] right, long[] actual, int[] shape)
    {
        int rows = shape.Length == 0 ? 1 : shape[0];
        int[]? order = Order(right, actual, rows);
        if (order is not null && Blocks(order) is var size && rows / size <= FewBlocks)
        {
            string unit = shape.Length == 1 ? "elements" : "rows";
            IEnumerable<int> blocks = order.Where((_, at) => at % size == 0).Select(row => row / size);
            return $"blocks of {size} {unit} in the order {string.Join(", ", blocks.Select(block => $"{block}"))}";
        }
        for (int axis = 0; axis < shape.Length; axis++)
        {
            if (Rolled(right, actual, shape, axis) is { } places) { return $"rolled by {places} along axis {axis}"; }
        }
        if (Rolled(right, actual, [right.Length], 0) is { } flat) { return $"rolled by {flat}"; }
        return order is not null && shape.Length > 1 ? "rows in another order" : null;
    }

    /// <summary>For each row, which of torch's it is; null if one is none of them.</summary>
    static int[]? Order(long[] right, long[] actual, int rows)
    {
        int width = right.Length / Math.Max(1, rows);
        Dictionary<long, Queue<int>> places = [];
        for (int row = 0; row < rows; row++)
        {
            long key = Key(right, row);
            if (!places.TryGetValue(key, out Queue<int>? same)) { places[key] = same = new(); }
            same.Enqueue(row);
        }
        int[] order = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            if (!places.TryGetValue(Key(actual, row), out Queue<int>? same) || !same.TryDequeue(out order[row])
                || !right.AsSpan(order[row] * width, width).SequenceEqual(actual.AsSpan(row * width, width)))
            {
                return null;
            }
        }
        return order;

        long Key(long[] values, int row)
        {
            HashCode hash = default;
            foreach (long value in values.AsSpan(row * width, width)) { hash.Add(value); }
            return hash.ToHashCode();
        }
    }

    /// <summary>The most rows that stay together everywhere.</summary>
    static int Blocks(int[] order)
    {
        for (int size = order.Length / 2; size > 1; size--)
        {
            if (order.Length % size == 0 && Enumerable.Range(0, order.Length)
                .All(row => order[row] == order[row / size * size] + row % size && order[row / size * size] % size == 0)) { return size; }
        }
        return 1;
    }

    static int? Rolled(long[] right, long[] actual, int[] shape, int axis)
    {
        int inner = shape.Skip(axis + 1).Aggregate(1, (product, size) => product * size), size = shape[axis];
        for (int places = 1; places < size; places++)
        {
            if (actual[places * inner] == right[0] && Fits(places)) { return places; }
        }
        return null;

        bool Fits(int places)
        {
            for (int at = 0; at < actual.Length; at++)
            {
                int index = at / inner % size;
                if (actual[at] != right[at + ((index - places + size) % size - index) * inner]) { return false; }
            }
            return true;
        }
    }
}
