namespace InitNotebooks;

/// <summary>Size, centre and shape of a sample: m = Σx/n, σ² = Σ(x − m)²/n, skewness Σ(x − m)³/(nσ³), kurtosis Σ(x − m)⁴/(nσ⁴), in two
/// passes of doubles.</summary>
/// <param name="Count">n.</param>
/// <param name="Mean">m.</param>
/// <param name="StandardDeviation">σ of the sample, with n and not n − 1.</param>
/// <param name="Skewness">0 for a symmetric sample.</param>
/// <param name="Kurtosis">3 for a normal, 1.8 for a uniform.</param>
/// <param name="Min">Smallest element.</param>
/// <param name="Max">Largest element.</param>
public readonly record struct Moments(long Count, double Mean, double StandardDeviation, double Skewness, double Kurtosis, double Min,
    double Max)
{
    /// <summary>Computes the moments of floats.</summary>
    /// <param name="values">One or more values.</param>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static Moments Of(float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Of(Array.ConvertAll(values, value => (double)value));
    }

    /// <summary>Computes the moments of doubles.</summary>
    /// <param name="values">One or more values.</param>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static Moments Of(double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length == 0) { throw new ArgumentException("values is empty; allowed: one or more.", nameof(values)); }
        double mean = values.Average();
        double second = 0, third = 0, fourth = 0;
        foreach (double value in values)
        {
            double d = value - mean, square = d * d;
            second += square;
            third += square * d;
            fourth += square * square;
        }
        double n = values.Length, variance = second / n, sigma = Math.Sqrt(variance);
        return new(values.Length, mean, sigma, third / n / (variance * sigma), fourth / n / (variance * variance), values.Min(),
            values.Max());
    }
}
