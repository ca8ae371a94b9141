using MathNet.Numerics;

namespace TorchInit.Parity;

/// <summary>N(mean, std²), as far as draws of finitely many bits reach: |z| ≤ √(2·bits·ln 2), 5.77 for 24 bits and 8.57 for 53.</summary>
/// <param name="Expectation">The mean.</param>
/// <param name="Std">The standard deviation, above 0.</param>
/// <param name="Bits">Bits of the draw that gives the radius.</param>
/// <param name="StoredBits">Bits of the stored value's significand: 24 for float32, 53 for float64.</param>
public sealed record NormalLaw(double Expectation, double Std, int Bits, int StoredBits) : Law
{
    double Reach => Math.Sqrt(2 * Bits * Math.Log(2)) * (1 + 1e-6);

    /// <inheritdoc/>
    public override (double Low, double High) Support => (Expectation - Std * Reach, Expectation + Std * Reach);

    // Two draws meet in float32's grid: ∫ density² · spacing; the spacing of |z| in [1, 2) is 2⁻²³, of others less per density.
    // With a mean many standard deviations from 0, the spacing is the mean's.
    internal override double Collision => Math.Clamp(
        Spacing(Math.Abs(Expectation) + Std, StoredBits) / (2 * Math.Sqrt(Math.PI) * Std), Math.Pow(2, -Math.Min(Bits, StoredBits)), 1);

    /// <inheritdoc/>
    public override double AtMost(double x) => Cumulative((x - Expectation) / Std);

    /// <inheritdoc/>
    public override double Density(double x) => StandardDensity((x - Expectation) / Std) / Std;

    internal override double RawMoment(int order)
    {
        (double before, double moment) = (1, Expectation);
        for (int k = 2; k <= order; k++) { (before, moment) = (moment, Expectation * moment + (k - 1) * Std * Std * before); }
        return order == 0 ? 1 : moment;
    }

    internal override double StandardMoment(int order) => order % 2 == 1 ? 0 : Enumerable.Range(0, order / 2)
        .Aggregate(1.0, (product, i) => product * (2 * i + 1));

    private protected override double CentralMoment(int order) => Math.Pow(Std, order) * StandardMoment(order);

    /// <summary>Φ(z), accurate in both tails.</summary>
    internal static double Cumulative(double z) => SpecialFunctions.Erfc(-z / Math.Sqrt(2)) / 2;

    /// <summary>φ(z).</summary>
    internal static double StandardDensity(double z) => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);

    /// <inheritdoc/>
    public override string ToString() => $"N({Expectation:G4}, {Std:G4}²)";
}
