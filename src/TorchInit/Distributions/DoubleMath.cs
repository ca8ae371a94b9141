namespace TorchInit;

/// <summary>Functions of doubles as torch's C library computes them; where it is not glibc, as this machine's does.</summary>
static class DoubleMath
{
    /// <summary>ln(1 − u): log1p(−u) since 2.0, log(1 − u) before.</summary>
    public static double LogOfRest(double u, TorchProfile profile)
        => profile.ScalarLog1p ? Libm.Log1p<Fused>(-u) : Log(1.0 - u, profile);

    public static double Log(double x, TorchProfile profile) => profile.HasGlibc ? Libm.Log(x) : Math.Log(x);
}
