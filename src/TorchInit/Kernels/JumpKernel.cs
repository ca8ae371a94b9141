using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TorchInit;

/// <summary>The two loops of <see cref="JumpAhead"/> over GF(2): the reduction of a polynomial, and the sum of many overlapping blocks of
/// words.</summary>
static class JumpKernel
{
    /// <summary>Extra words after a polynomial or a stream, which vectors read.</summary>
    public const int Padding = 16;

    /// <summary>Bit 2k of the result is bit k of <paramref name="bits"/>; the odd bits are 0.</summary>
    public static ulong Spread(uint bits)
    {
        ulong x = bits;
        if (Bmi2.X64.IsSupported) { return Bmi2.X64.ParallelBitDeposit(x, 0x5555555555555555); }
        x = (x | (x << 16)) & 0x0000FFFF0000FFFF;
        x = (x | (x << 8)) & 0x00FF00FF00FF00FF;
        x = (x | (x << 4)) & 0x0F0F0F0F0F0F0F0F;
        x = (x | (x << 2)) & 0x3333333333333333;
        return (x | (x << 1)) & 0x5555555555555555;
    }

    /// <summary>
    /// Reduces words 312 and up of a product to 0: removes each group of them and adds it, shifted, at every lower term of the
    /// characteristic polynomial.
    /// </summary>
    /// <param name="product">624 words and the padding.</param>
    /// <param name="shifts">For each term, its exponent minus the degree: −19937 to −623.</param>
    /// <param name="width">Which twin.</param>
    public static void Reduce(Span<ulong> product, ReadOnlySpan<int> shifts, VectorWidth width)
    {
        ref ulong p = ref MemoryMarshal.GetReference(product[..(2 * JumpAhead.Words + Padding)]);
        // A vector covers all its words but one, into which the shifted bits overflow. 312 is a multiple of 3, and 4 more than a multiple
        // of 7.
        if (width == VectorWidth.Bits512)
        {
            for (int at = 2 * JumpAhead.Words - 4; at >= JumpAhead.Words; at -= 7) { ReduceAt512(ref p, at, shifts); }
        }
        else if (width == VectorWidth.Bits256)
        {
            for (int at = 2 * JumpAhead.Words - 3; at >= JumpAhead.Words; at -= 3) { ReduceAt256(ref p, at, shifts); }
        }
        else
        {
            for (int at = 2 * JumpAhead.Words - 1; at >= JumpAhead.Words; at--) { ReduceAt(product, at, shifts); }
        }
    }

    /// <summary>target[i] = the sum of stream[e + i] over the exponents e.</summary>
    /// <param name="stream">Consecutive words, and the padding.</param>
    /// <param name="exponents">Ascending, so that the words read stay in the L1 cache.</param>
    /// <param name="target">A multiple of 16 words.</param>
    /// <param name="width">Which twin.</param>
    public static void Sum(ReadOnlySpan<uint> stream, ReadOnlySpan<ushort> exponents, Span<uint> target, VectorWidth width)
    {
        switch (width)
        {
            case VectorWidth.Bits512: Sum<Lanes512, Vector512<float>, Vector512<uint>>(stream, exponents, target); break;
            case VectorWidth.Bits256: Sum<Lanes256, Vector256<float>, Vector256<uint>>(stream, exponents, target); break;
            case VectorWidth.Bits128: Sum<Lanes128, Vector128<float>, Vector128<uint>>(stream, exponents, target); break;
            default:
                target.Clear();
                foreach (ushort exponent in exponents)
                {
                    ReadOnlySpan<uint> block = stream.Slice(exponent, target.Length);
                    for (int i = 0; i < target.Length; i++) { target[i] ^= block[i]; }
                }
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Sum<TLanes, TFloats, TWords>(ReadOnlySpan<uint> stream, ReadOnlySpan<ushort> exponents, Span<uint> target)
        where TLanes : struct, ILanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct
    {
        ref uint s = ref MemoryMarshal.GetReference(stream);
        ref uint t = ref MemoryMarshal.GetReference(target);
        nuint width = (nuint)TLanes.Count;
        nuint at = 0;
        // Eight sums in registers: one pass over the exponents for every 8 vectors.
        for (; at + 8 * width <= (nuint)target.Length; at += 8 * width)
        {
            TWords a = TLanes.Words(0), b = a, c = a, d = a, e = a, f = a, g = a, h = a;
            foreach (ushort exponent in exponents)
            {
                nuint from = at + exponent;
                a = TLanes.Xor(a, TLanes.Load(ref s, from));
                b = TLanes.Xor(b, TLanes.Load(ref s, from + width));
                c = TLanes.Xor(c, TLanes.Load(ref s, from + 2 * width));
                d = TLanes.Xor(d, TLanes.Load(ref s, from + 3 * width));
                e = TLanes.Xor(e, TLanes.Load(ref s, from + 4 * width));
                f = TLanes.Xor(f, TLanes.Load(ref s, from + 5 * width));
                g = TLanes.Xor(g, TLanes.Load(ref s, from + 6 * width));
                h = TLanes.Xor(h, TLanes.Load(ref s, from + 7 * width));
            }
            TLanes.Store(a, ref t, at);
            TLanes.Store(b, ref t, at + width);
            TLanes.Store(c, ref t, at + 2 * width);
            TLanes.Store(d, ref t, at + 3 * width);
            TLanes.Store(e, ref t, at + 4 * width);
            TLanes.Store(f, ref t, at + 5 * width);
            TLanes.Store(g, ref t, at + 6 * width);
            TLanes.Store(h, ref t, at + 7 * width);
        }
        for (; at < (nuint)target.Length; at += width)
        {
            TWords sum = TLanes.Words(0);
            foreach (ushort exponent in exponents) { sum = TLanes.Xor(sum, TLanes.Load(ref s, at + exponent)); }
            TLanes.Store(sum, ref t, at);
        }
    }

    static void ReduceAt(Span<ulong> product, int at, ReadOnlySpan<int> shifts)
    {
        ulong word = product[at];
        product[at] = 0;
        foreach (int shift in shifts)
        {
            int target = at + (shift >> 6);
            product[target] ^= word << shift;
            product[target + 1] ^= word >> 1 >> (63 - (shift & 63));
        }
    }

    static void ReduceAt256(ref ulong product, int at, ReadOnlySpan<int> shifts)
    {
        Vector256<ulong> low = Vector256.LoadUnsafe(ref product, (nuint)at).WithElement(3, 0UL);
        Vector256<ulong> carried = Vector256.Create(0, low[0], low[1], low[2]) >>> 1;
        (Vector256.LoadUnsafe(ref product, (nuint)at) ^ low).StoreUnsafe(ref product, (nuint)at);
        foreach (int shift in shifts)
        {
            nuint target = (nuint)(at + (shift >> 6));
            Vector256<ulong> added = (low << (shift & 63)) | (carried >>> (63 - (shift & 63)));
            (Vector256.LoadUnsafe(ref product, target) ^ added).StoreUnsafe(ref product, target);
        }
    }

    static void ReduceAt512(ref ulong product, int at, ReadOnlySpan<int> shifts)
    {
        Vector512<ulong> low = Vector512.LoadUnsafe(ref product, (nuint)at).WithElement(7, 0UL);
        Vector512<ulong> carried = Vector512.Create(0, low[0], low[1], low[2], low[3], low[4], low[5], low[6]) >>> 1;
        (Vector512.LoadUnsafe(ref product, (nuint)at) ^ low).StoreUnsafe(ref product, (nuint)at);
        foreach (int shift in shifts)
        {
            nuint target = (nuint)(at + (shift >> 6));
            Vector512<ulong> added = (low << (shift & 63)) | (carried >>> (63 - (shift & 63)));
            (Vector512.LoadUnsafe(ref product, target) ^ added).StoreUnsafe(ref product, target);
        }
    }
}
