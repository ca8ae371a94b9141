namespace TorchInit.Parity;

/// <summary>Values that should all follow one law, as drawn and as transforms that should be uniform.</summary>
public sealed class Sample
{
    readonly Lazy<double[]> _sorted;
    readonly Lazy<double[]> _transforms;

    /// <summary>Creates a sample with its law.</summary>
    /// <param name="values">One or more values, in draw order.</param>
    /// <param name="law">The law each should follow.</param>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public Sample(IReadOnlyList<double> values, Law law)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(law);
        if (values.Count == 0) { throw new ArgumentException("values is empty; allowed: one value or more.", nameof(values)); }
        (Values, Law) = (values as double[] ?? [.. values], law);
        _transforms = new(Transform);
        _sorted = new(Sort);
    }

    /// <summary>The law each value should follow.</summary>
    public Law Law { get; }

    /// <summary>How many values.</summary>
    public long Count => Values.LongLength;

    /// <summary>The values as drawn.</summary>
    internal double[] Values { get; }

    /// <summary>Probability-integral transforms in draw order: uniform on [0, 1] if the law is right.</summary>
    public IReadOnlyList<double> Transforms => _transforms.Value;

    /// <summary>The transforms, ascending.</summary>
    public IReadOnlyList<double> Sorted => _sorted.Value;

    internal ReadOnlySpan<double> TransformSpan => _transforms.Value;

    internal ReadOnlySpan<double> SortedSpan => _sorted.Value;

    /// <summary>The share of transforms in each of <paramref name="bins"/> bins of equal width: 1/bins each if the law is right.</summary>
    /// <param name="bins">How many bins, 1 or more.</param>
    public IReadOnlyList<double> Shares(int bins)
    {
        double[] shares = new double[bins];
        foreach (double u in _transforms.Value) { shares[Math.Clamp((int)(u * bins), 0, bins - 1)] += 1.0 / Count; }
        return shares;
    }

    /// <summary>The first <paramref name="count"/> values.</summary>
    internal Sample First(int count) => count >= Values.Length ? this : new(Values[..count], Law);

    double[] Sort()
    {
        double[] sorted = [.. _transforms.Value];
        Array.Sort(sorted);
        return sorted;
    }

    double[] Transform()
    {
        Jitter jitter = Jitter.Of(Values);
        double[] transforms = new double[Values.Length];
        for (int i = 0; i < transforms.Length; i++)
        {
            double spread = jitter.Next();
            transforms[i] = double.IsNaN(Values[i]) ? 0 : Law.Transform(Values[i], spread);
        }
        return transforms;
    }
}
