namespace TorchInit.Parity;

/// <summary>Cramér–von Mises: √(W²/n) is a distance, so it is at least d − DKW band for every alternative of mean-square distance
/// d.</summary>
sealed class CramerVonMisesDetector() : Detector("Cramér–von Mises")
{
    const int Fewest = 8;

    public override Finding? Examine(Sample sample, double alpha, double beta)
    {
        if (!HasSpread(sample) || sample.Count < Fewest) { return null; }
        double statistic = CramerVonMises.Statistic(sample.SortedSpan);
        double threshold = CramerVonMises.Critical(alpha, sample.Count);
        double difference = Math.Sqrt(threshold / sample.Count) + Dkw.Band(sample.Count, beta);
        return new(Name, sample.Count, statistic, threshold, CramerVonMises.Survival(statistic, sample.Count), difference, "√∫(F − G)²",
            statistic > threshold);
    }
}
