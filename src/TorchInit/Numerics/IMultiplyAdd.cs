namespace TorchInit;

/// <summary>a · b + c, with the product rounded or not: the one choice in which torch's AVX2 and default kernels differ.</summary>
/// <remarks>A type argument and not a flag, so that the JIT compiles each kernel once a rounding and no branch is left in its
/// loop.</remarks>
interface IMultiplyAdd
{
    /// <summary>a · b + c in float32.</summary>
    static abstract float MultiplyAdd(float a, float b, float c);

    /// <summary>a · b + c in float64.</summary>
    static abstract double MultiplyAdd(double a, double b, double c);
}
