namespace TorchInit.Parity;

/// <summary>Correlation of two sequences of uniforms: mean of 12·(u − ½)(v − ½), 0 for independent ones, 1 for equal ones. Cost: one pass.
/// Reference: Freedman 1975, doi:10.1214/aop/1176996452.</summary>
public static class Correlation
{
    const double Bound = 3;
    const double ConditionalVariance = 3;

    /// <summary>Computes the correlation.</summary>
    /// <param name="left">Transforms in [0, 1].</param>
    /// <param name="right">As many.</param>
    /// <exception cref="ArgumentException">The lengths differ, or are 0.</exception>
    public static double Of(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        if (left.Length != right.Length || left.IsEmpty)
        {
            throw new ArgumentException($"right has {right.Length} values, left {left.Length}; allowed: the same number, one or more.",
                nameof(right));
        }
        double sum = 0;
        for (int i = 0; i < left.Length; i++) { sum += 12 * (left[i] - 0.5) * (right[i] - 0.5); }
        return sum / left.Length;
    }

    internal static Finding Examine(string name, ReadOnlySpan<double> left, ReadOnlySpan<double> right, double alpha, double beta)
    {
        double correlation = Of(left, right);
        double threshold = Concentration.Bernstein(left.Length, ConditionalVariance, Bound, alpha);
        return new(name, left.Length, Math.Abs(correlation), threshold,
            Concentration.BernsteinSurvival(left.Length, ConditionalVariance, Bound, Math.Abs(correlation)),
            threshold + Concentration.Hoeffding(left.Length, 2 * Bound, beta), "correlation", Math.Abs(correlation) > threshold);
    }
}
