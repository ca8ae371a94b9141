using System.Numerics;

namespace TorchInit;

/// <summary>
/// orthogonal_: Q of the reduced QR of a matrix of standard normals, each column multiplied by the sign of R's diagonal and by the gain. A
/// wide matrix is transposed first and transposed back at the end.
/// </summary>
static class OrthogonalFill
{
    public static void Fill<T>(Span<T> tensor, ReadOnlySpan<long> shape, double gain, Generator generator)
        where T : unmanaged
    {
        CheckShape(shape);
        if (tensor.IsEmpty) { return; }
        NormalFill.Fill(tensor, 0, 1, generator, contiguous: true);
        if (typeof(T) == typeof(float)) { Orthogonalize(Elements.Cast<T, float>(tensor), shape[0], (float)gain, generator.Profile.Lapack); }
        else if (typeof(T) == typeof(double)) { Orthogonalize(Elements.Cast<T, double>(tensor), shape[0], gain, generator.Profile.Lapack); }
        else
        {
            throw TorchArgumentException.NotImplemented(generator.Profile, "dtype", DType.Of<T>().TorchName(),
                "float32, float64", $"\"geqrf_{generator.Profile.Fills.Suffix}\" not implemented for '{Elements.ScalarTypeName<T>()}'");
        }
    }

    public static void CheckShape(ReadOnlySpan<long> shape)
    {
        if (shape.Length < 2)
        {
            throw TorchArgumentException.ValueError(nameof(shape), shape.ToArray(), "2 sizes or more",
                "Only tensors with 2 or more dimensions are supported");
        }
    }

    static void Orthogonalize<T>(Span<T> matrix, long rows, T gain, LapackImplementation lapack)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long columns = matrix.Length / rows;
        bool wide = rows < columns;
        (long tall, long narrow) = wide ? (columns, rows) : (rows, columns);
        // LAPACK stores columns: a wide row-major matrix already lies in memory as its transpose.
        T[] q = wide ? matrix.ToArray() : Transpose<T>(matrix, rows, columns);
        T[] diagonal = new T[narrow];
        HouseholderQr.ReducedQ<T>(q, tall, narrow, diagonal, lapack == LapackImplementation.Reference312 ? LapackVariant.Reference312
            : LapackVariant.Reference311);
        for (int column = 0; column < narrow; column++)
        {
            T sign = T.IsZero(diagonal[column]) ? T.Zero : T.IsNegative(diagonal[column]) ? -T.One : T.One;
            foreach (ref T element in q.AsSpan(column * (int)tall, (int)tall)) { element = element * sign * gain; }
        }
        (wide ? q : Transpose<T>(q, columns, rows)).CopyTo(matrix);
    }

    /// <summary>Row-major (rows, columns) to row-major (columns, rows).</summary>
    static T[] Transpose<T>(ReadOnlySpan<T> matrix, long rows, long columns)
        where T : unmanaged
    {
        T[] transposed = new T[matrix.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++) { transposed[column * (int)rows + row] = matrix[row * (int)columns + column]; }
        }
        return transposed;
    }
}
