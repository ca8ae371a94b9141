namespace TorchInit.Parity;

/// <summary>Exp(λ): P(X ≤ x) = 1 − exp(−λx), as far as draws of finitely many bits reach: bits·ln 2/λ, 37 for 53 bits and λ = 1.</summary>
/// <param name="Lambda">The rate λ, above 0.</param>
/// <param name="Bits">Bits per draw.</param>
/// <param name="StoredBits">Bits of the stored value's significand: 24 for float32, 53 for float64.</param>
public sealed record ExponentialLaw(double Lambda, int Bits, int StoredBits) : Law
{
    /// <inheritdoc/>
    public override (double Low, double High) Support => (0, Bits * Math.Log(2) / Lambda);

    // ∫ density² · spacing: the spacing of x is x · 2^(1 − stored bits) at most.
    internal override double Collision => Math.Pow(2, 1 - Math.Min(Bits, StoredBits)) / 4;

    /// <inheritdoc/>
    public override double AtMost(double x) => x <= 0 ? 0 : -DoubleMath.ExpM1(-Lambda * x);

    /// <inheritdoc/>
    public override double Density(double x) => x < 0 ? 0 : Lambda * Math.Exp(-Lambda * x);

    internal override double RawMoment(int order) => MathNet.Numerics.SpecialFunctions.Factorial(order) / Math.Pow(Lambda, order);

    /// <inheritdoc/>
    public override string ToString() => $"Exp({Lambda:G4})";
}
