using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TorchInit;

/// <summary>The vector twin of <see cref="BoxMullerFloat64"/>: turns uniforms into normals in place, in blocks of 16, whose first 8 are u₁
/// and the others u₂.</summary>
/// <typeparam name="TTail">Whether the last product is rounded before the mean is added.</typeparam>
static class BoxMullerFloat64Kernel<TTail>
    where TTail : struct, IMultiplyAdd
{
    const int Half = NormalFill.Block / 2;

    /// <param name="tensor">Uniforms in [0, 1) in, normals out; a multiple of 16.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="std">The standard deviation.</param>
    /// <param name="width">512 bits run the 256-bit twin, as its table rows are loaded one at a time anyway (6 ns per element against 5);
    /// 128 bits run the scalar twin.</param>
    public static void Transform(Span<double> tensor, double mean, double std, VectorWidth width)
    {
        if (width >= VectorWidth.Bits256)
        {
            RadiusOfFirsts(tensor, ref MemoryMarshal.GetReference(Libm.LogRows));
            Turn(tensor, mean, std, ref MemoryMarshal.GetArrayDataReference(SinCosTable.Values));
        }
        else { BoxMullerFloat64.Transform<TTail>(tensor, mean, std); }
    }

    // Two methods, because the JIT's inlining budget depends on the size of the calling method: in one, calls remain in the loop.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void RadiusOfFirsts(Span<double> tensor, ref double logRows)
    {
        ref double t = ref MemoryMarshal.GetReference(tensor);
        for (int at = 0; at <= tensor.Length - NormalFill.Block; at += NormalFill.Block)
        {
            for (int i = at; i < at + Half; i += Vector256<double>.Count)
            {
                Vector256<double> log = LogFloat64.Of(Vector256.Create(1.0) - Vector256.LoadUnsafe(ref t, (nuint)i), ref logRows);
                Vector256.Sqrt(Vector256.Create(-2.0) * log).StoreUnsafe(ref t, (nuint)i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Turn(Span<double> tensor, double mean, double std, ref double rows)
    {
        ref double t = ref MemoryMarshal.GetReference(tensor);
        for (int at = 0; at <= tensor.Length - NormalFill.Block; at += NormalFill.Block)
        {
            for (int i = at; i < at + Half; i += Vector256<double>.Count)
            {
                Vector256<double> radius = Vector256.LoadUnsafe(ref t, (nuint)i);
                Vector256<double> theta = Vector256.Create(2 * Math.PI) * Vector256.LoadUnsafe(ref t, (nuint)(i + Half));
                SinCosFloat64.Of(theta, ref rows, out Vector256<double> sine, out Vector256<double> cosine);
                Scale(radius * cosine, mean, std).StoreUnsafe(ref t, (nuint)i);
                Scale(radius * sine, mean, std).StoreUnsafe(ref t, (nuint)(i + Half));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> Scale(Vector256<double> standard, double mean, double std)
        => typeof(TTail) == typeof(Fused)
            ? Fma.MultiplyAdd(standard, Vector256.Create(std), Vector256.Create(mean))
            : standard * Vector256.Create(std) + Vector256.Create(mean);
}
