using System.Globalization;

namespace TorchInit.Parity;

/// <summary>More zeros than a law gives, among values that follow it otherwise.</summary>
static class PrunedLaw
{
    /// <summary>Named with its cause; unknown where the other values follow no law that pruning leaves.</summary>
    /// <param name="region">Elements with too many zeros.</param>
    /// <param name="scan">What all of them are.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="most">The most values tested.</param>
    /// <param name="budget">The allowed false alarms.</param>
    public static (Cause Cause, string Said) Of(LawRegion region, ElementScan scan, StateDict weights, int most, AlphaBudget budget)
    {
        TensorBuffer tensor = weights[region.Tensor];
        int count = region.CountOf(tensor.Count), tested = Math.Min(count, most);
        double[] values = [.. Enumerable.Range(0, tested).Select(at => Elements64.At(tensor, region.Position(at)))];
        double[] others = [.. values.Where(value => value != 0)];
        string said = $"{region.Name}: {PrunedValues.Said(scan.Zeros, count)}";
        if (others.Length < LawHypotheses.Fewest)
        {
            return (Cause.Pruned, string.Create(CultureInfo.InvariantCulture,
                $"{said}, more than {region.Law} gives; the {others.Length:N0} others are too few to judge by"));
        }
        string seen = LawHypotheses.Seen(others.Length, budget);
        if (Accepts(others, region.Law!, 0, budget))
        {
            return (Cause.Pruned, $"{said}, as pruning at random leaves them; all others follow {region.Law}{seen}");
        }
        double smallest = others.Min(Math.Abs);
        double within = region.Law!.Below(smallest) - region.Law.AtMost(-smallest), share = 1 - (double)others.Length / tested;
        return Math.Abs(within - share) <= Dkw.Band(tested, budget.Alpha) && Accepts(others, region.Law, smallest, budget)
            ? (Cause.Pruned, string.Create(CultureInfo.InvariantCulture, $"{said}, as pruning by magnitude leaves them: no other is nearer "
                + $"to 0 than {smallest:G4}; all others follow {region.Law}{seen}"))
            : (Cause.Unknown, $"{said}, more than {region.Law} gives, and the others do not follow it");
    }

    /// <summary>Whether values follow a law without what lies between −<paramref name="bound"/> and its negative.</summary>
    static bool Accepts(double[] values, Law law, double bound, AlphaBudget budget)
    {
        (double low, double high) = bound == 0 ? (law.Below(0), law.AtMost(0)) : (law.AtMost(-bound), law.Below(bound));
        double left = 1 - (high - low);
        (double least, double greatest) = SupportDetector.Bounds(law);
        if (!(left > 0) || !Array.TrueForAll(values, value => value >= least && value <= greatest && law.Holds(value))) { return false; }
        double[] mapped = new double[values.Length];
        Jitter jitter = Jitter.Of(values);
        for (int at = 0; at < values.Length; at++)
        {
            double spread = jitter.Next(), transform = law.Transform(values[at], spread);
            mapped[at] = (values[at] < 0 ? Math.Min(transform, low) : Math.Max(transform, high) - (high - low)) / left;
        }
        // Fewer draws are left for as many values.
        int bits = 23 - (int)Math.Ceiling(Math.Log2(1 / left));
        return LawHypotheses.Accepts(new Sample(mapped, new UniformLaw(0, 1, bits)), budget);
    }
}
