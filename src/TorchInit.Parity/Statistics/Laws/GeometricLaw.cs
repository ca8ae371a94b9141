namespace TorchInit.Parity;

/// <summary>The number of trials up to the first success: P(X ≤ k) = 1 − (1 − p)ᵏ for k = 1, 2, …, as far as draws of 53 bits
/// reach.</summary>
/// <param name="P">The probability of a success, above 0 and below 1.</param>
public sealed record GeometricLaw(double P) : Law
{
    double LogOfRest => Libm.Log1p<Fused>(-P);

    /// <inheritdoc/>
    public override (double Low, double High) Support => (1, Math.Max(1, Math.Ceiling(-53 * Math.Log(2) / LogOfRest)));

    internal override double Collision => P / (2 - P);

    internal override bool HasAtoms => true;

    /// <inheritdoc/>
    public override double AtMost(double x) => x < 1 ? 0 : -DoubleMath.ExpM1(Math.Floor(x) * LogOfRest);

    /// <inheritdoc/>
    public override double Below(double x) => AtMost(Math.Ceiling(x) - 1);

    internal override bool Holds(double x) => double.IsInteger(x);

    internal override double RawMoment(int order) => Moments(order, Cumulants(order));

    private protected override double CentralMoment(int order)
    {
        double[] cumulants = Cumulants(order);
        if (order > 0) { cumulants[1] = 0; }
        return Moments(order, cumulants);
    }

    /// <summary>κ₁ = μ = 1/p, κₙ₊₁ = μ(μ − 1)·dκₙ/dμ: polynomials in μ.</summary>
    double[] Cumulants(int order)
    {
        double mu = 1 / P;
        double[] cumulants = new double[order + 1];
        double[] polynomial = [0, 1];
        for (int n = 1; n <= order; n++)
        {
            cumulants[n] = polynomial.Select((factor, power) => factor * Math.Pow(mu, power)).Sum();
            double[] next = new double[polynomial.Length + 1];
            for (int power = 1; power < polynomial.Length; power++)
            {
                next[power + 1] += power * polynomial[power];
                next[power] -= power * polynomial[power];
            }
            polynomial = next;
        }
        return cumulants;
    }

    static double Moments(int order, double[] cumulants)
    {
        double[] moments = new double[order + 1];
        moments[0] = 1;
        for (int n = 1; n <= order; n++)
        {
            for (int k = 1; k <= n; k++)
            {
                moments[n] += MathNet.Numerics.SpecialFunctions.Binomial(n - 1, k - 1) * cumulants[k] * moments[n - k];
            }
        }
        return moments[order];
    }

    /// <inheritdoc/>
    public override string ToString() => $"Geometric({P:G4})";
}
