namespace TorchInit;

/// <summary>
/// 2-norms as torch's portable reduction adds: eight running sums, added left to right, what is left over added last, then the square root. Float64 in
/// double, all other types in float32. With AVX2, torch's order depends on version and vector width and is not followed.
/// </summary>
static class SliceNorm
{
    const int Lanes = 8;

    /// <summary>One norm a slice along <paramref name="dim"/>; −1 for one norm over everything.</summary>
    public static void Except<T>(ReadOnlySpan<T> tensor, ReadOnlySpan<long> shape, int dim, Span<T> norms)
        where T : unmanaged
    {
        if (dim == -1)
        {
            norms[0] = Of(tensor);
            return;
        }
        int inner = (int)TensorShape.CountOrThrow(shape[(dim + 1)..]);
        int size = (int)shape[dim];
        T[] slice = new T[size == 0 ? 0 : tensor.Length / size];
        for (int at = 0; at < size; at++)
        {
            for (int i = 0; i < slice.Length; i++) { slice[i] = tensor[(i / inner * size + at) * inner + i % inner]; }
            norms[at] = Of<T>(slice);
        }
    }

    /// <summary>v / max(‖v‖₂, ε) in place.</summary>
    public static void Normalize<T>(Span<T> vector, double epsilon)
        where T : unmanaged
    {
        T divisor = Elements.FromDouble<T>(Math.Max(Elements.ToDouble(Of<T>(vector)), epsilon));
        foreach (ref T element in vector)
        {
            element = typeof(T) == typeof(double)
                ? Elements.FromDouble<T>(Elements.ToDouble(element) / Elements.ToDouble(divisor))
                : Elements.FromFloat<T>(Elements.ToFloat(element) / Elements.ToFloat(divisor));
        }
    }

    static T Of<T>(ReadOnlySpan<T> vector)
        where T : unmanaged
        => typeof(T) == typeof(double) ? Elements.FromDouble<T>(OfDoubles(vector)) : Elements.FromFloat<T>(OfFloats(vector));

    static float OfFloats<T>(ReadOnlySpan<T> vector)
        where T : unmanaged
    {
        Span<float> lanes = stackalloc float[Lanes];
        int whole = vector.Length - vector.Length % Lanes;
        for (int i = 0; i < whole; i++)
        {
            float x = Elements.ToFloat(vector[i]);
            lanes[i % Lanes] += x * x;
        }
        float sum = lanes[0];
        foreach (float lane in lanes[1..]) { sum += lane; }
        for (int i = whole; i < vector.Length; i++)
        {
            float x = Elements.ToFloat(vector[i]);
            sum += x * x;
        }
        return MathF.Sqrt(sum);
    }

    static double OfDoubles<T>(ReadOnlySpan<T> vector)
        where T : unmanaged
    {
        double sum = 0;
        foreach (T element in vector)
        {
            double x = Elements.ToDouble(element);
            sum += x * x;
        }
        return Math.Sqrt(sum);
    }
}
