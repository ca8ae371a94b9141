namespace TorchInit.Parity;

/// <summary>Anderson–Darling. Its weight is 4 at least, so √(A²/n) ≥ 2·(d − DKW band) for every alternative of mean-square distance
/// d.</summary>
sealed class AndersonDarlingDetector() : Detector("Anderson–Darling")
{
    const int Fewest = 8;

    public override Finding? Examine(Sample sample, double alpha, double beta)
    {
        if (!HasSpread(sample) || sample.Count < Fewest) { return null; }
        double statistic = AndersonDarling.Statistic(sample.SortedSpan);
        double threshold = AndersonDarling.Critical(alpha);
        double difference = Math.Sqrt(threshold / sample.Count) / 2 + Dkw.Band(sample.Count, beta);
        return new(Name, sample.Count, statistic, threshold, AndersonDarling.Survival(statistic), difference, "√∫(F − G)²",
            !(statistic <= threshold));
    }
}
