namespace TorchInit.Parity;

/// <summary>The smallest and the largest value: P(max transform ≤ m) = mⁿ exactly. It detects a range that is too narrow by 1 part in
/// n.</summary>
sealed class ExtremesDetector() : Detector("extremes")
{
    public override Finding? Examine(Sample sample, double alpha, double beta)
    {
        if (!HasSpread(sample) || sample.Law is GridLaw) { return null; }
        ReadOnlySpan<double> sorted = sample.SortedSpan;
        double gap = Math.Max(sorted[0], 1 - sorted[^1]);
        double probability = Math.Min(1, 2 * Math.Exp(sample.Count * Math.Log(1 - Math.Min(gap, 1 - 1e-300))));
        double threshold = 1 - Math.Pow(alpha / 2, 1.0 / sample.Count);
        // If nothing is drawn in a gap of this size at one end, the statistic is at least the gap.
        return new(Name, sample.Count, gap, threshold, probability, threshold, "probability at one end that is never drawn",
            gap > threshold);
    }
}
