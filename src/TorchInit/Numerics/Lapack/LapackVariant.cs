namespace TorchInit;

/// <summary>Whose order of operations a QR decomposition follows. MKL's and OpenBLAS's are not known: against those it is only
/// close.</summary>
enum LapackVariant
{
    /// <summary>Reference LAPACK up to 3.12.0.</summary>
    Reference311,

    /// <summary>Reference LAPACK 3.12.1: the leading 1 of a reflector apart (<c>larf1f</c>), the triangle of a block by halves
    /// (<c>larft</c>).</summary>
    Reference312,
}
