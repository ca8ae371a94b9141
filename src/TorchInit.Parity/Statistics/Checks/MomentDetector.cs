namespace TorchInit.Parity;

/// <summary>
/// Mean of zᵏ, z = (x − mean)/std, against its expectation, k from 1 to 4. Draws of finitely many bits are bounded, so Bernstein's
/// inequality gives a limit for every n; a right sample need not be normal.
/// </summary>
sealed class MomentDetector(int order) : Detector(order switch { 1 => "mean", 2 => "variance", 3 => "skewness", _ => "kurtosis" })
{
    public override Finding? Examine(Sample sample, double alpha, double beta)
    {
        Law law = sample.Law;
        if (!HasSpread(sample) || !law.MomentsTell || law is { HasAtoms: true, StandardDeviation: 0 }) { return null; }
        (double mean, double std) = (law.Mean, law.StandardDeviation);
        double expected = law.StandardMoment(order);
        double variance = Math.Max(0, law.StandardMoment(2 * order) - expected * expected);
        (double low, double high) = ((law.Support.Low - mean) / std, (law.Support.High - mean) / std);
        double farthest = Math.Pow(Math.Max(-low, high), order) + Math.Abs(expected);
        double measured = 0;
        foreach (double value in sample.Values)
        {
            double z = (value - mean) / std, square = z * z;
            measured += order switch { 1 => z, 2 => square, 3 => square * z, _ => square * square };
        }
        double distance = Math.Abs(measured / sample.Count - expected);
        double threshold = Concentration.Bernstein(sample.Count, variance, farthest, alpha);
        double difference = threshold
            + Concentration.Hoeffding(sample.Count, order % 2 == 1 ? Math.Pow(high, order) - Math.Pow(low, order)
            : Math.Pow(Math.Max(-low, high), order), beta);
        return new(Name, sample.Count, distance, threshold, Concentration.BernsteinSurvival(sample.Count, variance, farthest, distance),
            difference, $"E[z{order switch { 1 => "", 2 => "²", 3 => "³", _ => "⁴" }}]", !(distance <= threshold));
    }
}
