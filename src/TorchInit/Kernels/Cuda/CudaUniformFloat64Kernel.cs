using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TorchInit;

/// <summary>The vector twin of <see cref="CudaUniformFloat64"/> since torch 2.1: turns two rows of words into doubles. 512 bits run the
/// 256-bit twin, 128 bits the scalar twin.</summary>
static class CudaUniformFloat64Kernel
{
    /// <param name="lows">The words that give the lowest bits.</param>
    /// <param name="highs">As many words, which start at bit 21.</param>
    /// <param name="target">As many uniforms.</param>
    /// <param name="from">The lower bound.</param>
    /// <param name="to">The upper bound, which is replaced by the lower one.</param>
    /// <param name="width">Which twin.</param>
    /// <returns>The number of uniforms computed.</returns>
    public static int Transform(ReadOnlySpan<uint> lows, ReadOnlySpan<uint> highs, Span<double> target, double from, double to,
        VectorWidth width)
        => width >= VectorWidth.Bits256 ? Transform(lows[..target.Length], highs[..target.Length], target, from, to) : 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Transform(ReadOnlySpan<uint> lows, ReadOnlySpan<uint> highs, Span<double> target, double from, double to)
    {
        ref uint low = ref MemoryMarshal.GetReference(lows);
        ref uint high = ref MemoryMarshal.GetReference(highs);
        ref double t = ref MemoryMarshal.GetReference(target);
        Vector256<double> lower = Vector256.Create(from), upper = Vector256.Create(to), range = Vector256.Create(to - from);
        int i = 0;
        for (; i <= target.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            Vector256<double> bits = Bits53(ref Unsafe.Add(ref low, i), ref Unsafe.Add(ref high, i));
            Vector256<double> u = Fma.MultiplyAdd(bits, Vector256.Create(1.0 / (1L << 53)), Vector256.Create(1.0 / (1L << 54)));
            Vector256<double> x = Fma.MultiplyAdd(u, range, lower);
            Vector256.ConditionalSelect(Vector256.Equals(x, upper), lower, x).StoreUnsafe(ref t, (nuint)i);
        }
        return i;
    }

    /// <summary>low ^ high · 2²¹ of four pairs of words, as doubles: the upper half is placed in the last bits of 2⁸⁴, the lower half in
    /// those of 2⁵²; all three steps are exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Bits53(ref uint low, ref uint high)
    {
        Vector256<ulong> bits = Avx2.ConvertToVector256Int64(Vector128.LoadUnsafe(ref low)).AsUInt64()
            ^ Avx2.ConvertToVector256Int64(Vector128.LoadUnsafe(ref high)).AsUInt64() << 21;
        Vector256<double> upper = (bits >>> 32 | Vector256.Create(0x45300000_00000000UL)).AsDouble();
        Vector256<double> lower = Avx2.Blend(bits.AsUInt32(), Vector256.Create(0x43300000_00000000UL).AsUInt32(), 0xAA).AsDouble();
        return upper - Vector256.Create(19342813118337666422669312.0) + lower;      // 2⁸⁴ + 2⁵²
    }
}
