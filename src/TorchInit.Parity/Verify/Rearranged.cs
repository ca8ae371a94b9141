namespace TorchInit.Parity;

/// <summary>Torch's bits at other places of the same tensor: gates or projections in another order, another memory layout, flipped or
/// shifted.</summary>
static class Rearranged
{
    /// <summary>The most elements that are sorted.</summary>
    const int MostElements = 1 << 24;
    const int MostSaid = 4;

    /// <summary>Named if every tensor has torch's bits, at least one of them in another order; null otherwise.</summary>
    public static (Cause Cause, string Said)? Of(StateDict right, StateDict given)
    {
        List<(string Name, Rearrangement How)> moved = [];
        foreach ((string name, TensorBuffer expected) in right)
        {
            if (FirstDifference.Of(new() { { name, expected } }, given) is null) { continue; }
            if (Of(expected, given[name]) is not { } how) { return null; }
            moved.Add((name, how));
        }
        if (moved.Count == 0) { return null; }
        string[] groups = [.. moved.GroupBy(tensor => tensor.How.Said, tensor => tensor.Name)
            .Select(group => $"{NotDrawn.Names([.. group])}: {group.Key}")];
        return (moved is [(_, { IsTransposed: true })] ? Cause.Transposed : Cause.Order,
            string.Join("; ", groups.Take(MostSaid)) + (groups.Length > MostSaid ? "; …" : ""));
    }

    /// <summary>How a tensor's values were rearranged; null if they are not torch's.</summary>
    public static Rearrangement? Of(TensorBuffer expected, TensorBuffer given)
    {
        if (given.DType != expected.DType || given.Count != expected.Count || given.Count > MostElements) { return null; }
        (long[] right, long[] actual) = (Bits(expected), Bits(given));
        if (Sum(right) != Sum(actual) || !right.Order().SequenceEqual(actual.Order())) { return null; }
        int[] shape = [.. given.Shape.Select(size => (int)size)];
        return RearrangedAxes.Of(right, actual, shape) ?? Rearrangement.By(RearrangedRows.Of(right, actual, shape) ?? "");
    }

    static long[] Bits(TensorBuffer tensor) => [.. Elements64.Of(tensor).Select(BitConverter.DoubleToInt64Bits)];

    /// <summary>A sum that hardly any other values give: only then is it worth sorting them.</summary>
    static long Sum(long[] bits)
    {
        long sum = 0;
        foreach (long value in bits) { sum += (value ^ value >>> 29) * unchecked((long)0x9E3779B97F4A7C15); }
        return sum;
    }
}
