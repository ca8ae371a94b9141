using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TorchInit;

/// <summary>
/// The vector twin of <see cref="CudaNormal{T}"/> for float32: two words to two normals. The sine's parabola is computed in 32-bit
/// integers: its C0 is a multiple of 2¹², so C1·d + C2·square(d) fits in a separate word.
/// </summary>
static class CudaNormalKernel
{
    const uint OffsetMask = (1 << 17) - 1;
    const uint Ln2 = 0x3F317218 - (23u << 23);               // ln 2 · 2⁻²³
    const uint InverseTurn = 0x3E22F983 + (25u << 23);       // 2²⁵ / 2π
    const float MinusTwo = -2f / (1L << 50);                 // the sines are 2²⁵ times too large, so the root is scaled by 2⁻²⁵
    const uint Sign = 0x80000000;

    static readonly uint[] s_table = ParabolaTable.Create();

    /// <summary>Turns words into normals, the sines in one row and the cosines in the other; the remainder is done one by one.</summary>
    /// <param name="firsts">The words of the radii.</param>
    /// <param name="seconds">The words of the angles.</param>
    /// <param name="sines">One normal per pair of words.</param>
    /// <param name="cosines">One normal per pair of words.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="std">The standard deviation.</param>
    /// <param name="width">Which twin.</param>
    public static void Transform(ReadOnlySpan<uint> firsts, ReadOnlySpan<uint> seconds, Span<float> sines, Span<float> cosines, float mean,
        float std, VectorWidth width)
    {
        firsts = firsts[..sines.Length];
        seconds = seconds[..sines.Length];
        cosines = cosines[..sines.Length];
        int done = width switch
        {
            VectorWidth.Bits512 => Transform<Lanes512, Vector512<float>, Vector512<uint>>(firsts, seconds, sines, cosines, mean, std),
            VectorWidth.Bits256 => Transform<Lanes256, Vector256<float>, Vector256<uint>>(firsts, seconds, sines, cosines, mean, std),
            VectorWidth.Bits128 => Transform<Lanes128, Vector128<float>, Vector128<uint>>(firsts, seconds, sines, cosines, mean, std),
            _ => 0,
        };
        for (int i = done; i < sines.Length; i++)
        {
            (float sine, float cosine) = CudaNormal.Pair(firsts[i], seconds[i]);
            (sines[i], cosines[i]) = (MathF.FusedMultiplyAdd(sine, std, mean), MathF.FusedMultiplyAdd(cosine, std, mean));
        }
    }

    // One method, because the JIT's inlining budget depends on the size of the calling method: if it is split, calls remain in the loop.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Transform<TLanes, TFloats, TWords>(ReadOnlySpan<uint> firsts, ReadOnlySpan<uint> seconds, Span<float> sines,
        Span<float> cosines, float mean, float std)
        where TLanes : struct, ICudaLanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct
    {
        ref uint first = ref MemoryMarshal.GetReference(firsts);
        ref uint second = ref MemoryMarshal.GetReference(seconds);
        ref uint sineTarget = ref Unsafe.As<float, uint>(ref MemoryMarshal.GetReference(sines));
        ref uint cosineTarget = ref Unsafe.As<float, uint>(ref MemoryMarshal.GetReference(cosines));
        ref uint table = ref MemoryMarshal.GetArrayDataReference(s_table);
        TFloats means = TLanes.Floats(mean), deviations = TLanes.Floats(std);
        int i = 0;
        for (; i <= sines.Length - TLanes.Count; i += TLanes.Count)
        {
            // √(−2 ln u), as CudaMath.Log.
            TFloats u = TLanes.MultiplyAdd(TLanes.FromUnsigned(TLanes.Load(ref first, (nuint)i)), TLanes.Floats(CudaUnits.Step),
                TLanes.Floats(CudaUnits.Step / 2));
            TWords bits = TLanes.BitsOf(u);
            TWords exponent = TLanes.And(TLanes.Subtract(bits, TLanes.Words(0x3F2AAAAB)), TLanes.Words(0xFF800000));
            TFloats m = TLanes.Subtract(TLanes.FloatsOf(TLanes.Subtract(bits, exponent)), TLanes.Floats(1));
            TFloats e = TLanes.ToFloats(exponent);               // times 2²³
            TFloats p = TLanes.FloatsOf(TLanes.Words(0xBE055027));
            p = TLanes.MultiplyAdd(p, m, TLanes.FloatsOf(TLanes.Words(0x3E1039F6)));
            p = TLanes.MultiplyAdd(p, m, TLanes.FloatsOf(TLanes.Words(0xBDF8CDCC)));
            p = TLanes.MultiplyAdd(p, m, TLanes.FloatsOf(TLanes.Words(0x3E0F2955)));
            p = TLanes.MultiplyAdd(p, m, TLanes.FloatsOf(TLanes.Words(0xBE2AD8B9)));
            p = TLanes.MultiplyAdd(p, m, TLanes.FloatsOf(TLanes.Words(0x3E4CED0B)));
            p = TLanes.MultiplyAdd(p, m, TLanes.FloatsOf(TLanes.Words(0xBE7FFF22)));
            p = TLanes.MultiplyAdd(p, m, TLanes.FloatsOf(TLanes.Words(0x3EAAAA78)));
            p = TLanes.MultiplyAdd(p, m, TLanes.FloatsOf(TLanes.Words(0xBF000000)));
            p = TLanes.MultiplyAdd(TLanes.Multiply(p, m), m, m);
            TFloats log = TLanes.MultiplyAdd(e, TLanes.FloatsOf(TLanes.Words(Ln2)), p);
            TFloats radius = TLanes.Sqrt(TLanes.Multiply(log, TLanes.Floats(MinusTwo)));

            // The angle in units of 2⁻²⁵ turns.
            TFloats v = TLanes.MultiplyAdd(TLanes.FromUnsigned(TLanes.Load(ref second, (nuint)i)),
                TLanes.FloatsOf(TLanes.Words(0x30C90FDB)), TLanes.FloatsOf(TLanes.Words(0x30490FDB)));
            TWords k = TLanes.Truncate(TLanes.MultiplyTowardsZero(v, TLanes.FloatsOf(TLanes.Words(InverseTurn))));

            // Its position in the nearer half of the quarter: rows 0 to 31, and for its mirror image 63 to 32.
            TWords place = TLanes.Xor(k, TLanes.ShiftRightSigned(TLanes.ShiftLeft(k, 9), 31));
            TWords d = TLanes.And(place, TLanes.Words(OffsetMask));
            TLanes.SquareFactors(place, out TWords parts1, out TWords parts2, out TWords bits1, out TWords bits2);
            TWords square = TLanes.Add(TLanes.MultiplyBytes(parts1, bits1), TLanes.MultiplyBytes(parts2, bits2));
            parts1 = TLanes.Xor(parts1, TLanes.Words(SquareBytes.Parts1));
            parts2 = TLanes.Xor(parts2, TLanes.Words(SquareBytes.Parts2));
            bits1 = TLanes.Xor(bits1, TLanes.Words(SquareBytes.Bits1));
            bits2 = TLanes.Xor(bits2, TLanes.Words(SquareBytes.Bits2));
            TWords mirrored = TLanes.Add(TLanes.MultiplyBytes(parts1, bits1), TLanes.MultiplyBytes(parts2, bits2));

            // C0 + C1·d + C2·square, 37 bits: the upper 24, truncated. The mirror image's value is above one half, so 25 of its bits are
            // enough.
            TLanes.Lookup(ref table, place, out TWords near0, out TWords near1, out TWords near2, out TWords far0, out TWords far1,
                out TWords far2);
            TWords sum = TLanes.Subtract(TLanes.Multiply(near1, d), TLanes.MultiplyHalves(square, near2));
            TWords near = TLanes.BitsOf(TLanes.Cut(TLanes.Add(near0, TLanes.ShiftRight(sum, 12)), sum));
            sum = TLanes.Subtract(TLanes.Multiply(far1, TLanes.Xor(d, TLanes.Words(OffsetMask))), TLanes.MultiplyHalves(mirrored, far2));
            TWords far = TLanes.BitsOf(TLanes.Cut(TLanes.Add(far0, TLanes.ShiftRight(sum, 12))));

            // The sine is the mirror image's in the second and third eighth of a turn and in the opposite ones, where bit 23 is 1. Bit 24
            // is the sign of both; the cosine also has that of a quarter.
            TWords isFar = TLanes.ShiftLeft(place, 8), sign = TLanes.Words(Sign);
            TWords sine = TLanes.SelectBySign(isFar, far, near), cosine = TLanes.SelectBySign(isFar, near, far);
            cosine = TLanes.Xor(cosine, TLanes.And(TLanes.ShiftLeft(k, 8), sign));
            radius = TLanes.FloatsOf(TLanes.Xor(TLanes.BitsOf(radius), TLanes.And(TLanes.ShiftLeft(k, 7), sign)));
            TFloats n1 = TLanes.MultiplyAdd(TLanes.Multiply(TLanes.FloatsOf(sine), radius), deviations, means);
            TFloats n2 = TLanes.MultiplyAdd(TLanes.Multiply(TLanes.FloatsOf(cosine), radius), deviations, means);
            TLanes.Store(TLanes.BitsOf(n1), ref sineTarget, (nuint)i);
            TLanes.Store(TLanes.BitsOf(n2), ref cosineTarget, (nuint)i);
        }
        return i;
    }
}
