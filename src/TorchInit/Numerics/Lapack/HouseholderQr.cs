using System.Numerics;

namespace TorchInit;

/// <summary>
/// The reduced QR decomposition of a tall matrix by Householder reflectors: <c>torch.linalg.qr</c>, which calls LAPACK's geqrf and orgqr.
/// </summary>
static class HouseholderQr
{
    /// <summary>A = Q R; A is overwritten by Q, with Qᵀ Q = I.</summary>
    /// <param name="a">A, column-major, <paramref name="rows"/> × <paramref name="columns"/>, finite.</param>
    /// <param name="rows">Rows of A, at least <paramref name="columns"/>.</param>
    /// <param name="columns">Columns of A and of Q.</param>
    /// <param name="diagonalOfR"><paramref name="columns"/> elements, overwritten by the diagonal of R, whose signs <c>orthogonal_</c>
    /// needs.</param>
    /// <param name="variant">Which LAPACK's order of operations to follow.</param>
    /// <exception cref="ArgumentException">A has more columns than rows, or a span has the wrong length.</exception>
    /// <remarks>
    /// The same bits as torch 1.13.1 with reference LAPACK 3.11.0, and as reference LAPACK 3.12.1, in float32 and float64, including
    /// subnormal numbers; torch 2.6.0 with 3.12.1 was compared up to 512 x 400. About 8/3 · columns² · rows operations.
    /// </remarks>
    public static void ReducedQ<T>(Span<T> a, long rows, long columns, Span<T> diagonalOfR, LapackVariant variant)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (columns < 0 || rows < columns)
        {
            throw new ArgumentException($"columns is {columns}; allowed: 0 to {rows}, the rows. Transpose a wide matrix first.",
                nameof(columns));
        }

        if (a.Length != rows * columns)
        {
            throw new ArgumentException($"a has {a.Length} elements; allowed: {rows} x {columns} = {rows * columns}.", nameof(a));
        }

        if (diagonalOfR.Length != columns)
        {
            throw new ArgumentException($"diagonalOfR has {diagonalOfR.Length} elements; allowed: {columns}, one per column.",
                nameof(diagonalOfR));
        }

        if (columns == 0) { return; }
        ColumnMajor<T> matrix = new(a, (int)rows, (int)columns, (int)rows);
        T[] tau = new T[columns];
        Lapack<T>.Geqrf(matrix, tau, variant);
        for (int i = 0; i < diagonalOfR.Length; i++) { diagonalOfR[i] = matrix[i, i]; }
        Lapack<T>.Orgqr(matrix, tau, variant);
    }
}
