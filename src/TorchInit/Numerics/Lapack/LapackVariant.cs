namespace TorchInit;

/// <summary>Whose order of operations a QR decomposition follows. MKL's and OpenBLAS's are not known: against those it is only close.</summary>
enum LapackVariant
{
    /// <summary>Reference LAPACK up to 3.12.0.</summary>
    Reference311,

    /// <summary>Reference LAPACK from 3.12.1 (<c>larf1f</c>), proved for at most 128 columns; above, its recursive <c>larft</c> is not reproduced.</summary>
    Reference312,
}
