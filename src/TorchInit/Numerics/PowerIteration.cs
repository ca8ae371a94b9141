namespace TorchInit;

/// <summary>
/// Power iteration for the largest singular value: u ← normalize(W·v), v ← normalize(Wᵀ·u). float32 and float64 products are added one by
/// one in their own type, as in reference BLAS; 16-bit products in float32, rounded once. Before torch 2.1, bfloat16 is rounded after every
/// product and every sum if W has at most 4096 elements (larger ones go to oneDNN on a processor with AVX-512).
/// </summary>
static class PowerIteration
{
    /// <summary>With more elements than this, torch gives bfloat16 matrices to oneDNN on a processor with AVX-512.</summary>
    public const long MostRoundedElements = 16 * 16 * 16;

    /// <summary>Runs on the matrix whose rows are the slices of <paramref name="weight"/> along <paramref name="dim"/>.</summary>
    public static void Run<T>(ReadOnlySpan<T> weight, ReadOnlySpan<long> shape, int dim, Span<T> u, Span<T> v, int iterations,
        double epsilon,
        TorchProfile profile)
        where T : unmanaged
    {
        T[] matrix = Matrix(weight, shape, dim, u.Length, v.Length);
        bool rounding = IsRounding(profile, weight.Length);
        for (int iteration = 0; iteration < iterations; iteration++)
        {
            for (int row = 0; row < u.Length; row++) { u[row] = Dot<T>(matrix.AsSpan(row * v.Length), 1, v, rounding); }
            SliceNorm.Normalize(u, epsilon, profile);
            for (int column = 0; column < v.Length; column++)
            {
                v[column] = Dot<T>(matrix.AsSpan(Math.Min(column, matrix.Length)), v.Length, u, rounding);
            }
            SliceNorm.Normalize(v, epsilon, profile);
        }
    }

    /// <summary>u · (W·v): the largest singular value once the iteration has converged.</summary>
    public static double Sigma<T>(ReadOnlySpan<T> weight, ReadOnlySpan<long> shape, int dim, ReadOnlySpan<T> u, ReadOnlySpan<T> v,
        TorchProfile profile)
        where T : unmanaged
    {
        T[] matrix = Matrix(weight, shape, dim, u.Length, v.Length);
        bool rounding = IsRounding(profile, weight.Length);
        T[] product = new T[u.Length];
        for (int row = 0; row < product.Length; row++) { product[row] = Dot(matrix.AsSpan(row * v.Length), 1, v, rounding); }
        return Elements.ToDouble(Dot<T>(u, 1, product, rounding));
    }

    static bool IsRounding(TorchProfile profile, long elements) => profile.SumsIn16Bits && elements <= MostRoundedElements;

    static T[] Matrix<T>(ReadOnlySpan<T> weight, ReadOnlySpan<long> shape, int dim, int rows, int columns)
        where T : unmanaged
    {
        int inner = (int)TensorShape.CountOrThrow(shape[(dim + 1)..]);
        T[] matrix = new T[weight.Length];
        for (int i = 0; i < weight.Length; i++)
        {
            int row = i / inner % rows;
            int column = i / inner / rows * inner + i % inner;
            matrix[row * columns + column] = weight[i];
        }
        return matrix;
    }

    static T Dot<T>(ReadOnlySpan<T> matrix, int stride, ReadOnlySpan<T> vector, bool rounding)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            double precise = 0;
            for (int i = 0; i < vector.Length; i++) { precise += Elements.ToDouble(matrix[i * stride]) * Elements.ToDouble(vector[i]); }
            return Elements.FromDouble<T>(precise);
        }
        float sum = 0;
        for (int i = 0; i < vector.Length; i++)
        {
            float product = Elements.ToFloat(matrix[i * stride]) * Elements.ToFloat(vector[i]);
            sum = rounding ? Elements.Round<T>(sum + Elements.Round<T>(product)) : sum + product;
        }
        return Elements.FromFloat<T>(sum);
    }
}
