namespace TorchInit;

/// <summary>a · b + c rounded once: what GCC generates for torch's AVX2 and AVX-512 kernels.</summary>
readonly struct Fused : IMultiplyAdd
{
    /// <inheritdoc/>
    public static float MultiplyAdd(float a, float b, float c) => MathF.FusedMultiplyAdd(a, b, c);

    /// <inheritdoc/>
    public static double MultiplyAdd(double a, double b, double c) => Math.FusedMultiplyAdd(a, b, c);
}
