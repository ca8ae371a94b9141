namespace TorchInit.Parity;

/// <summary>exp(N(μ, σ²)), as far as draws of 53 bits reach: 8.57 σ on both sides of μ.</summary>
/// <param name="Mu">The mean of the logarithm.</param>
/// <param name="Sigma">Standard deviation of the logarithm, above 0.</param>
/// <param name="StoredBits">Bits of the stored value's significand: 24 for float32, 53 for float64.</param>
public sealed record LogNormalLaw(double Mu, double Sigma, int StoredBits) : Law
{
    NormalLaw Logarithm => new(Mu, Sigma, 53, StoredBits);

    /// <inheritdoc/>
    public override (double Low, double High) Support => (Math.Exp(Logarithm.Support.Low), Math.Exp(Logarithm.Support.High));

    // ∫ density² · spacing, where the spacing of x is x · 2^(1 − stored bits) at most.
    internal override double Collision => Math.Min(1, Math.Pow(2, 1 - StoredBits) / (2 * Math.Sqrt(Math.PI) * Sigma));

    // A high power is dominated by values that are never drawn.
    internal override bool MomentsTell => false;

    /// <inheritdoc/>
    public override double AtMost(double x) => x <= 0 ? 0 : Logarithm.AtMost(Math.Log(x));

    /// <inheritdoc/>
    public override double Density(double x) => x <= 0 ? 0 : Logarithm.Density(Math.Log(x)) / x;

    internal override double RawMoment(int order) => Math.Exp(order * Mu + order * order * Sigma * Sigma / 2);

    private protected override double CentralMoment(int order) => order == 2
        ? Math.Exp(2 * Mu + Sigma * Sigma) * DoubleMath.ExpM1(Sigma * Sigma) : base.CentralMoment(order);

    /// <inheritdoc/>
    public override string ToString() => $"exp N({Mu:G4}, {Sigma:G4}²)";
}
