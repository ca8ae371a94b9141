namespace TorchInit.Parity;

/// <summary>
/// Correlation of each value with the one <paramref name="lag"/> draws before it, as mean of 12·(u − ½)(u′ − ½). For independent draws the
/// products are martingale differences with |·| ≤ 3 and a conditional variance of 3 at most, so Freedman's inequality is Bernstein's.
/// </summary>
sealed class LagDetector(int lag) : Detector($"correlation at lag {lag}")
{
    public override Finding? Examine(Sample sample, double alpha, double beta)
    {
        if (!HasSpread(sample) || sample.Count <= lag + 1) { return null; }
        ReadOnlySpan<double> transforms = sample.TransformSpan;
        return Correlation.Examine(Name, transforms[lag..], transforms[..^lag], alpha, beta);
    }
}
