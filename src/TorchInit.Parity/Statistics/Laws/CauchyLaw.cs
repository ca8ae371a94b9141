namespace TorchInit.Parity;

/// <summary>Cauchy's law: median + σ·tan(π·(u − ½)). It has no mean and no standard deviation, which are NaN.</summary>
/// <param name="Median">The median.</param>
/// <param name="Sigma">Half the distance between the quartiles, above 0.</param>
/// <param name="StoredBits">Bits of the stored value's significand: 24 for float32, 53 for float64.</param>
/// <param name="AngleBits">Bits of the angle: 24 of half a turn by the hardware's sine of a GPU.</param>
public sealed record CauchyLaw(double Median, double Sigma, int StoredBits, int AngleBits = 53) : Law
{
    // tan(−π/2) of the double next to −π/2: the draw 0.
    const double Farthest = 1.7e16;

    /// <inheritdoc/>
    public override (double Low, double High) Support => (Median - Farthest * Sigma, Median + Farthest * Sigma);

    // Equal angles, or ∫ density² · spacing, the spacing near x being (|median| + |x − median|) · 2^(1 − stored bits) at most.
    internal override double Collision => Math.Min(1, Math.Pow(2, -AngleBits) + Math.Pow(2, 1 - StoredBits)
        * (Math.Abs(Median) / (2 * Math.PI * Sigma) + 1 / (Math.PI * Math.PI)));

    internal override bool MomentsTell => false;

    /// <inheritdoc/>
    public override double AtMost(double x)
    {
        double z = (x - Median) / Sigma;
        // Far out on the left, 1/2 + atan(z)/π would cancel.
        return z < -1 ? Math.Atan(-1 / z) / Math.PI : 0.5 + Math.Atan(z) / Math.PI;
    }

    /// <inheritdoc/>
    public override double Density(double x)
    {
        double z = (x - Median) / Sigma;
        return 1 / (Math.PI * Sigma * (1 + z * z));
    }

    internal override double RawMoment(int order) => order == 0 ? 1 : double.NaN;

    /// <inheritdoc/>
    public override string ToString() => $"Cauchy({Median:G4}, {Sigma:G4})";
}
