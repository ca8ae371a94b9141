namespace TorchInit.Parity;

/// <summary>Kolmogorov–Smirnov, decided by the DKW bound: no alternative of this sup-distance is missed more often than stated.</summary>
sealed class KolmogorovSmirnovDetector() : Detector("Kolmogorov–Smirnov")
{
    /// <summary>The measure of its difference; no other detector uses it.</summary>
    public const string Unit = "sup |F − G|";

    public override Finding? Examine(Sample sample, double alpha, double beta)
    {
        if (!HasSpread(sample)) { return null; }
        double distance = KolmogorovSmirnov.Distance(sample.SortedSpan);
        double threshold = Dkw.Band(sample.Count, alpha);
        return new(Name, sample.Count, distance, threshold, Kolmogorov.Survival(sample.Count, distance), threshold
            + Dkw.Band(sample.Count, beta), Unit, distance > threshold);
    }
}
