using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TorchInit;

/// <summary>
/// The vector twin of <see cref="CudaNormalFloat64"/>: turns draws into two rows of normals, with the steps of <see cref="CudaMath"/>. 512
/// bits run the 256-bit twin, as its table rows are loaded one at a time anyway; 128 bits run the scalar twin.
/// </summary>
static class CudaNormalFloat64Kernel
{
    // C0, C1, C2 of the reciprocal as doubles, whose sums are exact, and a fourth number to pad the row.
    static readonly double[] s_rows = Rows();

    /// <param name="words">Four rows of words.</param>
    /// <param name="sines">One per draw.</param>
    /// <param name="cosines">One per draw.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="std">The standard deviation.</param>
    /// <param name="width">Which twin.</param>
    /// <returns>The number of draws done.</returns>
    public static int Transform(PhiloxRows words, Span<double> sines, Span<double> cosines, double mean, double std, VectorWidth width)
    {
        if (width < VectorWidth.Bits256) { return 0; }
        int count = sines.Length;
        int done = Radii(words.Row(0)[..count], words.Row(1)[..count], sines);
        Turn(words.Row(2)[..count], words.Row(3)[..count], sines, cosines[..count], mean, std);
        return done;
    }

    /// <summary><see cref="HardwareMath.Rcp64H"/> of four numbers in [1, 4).</summary>
    public static Vector256<double> Reciprocal(Vector256<double> x) => Reciprocal(x, ref MemoryMarshal.GetArrayDataReference(s_rows));

    // Two methods, because the JIT's inlining budget depends on the size of the calling method: in one, calls remain in the loop.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Radii(ReadOnlySpan<uint> lows, ReadOnlySpan<uint> highs, Span<double> radii)
    {
        ref uint low = ref MemoryMarshal.GetReference(lows);
        ref uint high = ref MemoryMarshal.GetReference(highs);
        ref double target = ref MemoryMarshal.GetReference(radii);
        ref double rows = ref MemoryMarshal.GetArrayDataReference(s_rows);
        int i = 0;
        for (; i <= radii.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            Vector256<double> u = Fma.MultiplyAdd(CudaUniformFloat64Kernel.Bits53(ref Unsafe.Add(ref low, i), ref Unsafe.Add(ref high, i)),
                Vector256.Create(1.0 / (1L << 53)), Vector256.Create(1.0 / (1L << 54)));

            // u = m · 2^e with m in [0.7, 1.4); the addition to the bits carries if m is above that. The exponent is placed in 2⁵².
            Vector256<ulong> bits = u.AsUInt64(), carried = bits + Vector256.Create(0x00095F61_00000000UL);
            Vector256<ulong> exponent = carried & Vector256.Create(0xFFF00000_00000000UL);
            Vector256<double> m = (bits - exponent + Vector256.Create(0x3FF00000_00000000UL)).AsDouble();
            Vector256<double> e = (carried >>> 52 | Vector256.Create(0x43300000_00000000UL)).AsDouble()
                - Vector256.Create(4503599627370496.0 + 1023);

            Vector256<double> f = m - Vector256.Create(1.0), d = m + Vector256.Create(1.0);
            Vector256<double> r = Reciprocal(d, ref rows);
            Vector256<double> q = Fma.MultiplyAddNegated(d, r, Vector256.Create(1.0));
            r = Fma.MultiplyAdd(Fma.MultiplyAdd(q, q, q), r, r);
            Vector256<double> z = Fma.MultiplyAdd(f, r, f * r);
            Vector256<double> w = z * z;
            Vector256<double> p = Next(Coefficient(CudaMath.LogDouble[0]), w, CudaMath.LogDouble[1]);
            p = Next(p, w, CudaMath.LogDouble[2]);
            p = Next(p, w, CudaMath.LogDouble[3]);
            p = Next(p, w, CudaMath.LogDouble[4]);
            p = Next(p, w, CudaMath.LogDouble[5]);
            p = Next(p, w, CudaMath.LogDouble[6]);
            p = Next(p, w, CudaMath.LogDouble[7]);
            Vector256<double> g = f - z;
            g = r * Fma.MultiplyAddNegated(z, f, g + g);
            Vector256<double> t = Fma.MultiplyAdd(w * p, z, g);
            Vector256<double> ln2 = Coefficient(0x3FE62E42FEFA39EF), s = Fma.MultiplyAdd(e, ln2, z);
            t -= Fma.MultiplyAddNegated(e, ln2, s) - z;
            Vector256<double> log = s + Fma.MultiplyAdd(e, Coefficient(0x3C7ABC9E3B39803F), t);
            Vector256.Sqrt(Vector256.Create(-2.0) * log).StoreUnsafe(ref target, (nuint)i);
        }
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Turn(ReadOnlySpan<uint> lows, ReadOnlySpan<uint> highs, Span<double> sines, Span<double> cosines, double mean, double std)
    {
        ref uint low = ref MemoryMarshal.GetReference(lows);
        ref uint high = ref MemoryMarshal.GetReference(highs);
        ref double sineTarget = ref MemoryMarshal.GetReference(sines);
        ref double cosineTarget = ref MemoryMarshal.GetReference(cosines);
        for (int i = 0; i <= sines.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            Vector256<double> x = Fma.MultiplyAdd(CudaUniformFloat64Kernel.Bits53(ref Unsafe.Add(ref low, i), ref Unsafe.Add(ref high, i)),
                Vector256.Create(1.0 / (1L << 52)), Vector256.Create(1.0 / (1L << 53)));
            Vector256<double> shifted = x + x + Vector256.Create(6755399441055744.0);   // 1.5 · 2⁵²: the sum is rounded to an integer
            Vector256<double> n = shifted - Vector256.Create(6755399441055744.0);
            Vector256<double> r = Fma.MultiplyAddNegated(n, Vector256.Create(0.5), x);
            Vector256<double> y = Fma.MultiplyAdd(r, Coefficient(0x400921FB54442D18), r * Coefficient(0x3CA1A62633145C07));
            Vector256<double> w = y * y;
            Vector256<double> c = Next(Coefficient(CudaMath.CosPi[0]), w, CudaMath.CosPi[1]);
            Vector256<double> s = Next(Coefficient(CudaMath.SinPi[0]), w, CudaMath.SinPi[1]);
            c = Next(c, w, CudaMath.CosPi[2]);
            s = Next(s, w, CudaMath.SinPi[2]);
            c = Next(c, w, CudaMath.CosPi[3]);
            s = Next(s, w, CudaMath.SinPi[3]);
            c = Next(c, w, CudaMath.CosPi[4]);
            s = Next(s, w, CudaMath.SinPi[4]);
            c = Next(c, w, CudaMath.CosPi[5]);
            s = Next(s, w, CudaMath.SinPi[5]);
            c = Next(c, w, CudaMath.CosPi[6]);
            s = Fma.MultiplyAdd(s * w, y, y);
            c = Next(c, w, CudaMath.CosPi[7]);

            // Odd quarters swap the two and flip the cosine's sign; the second half turn flips both signs.
            Vector256<ulong> quarter = shifted.AsUInt64(), sign = Vector256.Create(1UL << 63);
            Vector256<double> odd = (quarter << 63).AsDouble();
            Vector256<ulong> half = quarter << 62 & sign;
            Vector256<double> sine = Avx.BlendVariable(s, c, odd), cosine = Avx.BlendVariable(c, s, odd);
            sine = (sine.AsUInt64() ^ half).AsDouble();
            cosine = (cosine.AsUInt64() ^ half ^ odd.AsUInt64()).AsDouble();
            // An integer x is 1 or 2, and its sine is +0; the cosine is never −0 then.
            sine = Avx.BlendVariable(sine, Vector256<double>.Zero, Avx.CompareEqual(x, Avx.RoundToZero(x)));
            cosine += Vector256<double>.Zero;

            Vector256<double> radius = Vector256.LoadUnsafe(ref sineTarget, (nuint)i);
            Fma.MultiplyAdd(sine * radius, Vector256.Create(std), Vector256.Create(mean)).StoreUnsafe(ref sineTarget, (nuint)i);
            Fma.MultiplyAdd(cosine * radius, Vector256.Create(std), Vector256.Create(mean)).StoreUnsafe(ref cosineTarget, (nuint)i);
        }
    }

    // Here the offset is h · 2¹⁰ + 16 · l, so that the upper three of the square's seven products are l · (h >> 4).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> Reciprocal(Vector256<double> x, ref double rows)
    {
        Vector256<uint> high = (x.AsUInt64() >>> 32).AsUInt32();
        TableRows.Four(ref rows, (high >>> 13 & Vector256.Create(127u)).AsUInt64(),
            out Vector256<double> c0, out Vector256<double> c1, out Vector256<double> c2, out _);
        Vector256<uint> h = high >>> 6 & Vector256.Create(127u), l = high & Vector256.Create(63u);
        // Bit k of h as a mask for l >> (4 − k).
        Vector256<uint> one = Vector256.Create(1u);
        Vector256<uint> square = Avx2.MultiplyAddAdjacent(h.AsInt16(), (h + h).AsInt16()).AsUInt32()
            + Avx2.MultiplyAddAdjacent((h >>> 4).AsInt16(), l.AsInt16()).AsUInt32()
            + (Vector256<uint>.Zero - (h & one) & l >>> 4)
            + (Vector256<uint>.Zero - (h >>> 1 & one) & l >>> 3)
            + (Vector256<uint>.Zero - (h >>> 2 & one) & l >>> 2)
            + (Vector256<uint>.Zero - (h >>> 3 & one) & l >>> 1);
        Vector256<ulong> two52 = Vector256.Create(0x43300000_00000000UL);
        Vector256<double> sq = (square.AsUInt64() | two52).AsDouble() - two52.AsDouble();
        Vector256<double> d = ((high.AsUInt64() & Vector256.Create(0x1FFFUL)) << 4 | two52).AsDouble() - two52.AsDouble();
        Vector256<double> value = Fma.MultiplyAdd(c1, d, Fma.MultiplyAdd(c2, sq, c0));
        // Multiplied by 2^−unit and truncated to the high word; from 2 on, half of that.
        Vector256<ulong> exponent = (x.AsUInt64() & Vector256.Create(0x7FF00000_00000000UL)) - Vector256.Create(0x3FF00000_00000000UL)
            + Vector256.Create((ulong)HardwareTables.Rcp64HUnit << 52);
        return (value.AsUInt64() - exponent & Vector256.Create(0xFFFFFFFF_00000000UL)).AsDouble();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> Next(Vector256<double> sum, Vector256<double> x, ulong coefficient)
        => Fma.MultiplyAdd(sum, x, Coefficient(coefficient));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> Coefficient(ulong bits) => Vector256.Create(bits).AsDouble();

    static double[] Rows()
    {
        ReadOnlySpan<long> table = HardwareTables.Rcp64H;
        double[] rows = new double[table.Length / 3 * 4];
        for (int i = 0; i < table.Length; i++) { rows[i / 3 * 4 + i % 3] = table[i]; }
        return rows;
    }
}
