namespace TorchInit.Parity;

/// <summary>Functions that lose digits when written down as they are.</summary>
static class RealMath
{
    const double Small = 1e-5;

    /// <summary>exp(x) − 1, also near 0.</summary>
    public static double ExpM1(double x) => Math.Abs(x) < Small ? x * (1 + x / 2 * (1 + x / 3)) : Math.Exp(x) - 1;

    /// <summary>ln(1 + x), also near 0.</summary>
    public static double Log1P(double x) => Math.Abs(x) < Small ? x * (1 - x * (0.5 - x / 3)) : Math.Log(1 + x);
}
