namespace TorchInit;

static partial class CudaMath
{
    /// <summary>1/√x like <c>rsqrtf</c>: the hardware's, also for subnormals.</summary>
    public static float Rsqrt(float x)
    {
        if (x == 0) { return MathF.CopySign(float.PositiveInfinity, x); }
        if (!(x > 0)) { return NaN; }
        if (float.IsPositiveInfinity(x)) { return 0; }
        return float.IsNormal(x) ? HardwareMath.Rsq(x) : HardwareMath.Rsq(x * (1 << 24)) * (1 << 12);
    }

    /// <summary>1/√x: the hardware's and one step of third order.</summary>
    public static double Rsqrt(double x)
    {
        if (x == 0) { return Math.CopySign(double.PositiveInfinity, x); }
        if (!(x > 0)) { return double.NaN; }
        if (double.IsPositiveInfinity(x)) { return 0; }
        if (!double.IsNormal(x)) { return Rsqrt(x * (1L << 54)) * (1L << 27); }
        double root = HardwareMath.Rsq64H(x), error = Math.FusedMultiplyAdd(x, -(root * root), 1);
        return Math.FusedMultiplyAdd(Math.FusedMultiplyAdd(error, 0.375, 0.5), root * error, root);
    }
}
