namespace TorchInit;

/// <summary>
/// Power iteration for the largest singular value: u ← normalize(W·v), v ← normalize(Wᵀ·u). Sums run in double and are rounded to the element type
/// once; torch's come from BLAS, in an order that is the library's own.
/// </summary>
static class PowerIteration
{
    /// <summary>Runs on the matrix whose rows are the slices of <paramref name="weight"/> along <paramref name="dim"/>.</summary>
    public static void Run<T>(ReadOnlySpan<T> weight, ReadOnlySpan<long> shape, int dim, Span<T> u, Span<T> v, int iterations, double epsilon)
        where T : unmanaged
    {
        double[] matrix = Matrix(weight, shape, dim, u.Length, v.Length);
        for (int iteration = 0; iteration < iterations; iteration++)
        {
            for (int row = 0; row < u.Length; row++) { u[row] = Dot(matrix.AsSpan(row * v.Length), 1, (ReadOnlySpan<T>)v); }
            SliceNorm.Normalize(u, epsilon);
            for (int column = 0; column < v.Length; column++) { v[column] = Dot(matrix.AsSpan(Math.Min(column, matrix.Length)), v.Length, (ReadOnlySpan<T>)u); }
            SliceNorm.Normalize(v, epsilon);
        }
    }

    /// <summary>u · (W·v), which is the largest singular value once the iterations have converged.</summary>
    public static double Sigma<T>(ReadOnlySpan<T> weight, ReadOnlySpan<long> shape, int dim, ReadOnlySpan<T> u, ReadOnlySpan<T> v)
        where T : unmanaged
    {
        double[] matrix = Matrix(weight, shape, dim, u.Length, v.Length);
        T[] product = new T[u.Length];
        for (int row = 0; row < product.Length; row++) { product[row] = Dot(matrix.AsSpan(row * v.Length), 1, v); }
        return Elements.ToDouble(Dot([.. u.ToArray().Select(Elements.ToDouble)], 1, (ReadOnlySpan<T>)product));
    }

    static double[] Matrix<T>(ReadOnlySpan<T> weight, ReadOnlySpan<long> shape, int dim, int rows, int columns)
        where T : unmanaged
    {
        int inner = (int)TensorShape.CountOrThrow(shape[(dim + 1)..]);
        double[] matrix = new double[weight.Length];
        for (int i = 0; i < weight.Length; i++)
        {
            int row = i / inner % rows;
            int column = i / inner / rows * inner + i % inner;
            matrix[row * columns + column] = Elements.ToDouble(weight[i]);
        }
        return matrix;
    }

    static T Dot<T>(ReadOnlySpan<double> matrix, int stride, ReadOnlySpan<T> vector)
        where T : unmanaged
    {
        double sum = 0;
        for (int i = 0; i < vector.Length; i++) { sum += matrix[i * stride] * Elements.ToDouble(vector[i]); }
        return Elements.FromDouble<T>(sum);
    }
}
