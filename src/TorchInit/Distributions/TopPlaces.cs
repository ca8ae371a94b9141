namespace TorchInit;

/// <summary>The places of the largest numbers, the largest first, as <c>topk</c> and <c>argmax</c> give them; a NaN is the
/// largest.</summary>
static class TopPlaces
{
    public static void Of(ReadOnlySpan<double> keys, Span<long> places)
    {
        if (places.Length == 1)
        {
            places[0] = ArgMax(keys);
            return;
        }
        double[] sorted = keys.ToArray();
        int[] order = [.. Enumerable.Range(0, keys.Length)];
        Array.Sort(sorted, order, Comparer<double>.Create(Compare));
        for (int i = 0; i < places.Length; i++)
        {
            if (i + 1 < order.Length && Compare(sorted[i], sorted[i + 1]) == 0)
            {
                throw new NotSupportedException($"The weights of the categories {order[i]} and {order[i + 1]} come out equal, and"
                    + $" torch leaves their "
                    + "order to its sorting; allowed: weights whose draws differ, such as float32 above 0.");
            }
            places[i] = order[i];
        }
    }

    /// <summary>The first of the largest.</summary>
    static int ArgMax(ReadOnlySpan<double> keys)
    {
        int best = 0;
        for (int i = 1; i < keys.Length; i++)
        {
            if (Compare(keys[i], keys[best]) < 0) { best = i; }
        }
        return best;
    }

    /// <summary>Falling, NaN first.</summary>
    static int Compare(double a, double b)
        => double.IsNaN(a) ? (double.IsNaN(b) ? 0 : -1) : double.IsNaN(b) ? 1 : b.CompareTo(a);
}
