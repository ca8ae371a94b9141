namespace TorchInit.Parity;

/// <summary>
/// Values that occurred before. n draws of a law with collision probability c have n(n − 1)/2·c equal pairs at most on average; the count
/// of repeated values is compared with a Poisson law of twice that mean, which is an upper bound for the grids in use.
/// </summary>
sealed class DuplicateValueDetector() : Detector("repeated values")
{
    public override Finding? Examine(Sample sample, double alpha, double beta)
    {
        if (!HasSpread(sample) || sample.Law is GridLaw or SparseLaw) { return null; }
        double mean = sample.Law.Collision * sample.Count * (sample.Count - 1);
        if (sample.Law.HasAtoms && mean >= sample.Count) { return null; }      // almost every value of a right sample repeats
        long repeated = sample.Count - new HashSet<double>(sample.Values).Count;
        long threshold = (long)mean;
        while (CountTails.PoissonAtLeast(threshold + 1, mean) > alpha) { threshold += Math.Max(1, (long)Math.Sqrt(mean) / 4); }
        return new(Name, sample.Count, repeated, threshold, CountTails.PoissonAtLeast(repeated, mean), (threshold + 1.0) / sample.Count,
            "share of repeated values", repeated > threshold);
    }
}
