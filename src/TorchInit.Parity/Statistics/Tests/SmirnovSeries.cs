namespace TorchInit.Parity;

/// <summary>
/// P(Σ λⱼ·Zⱼ² &gt; x) for independent standard normal Zⱼ and distinct weights, by Smirnov's alternating series of integrals between the
/// zeros of D(u) = Π (1 − u·λⱼ). Every term is positive and decays as exp(−x·u/2), so the far tail keeps its relative accuracy (10⁻¹⁰),
/// where tables end at 10⁻³. Cost: 64 nodes an interval, at most 60 intervals. Reference: Smirnov 1937; Durbin 1973, Distribution Theory
/// for Tests Based on the Sample Distribution Function, section 4.
/// </summary>
static class SmirnovSeries
{
    const int Nodes = 64;

    /// <summary>The probability; <paramref name="zero"/>(k) is the k-th zero of <paramref name="determinant"/>, 1/λₖ.</summary>
    public static double Survival(double x, Func<int, double> zero, Func<double, double> determinant)
    {
        if (x <= 0) { return 1; }
        double sum = 0;
        for (int k = 1; k <= 60; k++)
        {
            (double from, double to) = (zero(2 * k - 1), zero(2 * k));
            (double middle, double half) = ((from + to) / 2, (to - from) / 2);
            double integral = 0;
            for (int i = 0; i < Nodes; i++)
            {
                // Gauss–Chebyshev: the weight 1/√((u − from)(to − u)) takes the singularities of 1/√|D| at both ends.
                double cosine = Math.Cos((i + 0.5) * Math.PI / Nodes);
                double u = middle + half * cosine;
                double edge = half * half * (1 - cosine * cosine);
                integral += Math.Exp(-u * x / 2) / u * Math.Sqrt(edge / Math.Abs(determinant(u)));
            }
            double term = integral / Nodes;      // (1/π) · (π/Nodes) · Σ
            sum += k % 2 == 1 ? term : -term;
            if (term < 1e-16 * Math.Abs(sum)) { break; }
        }
        return Math.Clamp(sum, 0, 1);
    }

    /// <summary>The x that is exceeded with probability <paramref name="alpha"/>, by bisection.</summary>
    public static double Quantile(double alpha, Func<double, double> survival)
    {
        if (alpha is not (> 0 and < 1)) { throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "allowed: between 0 and 1."); }
        (double low, double high) = (0.01, 1000);
        for (int step = 0; step < 60; step++)
        {
            double middle = Math.Sqrt(low * high);
            if (survival(middle) > alpha) { low = middle; }
            else { high = middle; }
        }
        return high;
    }
}
