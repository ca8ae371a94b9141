using System.Numerics;

namespace TorchInit;

/// <summary>
/// The reduced QR decomposition of a tall matrix by Householder reflectors: <c>torch.linalg.qr</c>, which is LAPACK's geqrf, then orgqr.
/// </summary>
static class HouseholderQr
{
    /// <summary>A = Q R; A is overwritten by Q, with Qᵀ Q = I.</summary>
    /// <param name="a">A, column-major, <paramref name="rows"/> × <paramref name="columns"/>, finite.</param>
    /// <param name="rows">Rows of A, at least <paramref name="columns"/>.</param>
    /// <param name="columns">Columns of A and of Q.</param>
    /// <param name="diagonalOfR"><paramref name="columns"/> elements, overwritten by R's diagonal, whose signs <c>orthogonal_</c>
    /// needs.</param>
    /// <param name="variant">Whose order of operations.</param>
    /// <exception cref="ArgumentException">A is wider than tall, or a span's length does not fit.</exception>
    /// <remarks>
    /// The same bits as torch 1.13.1 over reference LAPACK 3.11.0, and as reference LAPACK 3.12.1, in float32 and float64, subnormal
    /// numbers included; torch 2.6.0 over 3.12.1 was compared up to 512 x 400. About 8/3 · columns² · rows operations.
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
            throw new ArgumentException($"diagonalOfR has {diagonalOfR.Length} elements; allowed: {columns}, one a column.",
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
