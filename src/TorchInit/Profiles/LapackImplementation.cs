namespace TorchInit;

/// <summary>Which QR decomposition <c>orthogonal_</c> uses.</summary>
public enum LapackImplementation
{
    /// <summary>Reference LAPACK up to 3.12.0 with reference BLAS, such as Debian 12's.</summary>
    Reference311,

    /// <summary>Reference LAPACK 3.12.1, such as Debian 13's. It reports its version as 3.12.0.</summary>
    Reference312,

    /// <summary>MKL, OpenBLAS or Accelerate: every official wheel. Matched within a tolerance.</summary>
    Vendor,
}
