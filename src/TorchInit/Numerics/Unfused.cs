namespace TorchInit;

/// <summary>a · b rounded, then + c rounded: torch's kernels for CPUs without AVX2. The .NET JIT never fuses the two on its own.</summary>
readonly struct Unfused : IMultiplyAdd
{
    /// <inheritdoc/>
    public static float MultiplyAdd(float a, float b, float c) => (a * b) + c;

    /// <inheritdoc/>
    public static double MultiplyAdd(double a, double b, double c) => (a * b) + c;
}
