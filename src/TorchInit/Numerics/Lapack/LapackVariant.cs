namespace TorchInit;

/// <summary>Which LAPACK's order of operations a QR decomposition follows. The order in MKL and OpenBLAS is not known; their results are
/// only close.</summary>
enum LapackVariant
{
    /// <summary>Reference LAPACK up to 3.12.0.</summary>
    Reference311,

    /// <summary>Reference LAPACK 3.12.1: the leading 1 of a reflector is applied separately (<c>larf1f</c>), the triangle of a block is
    /// computed by halves (<c>larft</c>).</summary>
    Reference312,
}
