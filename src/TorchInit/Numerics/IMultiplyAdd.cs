namespace TorchInit;

/// <summary>a · b + c, with the product rounded or not: the only difference between torch's AVX2 and default kernels.</summary>
/// <remarks>A type argument instead of a flag, so that the JIT compiles each kernel once per rounding, without a branch in its
/// loop.</remarks>
interface IMultiplyAdd
{
    /// <summary>a · b + c in float32.</summary>
    static abstract float MultiplyAdd(float a, float b, float c);

    /// <summary>a · b + c in float64.</summary>
    static abstract double MultiplyAdd(double a, double b, double c);
}
