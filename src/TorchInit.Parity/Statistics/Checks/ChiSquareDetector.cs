namespace TorchInit.Parity;

/// <summary>
/// χ² on 64 bins of transforms. √(χ²/n) is a distance of bin shares; the shares of n draws stray from their own by 1/√n + √(ln(1/β)/n) in
/// Euclid's norm with probability β at most (McDiarmid), so what is farther than threshold and straying together is not missed.
/// </summary>
sealed class ChiSquareDetector() : Detector("χ²")
{
    const int Bins = 64;
    const int FewestInBin = 20;

    public override Finding? Examine(Sample sample, double alpha, double beta)
    {
        if (!HasSpread(sample) || sample.Count < Bins * FewestInBin) { return null; }
        double statistic = ChiSquare.Statistic(sample.TransformSpan, Bins);
        double threshold = ChiSquare.Critical(alpha, Bins - 1);
        double straying = Math.Sqrt(Bins) * (1 + Math.Sqrt(Math.Log(1 / beta))) / Math.Sqrt(sample.Count);
        return new(Name, sample.Count, statistic, threshold, ChiSquare.Survival(statistic, Bins - 1), Math.Sqrt(threshold / sample.Count)
            + straying, "√Σ (q − p)²/p of 64 bins", statistic > threshold);
    }
}
