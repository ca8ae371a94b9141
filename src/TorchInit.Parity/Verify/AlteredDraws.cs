namespace TorchInit.Parity;

/// <summary>A seed's draws that were altered afterwards, tensor by tensor: pruned, shifted, scaled row by row, quantised per
/// channel.</summary>
static class AlteredDraws
{
    const int MostElements = 1 << 24;
    const int MostSaid = 4;

    // By chance, the beginning of one of a thousand streams agrees so well once in 10⁴; then every value is compared.
    const int Beginning = 64, Fewest = 16;
    const double LeastCosine = 0.95;

    /// <summary>Named if every tensor that differs was altered in one of these ways; null otherwise.</summary>
    /// <param name="right">Torch's values.</param>
    /// <param name="given">Those found.</param>
    public static (Cause Cause, string Said)? Of(StateDict right, StateDict given)
    {
        List<(string Name, Cause Cause, string Said)> altered = [];
        foreach ((string name, TensorBuffer expected) in right)
        {
            TensorBuffer actual = given[name];
            if (FirstDifference.Of(new() { { name, expected } }, given) is null) { continue; }
            if (actual.DType != expected.DType || !actual.DType.IsFloatingPoint() || actual.Count > MostElements
                || AlteredValues.Of(Elements64.Of(actual), Elements64.Of(expected), [.. actual.Shape.Select(size => (int)size)],
                    actual.DType) is not { } found) { return null; }
            altered.Add((name, found.Cause, found.Said));
        }
        if (altered.Count == 0) { return null; }
        IEnumerable<string> said = altered.Take(MostSaid).Select(tensor => $"{NotDrawn.Names([tensor.Name])}: {tensor.Said}");
        return (altered[0].Cause, string.Join("; ", said) + (altered.Count > MostSaid ? $"; and {altered.Count - MostSaid} more tensors"
            : ""));
    }

    /// <summary>A usual seed whose first draws the weights still follow, up to zeros, a factor and a term; null if there is none.</summary>
    public static ulong? UsualSeed(DistributionCase item, StateDict weights)
    {
        InitPlan plan = item.Plan;
        // The first draw: elsewhere, each seed would first have to be advanced.
        string? name = PlanStreamMap.Of(plan, item.DType).FirstOrDefault(span => span is
        {
            Fate: DrawFate.Kept, Words: not 0, From: not null
        } && item.Drawn.Contains(span.Tensor) && weights.ContainsKey(span.Tensor))?.Tensor;
        if (name is null || plan[name] is not { DType: null } first || first.Count < Fewest || weights[name].DType != item.DType)
        {
            return null;
        }
        // One row has one factor.
        long row = first.Shape.Count < 2 ? first.Count : first.Count / Math.Max(1, first.Shape[0]);
        int count = (int)Math.Min(Beginning, row >= Fewest ? row : first.Count);
        double[] actual = Elements64.Of(weights[first.Name], count);
        if (actual.Count(value => value != 0) < Fewest) { return null; }
        return BitHypotheses.UsualSeeds.Cast<ulong?>().FirstOrDefault(seed
            => RoundedDraws.Drawn(plan, first.Name, seed!.Value, item.DType, count) is { } expected && Follows(actual, expected));
    }

    /// <summary>Whether the values that are not zero lie on a line over torch's.</summary>
    static bool Follows(double[] actual, double[] expected)
    {
        (double n, double sumA, double sumE, double aa, double ee, double ae) = (0, 0, 0, 0, 0, 0);
        foreach ((double a, double e) in actual.Zip(expected))
        {
            if (a == 0) { continue; }
            (n, sumA, sumE, aa, ee, ae) = (n + 1, sumA + a, sumE + e, aa + a * a, ee + e * e, ae + a * e);
        }
        double spread = Math.Sqrt((n * aa - sumA * sumA) * (n * ee - sumE * sumE));
        return spread > 0 && Math.Abs(n * ae - sumA * sumE) >= LeastCosine * spread;
    }
}
