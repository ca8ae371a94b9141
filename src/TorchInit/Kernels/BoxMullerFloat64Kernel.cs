using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TorchInit;

/// <summary>The vector twin of <see cref="BoxMullerFloat64"/>: uniforms in blocks of 16, whose first 8 are u₁ and the others u₂, to normals in place.</summary>
/// <typeparam name="TTail">Whether the last product is rounded before the mean is added.</typeparam>
static class BoxMullerFloat64Kernel<TTail>
    where TTail : struct, IMultiplyAdd
{
    const int Half = Normal.Block / 2;

    /// <param name="tensor">Uniforms of [0, 1) in, normals out; a multiple of 16.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="std">The standard deviation.</param>
    /// <param name="width">512 bits take the twin of 256, as their table rows come one at a time anyway (6 ns an element against 5); 128 bits take the scalar one.</param>
    public static void Transform(Span<double> tensor, double mean, double std, VectorWidth width)
    {
        if (width >= VectorWidth.Bits256)
        {
            RadiusOfFirsts(tensor, ref MemoryMarshal.GetReference(Libm.LogRows));
            Turn(tensor, mean, std, ref MemoryMarshal.GetArrayDataReference(SinCosTable.Values));
        }
        else { BoxMullerFloat64.Transform<TTail>(tensor, mean, std); }
    }

    // Two methods, since the JIT inlines as much as the size of the method that asks allows: in one, calls are left in the loop.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void RadiusOfFirsts(Span<double> tensor, ref double logRows)
    {
        ref double t = ref MemoryMarshal.GetReference(tensor);
        for (int at = 0; at <= tensor.Length - Normal.Block; at += Normal.Block)
        {
            for (int i = at; i < at + Half; i += DoubleLanes256.Count)
            {
                Vector256<double> log = LogFloat64.Of(DoubleLanes256.Subtract(DoubleLanes256.Doubles(1), DoubleLanes256.Load(ref t, (nuint)i)), ref logRows);
                DoubleLanes256.Store(DoubleLanes256.Sqrt(DoubleLanes256.Multiply(DoubleLanes256.Doubles(-2), log)), ref t, (nuint)i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Turn(Span<double> tensor, double mean, double std, ref double rows)
    {
        ref double t = ref MemoryMarshal.GetReference(tensor);
        for (int at = 0; at <= tensor.Length - Normal.Block; at += Normal.Block)
        {
            for (int i = at; i < at + Half; i += DoubleLanes256.Count)
            {
                Vector256<double> radius = DoubleLanes256.Load(ref t, (nuint)i);
                Vector256<double> theta = DoubleLanes256.Multiply(DoubleLanes256.Doubles(2 * Math.PI), DoubleLanes256.Load(ref t, (nuint)(i + Half)));
                SinCosFloat64.Of(theta, ref rows, out Vector256<double> sine, out Vector256<double> cosine);
                DoubleLanes256.Store(Scale(DoubleLanes256.Multiply(radius, cosine), mean, std), ref t, (nuint)i);
                DoubleLanes256.Store(Scale(DoubleLanes256.Multiply(radius, sine), mean, std), ref t, (nuint)(i + Half));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> Scale(Vector256<double> standard, double mean, double std)
        => typeof(TTail) == typeof(Fused)
            ? DoubleLanes256.MultiplyAdd(standard, DoubleLanes256.Doubles(std), DoubleLanes256.Doubles(mean))
            : DoubleLanes256.Add(DoubleLanes256.Multiply(standard, DoubleLanes256.Doubles(std)), DoubleLanes256.Doubles(mean));
}
