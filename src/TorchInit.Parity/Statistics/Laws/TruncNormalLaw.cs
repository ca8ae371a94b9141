namespace TorchInit.Parity;

/// <summary>N(mean, std²) cut to [a, b].</summary>
/// <param name="Expectation">Mean before the cut.</param>
/// <param name="Std">Standard deviation before the cut, above 0.</param>
/// <param name="A">Lower cut.</param>
/// <param name="B">Upper cut, above it.</param>
/// <param name="Bits">Bits per draw.</param>
/// <param name="Outlier">P(X = A): erfinv of a uniform that was exactly −1, clamped, before torch 2.12; 0 since.</param>
public sealed record TruncNormalLaw(double Expectation, double Std, double A, double B, int Bits, double Outlier = 0) : Law
{
    double Alpha => (A - Expectation) / Std;

    double Beta => (B - Expectation) / Std;

    double Mass => NormalLaw.Cumulative(Beta) - NormalLaw.Cumulative(Alpha);

    /// <inheritdoc/>
    public override (double Low, double High) Support => (A, B);

    // The density is nowhere above that at the mode, and the spacing nowhere above that at the far end.
    internal override double Collision
    {
        get
        {
            double far = Math.Min(Math.Max(Math.Abs(A), Math.Abs(B)), Math.Abs(Expectation) + 6 * Std);
            double mode = NormalLaw.StandardDensity((Math.Clamp(Expectation, A, B) - Expectation) / Std) / (Std * Mass);
            return Math.Clamp(Spacing(far, Bits) * mode, Math.Pow(2, 2 - Bits), 1);
        }
    }

    internal override bool HasAtoms => Outlier > 0;

    // A uniform that is exactly its lower bound is drawn once in 2^Bits.
    internal override double Cell => Math.Pow(2, -Bits);

    /// <inheritdoc/>
    public override double AtMost(double x) => x < A ? 0 : Outlier + (1 - Outlier) * Cut(x);

    /// <inheritdoc/>
    public override double Below(double x) => x <= A ? 0 : Outlier + (1 - Outlier) * Cut(x);

    /// <inheritdoc/>
    public override double Density(double x) => HasAtoms ? double.NaN : x >= A && x <= B
        ? NormalLaw.StandardDensity((x - Expectation) / Std) / (Std * Mass) : 0;

    internal override double RawMoment(int order) => About(0, order);

    // About the mean: raw moments cancel if the mean lies many standard deviations from 0.
    private protected override double CentralMoment(int order) => About(RawMoment(1), order);

    // Far out on both sides, the cut does not matter and the moments of the whole are exact.
    double About(double center, int order)
    {
        double shift = (Expectation - center) / Std;
        double sum = 0;
        for (int k = 0; k <= order; k++)
        {
            sum += MathNet.Numerics.SpecialFunctions.Binomial(order, k) * Math.Pow(shift, order - k) * OfStandard(k);
        }
        return (1 - Outlier) * Math.Pow(Std, order) * sum + Outlier * Math.Pow(A - center, order);
    }

    double Cut(double x) => Math.Clamp((NormalLaw.Cumulative((x - Expectation) / Std) - NormalLaw.Cumulative(Alpha)) / Mass, 0, 1);

    /// <summary>E[wᵏ] of the standard normal cut to [α, β], by parts.</summary>
    double OfStandard(int order)
    {
        (double before, double moment) = (0, 1);
        for (int k = 1; k <= order; k++)
        {
            double edges = (Edge(Alpha, k - 1) - Edge(Beta, k - 1)) / Mass;
            (before, moment) = (moment, (k - 1) * before + edges);
        }
        return moment;
    }

    static double Edge(double z, int power) => Math.Abs(z) > 38 ? 0 : Math.Pow(z, power) * NormalLaw.StandardDensity(z);

    /// <inheritdoc/>
    public override string ToString() => $"N({Expectation:G4}, {Std:G4}²) in [{A:G4}, {B:G4}]";
}
