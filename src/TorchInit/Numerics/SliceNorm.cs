using System.Runtime.InteropServices;

namespace TorchInit;

/// <summary>
/// 2-norms in the order in which torch's x86-64 builds add the squares. Contiguous slices: eight float32 sums side by side (float64: four,
/// since 2.1), added from left to right; then the remainder, in fours whose squares are rounded, and one by one, fused with AVX2. Other
/// slices: one sum, element by element. 16-bit squares are added in float32 since 2.1; before, float16 and non-contiguous slices of
/// bfloat16 were rounded after every square and every sum.
/// </summary>
/// <remarks>The same bits as Debian's torch 1.13.1 and 2.6.0 on one thread; another compiler may fuse elsewhere
/// (docs/compatibility.md).</remarks>
static class SliceNorm
{
    const int FloatLanes = 8;
    const int DoubleLanes = 4;

    /// <summary>One norm per slice along <paramref name="dim"/>; −1 for one norm over everything.</summary>
    public static void Except<T>(ReadOnlySpan<T> tensor, ReadOnlySpan<long> shape, int dim, Span<T> norms, TorchProfile profile)
        where T : unmanaged
    {
        if (dim == -1)
        {
            norms[0] = Of(tensor, neighbours: true, profile);
            return;
        }
        int outer = (int)TensorShape.CountOrThrow(shape[..dim]);
        int inner = (int)TensorShape.CountOrThrow(shape[(dim + 1)..]);
        int size = (int)shape[dim];
        // If dim is last, torch reduces the rows of (-1, size); if it is in the middle, torch swaps it with the first dimension, which
        // makes its slices contiguous.
        bool swapped = dim > 0 && dim < shape.Length - 1;
        int first = swapped ? (int)shape[0] : 1;
        int middle = first == 0 ? 0 : outer / first;
        T[] slice = new T[outer * inner];
        for (int at = 0; at < size; at++)
        {
            int k = 0;
            for (int m = 0; m < middle; m++)
            {
                for (int f = 0; f < first; f++)
                {
                    tensor.Slice(((f * middle + m) * size + at) * inner, inner).CopyTo(slice.AsSpan(inner * k++));
                }
            }
            norms[at] = Of<T>(slice, neighbours: dim == 0 || swapped || size == 1, profile);
        }
    }

    /// <summary>v / max(‖v‖₂, ε) in place.</summary>
    public static void Normalize<T>(Span<T> vector, double epsilon, TorchProfile profile)
        where T : unmanaged
    {
        T divisor = Elements.FromDouble<T>(Math.Max(Elements.ToDouble(Of<T>(vector, neighbours: true, profile)), epsilon));
        foreach (ref T element in vector)
        {
            element = typeof(T) == typeof(double)
                ? Elements.FromDouble<T>(Elements.ToDouble(element) / Elements.ToDouble(divisor))
                : Elements.FromFloat<T>(Elements.ToFloat(element) / Elements.ToFloat(divisor));
        }
    }

    static T Of<T>(ReadOnlySpan<T> vector, bool neighbours, TorchProfile profile)
        where T : unmanaged
    {
        bool old = profile.SumsIn16Bits;
        if (typeof(T) == typeof(double))
        {
            ReadOnlySpan<double> doubles = MemoryMarshal.Cast<T, double>(vector);
            double squares = profile.Fused ? SumOfDoubles<Fused>(doubles, neighbours, old)
                : SumOfDoubles<Unfused>(doubles, neighbours, old);
            return Elements.FromDouble<T>(Math.Sqrt(squares));
        }
        bool rounded = old && (typeof(T) == typeof(Half) || (typeof(T) == typeof(BFloat16) && !neighbours));
        float sum = rounded ? SumRounding(vector)
            : profile.Fused ? SumOfFloats<T, Fused>(vector, neighbours, old)
            : SumOfFloats<T, Unfused>(vector, neighbours, old);
        return Elements.FromFloat<T>(MathF.Sqrt(sum));
    }

    static float SumRounding<T>(ReadOnlySpan<T> vector)
        where T : unmanaged
    {
        float sum = 0;
        foreach (T element in vector)
        {
            float x = Elements.ToFloat(element);
            sum = Elements.Round<T>(sum + Elements.Round<T>(x * x));
        }
        return sum;
    }

    static float SumOfFloats<T, TRounding>(ReadOnlySpan<T> vector, bool neighbours, bool old)
        where T : unmanaged
        where TRounding : struct, IMultiplyAdd
    {
        bool vectorized = neighbours && typeof(T) != typeof(Half);
        int step = typeof(T) == typeof(BFloat16) ? 2 * FloatLanes : FloatLanes; // one vector of bfloat16 becomes two of float32
        int whole = vectorized ? vector.Length / step * step : 0;
        Span<float> lanes = stackalloc float[FloatLanes];
        for (int i = 0; i < whole; i++)
        {
            float x = Elements.ToFloat(vector[i]);
            lanes[i % FloatLanes] = old ? TRounding.MultiplyAdd(x, x, lanes[i % FloatLanes]) : lanes[i % FloatLanes] + x * x;
        }
        float sum = lanes[0];
        foreach (float lane in lanes[1..]) { sum += lane; }
        int fours = vectorized ? whole + (vector.Length - whole) / 4 * 4 : whole;
        for (int i = whole; i < vector.Length; i++)
        {
            float x = Elements.ToFloat(vector[i]);
            sum = i >= fours && (vectorized || old) ? TRounding.MultiplyAdd(x, x, sum) : sum + x * x;
        }
        return sum;
    }

    static double SumOfDoubles<TRounding>(ReadOnlySpan<double> vector, bool neighbours, bool old)
        where TRounding : struct, IMultiplyAdd
    {
        int whole = neighbours && !old ? vector.Length / DoubleLanes * DoubleLanes : 0;
        Span<double> lanes = stackalloc double[DoubleLanes];
        for (int i = 0; i < whole; i++) { lanes[i % DoubleLanes] += vector[i] * vector[i]; }
        double sum = lanes[0];
        foreach (double lane in lanes[1..]) { sum += lane; }
        foreach (double x in vector[whole..]) { sum = neighbours || old ? TRounding.MultiplyAdd(x, x, sum) : sum + x * x; }
        return sum;
    }
}
