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
        int inner = (int)TensorShape.CountOrThrow(shape[(dim + 1)..]);
        double[] matrix = new double[weight.Length];
        for (int i = 0; i < weight.Length; i++)
        {
            int row = i / inner % u.Length;
            int column = i / inner / u.Length * inner + i % inner;
            matrix[row * v.Length + column] = Elements.ToDouble(weight[i]);
        }
        for (int iteration = 0; iteration < iterations; iteration++)
        {
            for (int row = 0; row < u.Length; row++) { u[row] = Dot(matrix.AsSpan(row * v.Length), 1, (ReadOnlySpan<T>)v); }
            SliceNorm.Normalize(u, epsilon);
            for (int column = 0; column < v.Length; column++) { v[column] = Dot(matrix.AsSpan(column), v.Length, (ReadOnlySpan<T>)u); }
            SliceNorm.Normalize(v, epsilon);
        }
    }

    static T Dot<T>(ReadOnlySpan<double> matrix, int stride, ReadOnlySpan<T> vector)
        where T : unmanaged
    {
        double sum = 0;
        for (int i = 0; i < vector.Length; i++) { sum += matrix[i * stride] * Elements.ToDouble(vector[i]); }
        return Elements.FromDouble<T>(sum);
    }
}
