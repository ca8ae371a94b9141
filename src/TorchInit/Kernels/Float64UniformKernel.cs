using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TorchInit;

/// <summary>
/// Pairs of words ↦ u·(to − from) + from, u = the low 53 bits · 2⁻⁵³. A pair is one 64-bit integer with its halves swapped. It becomes a
/// double with the help of 2⁸⁴ and 2⁵²: each half is placed in the last bits of one of them, and the three additions and subtractions are
/// exact.
/// </summary>
/// <typeparam name="TRounding">Whether the product is rounded before the sum.</typeparam>
static class Float64UniformKernel<TRounding>
    where TRounding : struct, IMultiplyAdd
{
    const double Step = 1.0 / (1UL << 53);
    const ulong HighBits = 0x45300000_00000000;     // 2⁸⁴, whose last bit is 2³²
    const ulong LowBits = 0x43300000_00000000;      // 2⁵², whose last bit is 1
    const double Both = 19342813118337666422669312.0;   // 2⁸⁴ + 2⁵²
    const ulong HighMask = (1UL << 21) - 1;

    /// <param name="words">Two per element, the high half first.</param>
    /// <param name="tensor">The elements to fill; may be the words' own memory.</param>
    /// <param name="from">Lower bound.</param>
    /// <param name="range">The rounded difference of the bounds.</param>
    /// <param name="width">Which twin.</param>
    public static void Map(ReadOnlySpan<uint> words, Span<double> tensor, double from, double range, VectorWidth width)
    {
        int done = width switch
        {
            VectorWidth.Bits512 => Map512(words, tensor, from, range),
            VectorWidth.Bits256 => Map256(words, tensor, from, range),
            VectorWidth.Bits128 => Map128(words, tensor, from, range),
            _ => 0,
        };
        for (int i = done; i < tensor.Length; i++)
        {
            tensor[i] = TRounding.MultiplyAdd(Words.Unit53(words[2 * i], words[2 * i + 1]), range, from);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Map512(ReadOnlySpan<uint> words, Span<double> tensor, double from, double range)
    {
        ref ulong w = ref Unsafe.As<uint, ulong>(ref MemoryMarshal.GetReference(words[..(2 * tensor.Length)]));
        ref double t = ref MemoryMarshal.GetReference(tensor);
        int i = 0;
        for (; i <= tensor.Length - 8; i += 8)
        {
            Vector512<ulong> pair = Vector512.LoadUnsafe(ref w, (nuint)i);
            Vector512<double> high = ((pair & Vector512.Create(HighMask)) | Vector512.Create(HighBits)).AsDouble();
            Vector512<double> low = ((pair >>> 32) | Vector512.Create(LowBits)).AsDouble();
            Vector512<double> u = (high - Vector512.Create(Both) + low) * Vector512.Create(Step);
            Vector512<double> x = typeof(TRounding) == typeof(Fused)
                ? Avx512F.FusedMultiplyAdd(u, Vector512.Create(range), Vector512.Create(from))
                : u * Vector512.Create(range) + Vector512.Create(from);
            x.StoreUnsafe(ref t, (nuint)i);
        }
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Map256(ReadOnlySpan<uint> words, Span<double> tensor, double from, double range)
    {
        ref ulong w = ref Unsafe.As<uint, ulong>(ref MemoryMarshal.GetReference(words[..(2 * tensor.Length)]));
        ref double t = ref MemoryMarshal.GetReference(tensor);
        int i = 0;
        for (; i <= tensor.Length - 4; i += 4)
        {
            Vector256<ulong> pair = Vector256.LoadUnsafe(ref w, (nuint)i);
            Vector256<double> high = ((pair & Vector256.Create(HighMask)) | Vector256.Create(HighBits)).AsDouble();
            Vector256<double> low = ((pair >>> 32) | Vector256.Create(LowBits)).AsDouble();
            Vector256<double> u = (high - Vector256.Create(Both) + low) * Vector256.Create(Step);
            Vector256<double> x = typeof(TRounding) == typeof(Fused)
                ? Fma.MultiplyAdd(u, Vector256.Create(range), Vector256.Create(from))
                : u * Vector256.Create(range) + Vector256.Create(from);
            x.StoreUnsafe(ref t, (nuint)i);
        }
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Map128(ReadOnlySpan<uint> words, Span<double> tensor, double from, double range)
    {
        ref ulong w = ref Unsafe.As<uint, ulong>(ref MemoryMarshal.GetReference(words[..(2 * tensor.Length)]));
        ref double t = ref MemoryMarshal.GetReference(tensor);
        int i = 0;
        for (; i <= tensor.Length - 2; i += 2)
        {
            Vector128<ulong> pair = Vector128.LoadUnsafe(ref w, (nuint)i);
            Vector128<double> high = ((pair & Vector128.Create(HighMask)) | Vector128.Create(HighBits)).AsDouble();
            Vector128<double> low = ((pair >>> 32) | Vector128.Create(LowBits)).AsDouble();
            Vector128<double> u = (high - Vector128.Create(Both) + low) * Vector128.Create(Step);
            Vector128<double> x = typeof(TRounding) != typeof(Fused) ? u * Vector128.Create(range) + Vector128.Create(from)
                : Fma.IsSupported ? Fma.MultiplyAdd(u, Vector128.Create(range), Vector128.Create(from))
                : AdvSimd.Arm64.FusedMultiplyAdd(Vector128.Create(from), u, Vector128.Create(range));
            x.StoreUnsafe(ref t, (nuint)i);
        }
        return i;
    }
}
