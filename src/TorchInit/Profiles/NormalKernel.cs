namespace TorchInit;

/// <summary>How torch computes the logarithm, sine and cosine of a float32 block of normals.</summary>
enum NormalKernel
{
    /// <summary>Cephes polynomials, fused as GCC contracts them: Linux x64 with AVX2.</summary>
    FusedPolynomial,

    /// <summary>The same polynomials, every product rounded: Windows x64 with AVX2.</summary>
    PlainPolynomial,

    /// <summary>logf, cosf and sinf of the C library: the portable copy, and Arm.</summary>
    Libm,
}
