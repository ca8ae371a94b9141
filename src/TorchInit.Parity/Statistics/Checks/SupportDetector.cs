namespace TorchInit.Parity;

/// <summary>Values that cannot be drawn at all: outside the law's support, not on its grid, or NaN. One is too many.</summary>
sealed class SupportDetector() : Detector("impossible values")
{
    // A float32 bound is rounded once, and a fused multiply-add may land a rounding beyond it.
    const double Rounding = 2.4e-7;

    public override Finding? Examine(Sample sample, double alpha, double beta)
    {
        (double low, double high) = Bounds(sample.Law);
        long outside = sample.Values.LongCount(value => !(value >= low && value <= high) || !sample.Law.Holds(value));
        // A share q of impossible values stays unseen with probability (1 − q)ⁿ.
        return new(Name, sample.Count, outside, 0.5, outside > 0 ? 0 : 1, 1 - Math.Pow(beta, 1.0 / sample.Count), "share of values",
            outside > 0);
    }

    /// <summary>The bounds of all values, up to the rounding of a stored one.</summary>
    internal static (double Low, double High) Bounds(Law law)
    {
        (double low, double high) = law.Support;
        bool isExact = law is ConstantLaw or GridLaw or SuccessiveLaw or WholeUniformLaw { StoredBits: 64 };
        double slack = isExact ? 0 : Rounding * Math.Max(Math.Abs(low), Math.Abs(high));
        return (low - slack, high + slack);
    }
}
