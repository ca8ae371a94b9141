namespace TorchInit;

/// <summary>Functions of doubles as torch's C library computes them; if that is not glibc, as this machine's does.</summary>
static class DoubleMath
{
    /// <summary>ln(1 − u): log1p(−u) since 2.0, log(1 − u) before.</summary>
    public static double LogOfRest(double u, TorchProfile profile)
        => profile.ScalarLog1p ? Libm.Log1p<Fused>(-u) : Log(1.0 - u, profile);

    public static double Log(double x, TorchProfile profile) => profile.HasGlibc ? Libm.Log(x) : Math.Log(x);

    /// <summary>eˣ − 1 without cancellation: (u − 1) · x / ln u for u = eˣ near 1 (Kahan).</summary>
    public static double ExpM1(double x)
    {
        double u = Math.Exp(x);
        if (u == 1) { return x; }
        double rest = u - 1;
        return rest == -1 || double.IsInfinity(u) ? rest : rest * x / Math.Log(u);
    }
}
