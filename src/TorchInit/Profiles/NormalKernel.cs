namespace TorchInit;

/// <summary>How torch computes the logarithm, sine and cosine of a float32 block of normals.</summary>
enum NormalKernel
{
    /// <summary>Cephes polynomials with the multiply-adds that GCC fuses: Linux x64 with AVX2.</summary>
    FusedPolynomial,

    /// <summary>The same polynomials with every product rounded: Windows x64 with AVX2.</summary>
    PlainPolynomial,

    /// <summary>The C library's logf, cosf and sinf: the portable copy, and Arm.</summary>
    Libm,
}
