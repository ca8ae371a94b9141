namespace TorchInit.Parity;

/// <summary>Axes in another order, and axes read backwards.</summary>
static class RearrangedAxes
{
    const int MostAxes = 5;

    /// <summary>Null if neither fits.</summary>
    public static Rearrangement? Of(long[] right, long[] actual, int[] shape)
    {
        if (shape.Length is 0 or > MostAxes) { return null; }
        int[] identity = [.. Enumerable.Range(0, shape.Length)];
        bool[] none = new bool[shape.Length];
        foreach (int[] order in Orders(identity).Where(order => !order.SequenceEqual(identity)))
        {
            if (!Fits(right, actual, shape, order, none)) { continue; }
            return shape.Length > 2 ? Rearrangement.By($"axes in the order {string.Join(", ", order.Select(axis => $"{axis}"))}")
                : shape[0] == shape[1] ? new(true, "it is transposed") : Rearrangement.By("column by column");
        }
        for (int flips = 1; flips < 1 << shape.Length; flips++)
        {
            bool[] flipped = [.. identity.Select(axis => (flips >> axis & 1) != 0)];
            if (!Fits(right, actual, shape, identity, flipped)) { continue; }
            int[] axes = [.. identity.Where(axis => flipped[axis])];
            string listed = string.Join(", ", axes.Select(axis => $"{axis}"));
            return Rearrangement.By($"flipped along ax{(axes.Length == 1 ? "is" : "es")} {listed}");
        }
        return null;
    }

    /// <summary>Whether the values are torch's, read with the axes in another order, or backwards.</summary>
    static bool Fits(long[] right, long[] actual, int[] shape, int[] order, bool[] flipped)
    {
        int[] strides = new int[shape.Length];
        for (int axis = shape.Length - 1, stride = 1; axis >= 0; stride *= shape[axis--]) { strides[axis] = stride; }
        int[] index = new int[shape.Length];
        for (int at = 0; at < actual.Length; at++)
        {
            int from = 0;
            for (int axis = 0; axis < shape.Length; axis++)
            {
                int own = order[axis];
                from += (flipped[own] ? shape[own] - 1 - index[axis] : index[axis]) * strides[own];
            }
            if (actual[at] != right[from]) { return false; }
            for (int axis = shape.Length - 1; axis >= 0 && ++index[axis] == shape[order[axis]]; axis--) { index[axis] = 0; }
        }
        return true;
    }

    static IEnumerable<int[]> Orders(int[] axes)
    {
        if (axes.Length == 0) { return [[]]; }
        return axes.SelectMany(first => Orders([.. axes.Where(axis => axis != first)]).Select(rest => (int[])[first, .. rest]));
    }
}
