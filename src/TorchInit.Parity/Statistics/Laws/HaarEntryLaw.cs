using MathNet.Numerics;

namespace TorchInit.Parity;

/// <summary>One entry of gain · Q, where Q is uniform on the orthogonal matrices: x²/gain² has the law Beta(1/2, (n − 1)/2). Entries of one
/// matrix depend on each other.</summary>
/// <param name="Size">The larger size n of the matrix, 2 or more.</param>
/// <param name="Gain">Factor on Q, above 0.</param>
/// <remarks>Reference: Eaton 1989, Group Invariance Applications in Statistics, chapter 7.</remarks>
public sealed record HaarEntryLaw(long Size, double Gain) : Law
{
    /// <inheritdoc/>
    public override (double Low, double High) Support => (-Gain * (1 + 1e-5), Gain * (1 + 1e-5));

    internal override double Collision => Math.Pow(2, -22);

    internal override bool ElementsAreIndependent => false;

    /// <inheritdoc/>
    public override double AtMost(double x)
    {
        double t = x / Gain;
        if (t <= -1) { return 0; }
        if (t >= 1) { return 1; }
        double half = SpecialFunctions.BetaRegularized(0.5, (Size - 1) / 2.0, t * t) / 2;
        return t < 0 ? 0.5 - half : 0.5 + half;
    }

    /// <inheritdoc/>
    public override double Density(double x)
    {
        double t = x / Gain;
        double logOfFactor = SpecialFunctions.GammaLn(Size / 2.0) - SpecialFunctions.GammaLn((Size - 1) / 2.0) - Math.Log(Math.PI) / 2;
        return Math.Abs(t) < 1 ? Math.Exp(logOfFactor) * Math.Pow(1 - t * t, (Size - 3) / 2.0) / Gain : 0;
    }

    internal override double RawMoment(int order)
        => order % 2 == 1 ? 0 : Math.Pow(Gain, order) * Enumerable.Range(0, order / 2)
            .Aggregate(1.0, (product, i) => product * (2 * i + 1) / (Size + 2 * i));

    /// <inheritdoc/>
    public override string ToString() => $"an entry of {Gain:G4}·Q, Q of {Size} × {Size}";
}
