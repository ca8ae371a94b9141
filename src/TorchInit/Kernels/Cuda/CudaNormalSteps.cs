using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchInit;

/// <summary>
/// The steps of <see cref="CudaNormalKernel"/>, for whole vectors of lanes. The sine's parabola is computed in 32-bit integers: its C0 is a
/// multiple of 2¹², so C1·d + C2·square(d) fits in a separate word.
/// </summary>
static class CudaNormalSteps<TLanes, TFloats, TWords>
    where TLanes : struct, ICudaLanes<TFloats, TWords>
    where TFloats : struct
    where TWords : struct
{
    const uint OffsetMask = (1 << 17) - 1;
    const uint Ln2 = 0x3F317218 - (23u << 23);               // ln 2 · 2⁻²³
    const uint InverseTurn = 0x3E22F983 + (25u << 23);       // 2²⁵ / 2π
    const float MinusTwo = -2f / (1L << 50);                 // the sines are 2²⁵ times too large, so the root is scaled by 2⁻²⁵
    const uint Sign = 0x80000000;

    static readonly uint[] s_table = ParabolaTable.Create();

    /// <summary>u = m · 2ᵉ for a radius; m − 1 and e · 2²³, as <see cref="CudaMath.Log(float)"/> takes it apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Reduce(ReadOnlySpan<uint> words, Span<uint> mantissas, Span<uint> exponents)
    {
        ref uint word = ref MemoryMarshal.GetReference(words);
        ref uint mantissa = ref MemoryMarshal.GetReference(mantissas), exponent = ref MemoryMarshal.GetReference(exponents);
        for (int i = 0; i < mantissas.Length; i += TLanes.Count)
        {
            TFloats u = TLanes.MultiplyAdd(TLanes.FromUnsigned(TLanes.Load(ref word, (nuint)i)), TLanes.Floats(CudaUnits.Step),
                TLanes.Floats(CudaUnits.Step / 2));
            TWords bits = TLanes.BitsOf(u);
            TWords e = TLanes.And(TLanes.Subtract(bits, TLanes.Words(0x3F2AAAAB)), TLanes.Words(0xFF800000));
            TFloats m = TLanes.Subtract(TLanes.FloatsOf(TLanes.Subtract(bits, e)), TLanes.Floats(1));
            TLanes.Store(TLanes.BitsOf(m), ref mantissa, (nuint)i);
            TLanes.Store(e, ref exponent, (nuint)i);
        }
    }

    /// <summary>ln u, as <see cref="CudaMath.Log(float)"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Logarithms(ReadOnlySpan<uint> mantissas, ReadOnlySpan<uint> exponents, Span<uint> logs)
    {
        ref uint mantissa = ref MemoryMarshal.GetReference(mantissas), exponent = ref MemoryMarshal.GetReference(exponents);
        ref uint log = ref MemoryMarshal.GetReference(logs);
        for (int i = 0; i < logs.Length; i += TLanes.Count)
        {
            TFloats m = TLanes.FloatsOf(TLanes.Load(ref mantissa, (nuint)i));
            TFloats e = TLanes.ToFloats(TLanes.Load(ref exponent, (nuint)i));
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
            p = TLanes.MultiplyAdd(e, TLanes.FloatsOf(TLanes.Words(Ln2)), p);
            TLanes.Store(TLanes.BitsOf(p), ref log, (nuint)i);
        }
    }

    /// <summary>The angles in units of 2⁻²⁵ turns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Angles(ReadOnlySpan<uint> words, Span<uint> angles)
    {
        ref uint word = ref MemoryMarshal.GetReference(words), angle = ref MemoryMarshal.GetReference(angles);
        for (int i = 0; i < angles.Length; i += TLanes.Count)
        {
            TFloats v = TLanes.MultiplyAdd(TLanes.FromUnsigned(TLanes.Load(ref word, (nuint)i)),
                TLanes.FloatsOf(TLanes.Words(0x30C90FDB)), TLanes.FloatsOf(TLanes.Words(0x30490FDB)));
            TWords k = TLanes.Truncate(TLanes.MultiplyTowardsZero(v, TLanes.FloatsOf(TLanes.Words(InverseTurn))));
            TLanes.Store(k, ref angle, (nuint)i);
        }
    }

    /// <summary>The angles' places in the nearer half of the quarter, rows 0 to 31, and for their mirror images 63 to 32; the rows, as
    /// <see cref="ICudaLanes{TFloats, TWords}.Row"/> wants them; and the squares of the offsets in a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Squares(ReadOnlySpan<uint> angles, Span<uint> places, Span<uint> rows, Span<uint> squares, Span<uint> mirrored)
    {
        ref uint angle = ref MemoryMarshal.GetReference(angles), toPlace = ref MemoryMarshal.GetReference(places);
        ref uint row = ref MemoryMarshal.GetReference(rows), square = ref MemoryMarshal.GetReference(squares);
        ref uint mirror = ref MemoryMarshal.GetReference(mirrored);
        for (int i = 0; i < places.Length; i += TLanes.Count)
        {
            TWords k = TLanes.Load(ref angle, (nuint)i);
            TWords place = TLanes.Xor(k, TLanes.ShiftRightSigned(TLanes.ShiftLeft(k, 9), 31));
            TLanes.Store(place, ref toPlace, (nuint)i);
            TLanes.Store(TLanes.Row(place), ref row, (nuint)i);
            TLanes.SquareFactors(place, out TWords parts1, out TWords parts2, out TWords bits1, out TWords bits2);
            TLanes.Store(TLanes.Add(TLanes.MultiplyBytes(parts1, bits1), TLanes.MultiplyBytes(parts2, bits2)), ref square, (nuint)i);
            parts1 = TLanes.Xor(parts1, TLanes.Words(SquareBytes.Parts1));
            parts2 = TLanes.Xor(parts2, TLanes.Words(SquareBytes.Parts2));
            bits1 = TLanes.Xor(bits1, TLanes.Words(SquareBytes.Bits1));
            bits2 = TLanes.Xor(bits2, TLanes.Words(SquareBytes.Bits2));
            TLanes.Store(TLanes.Add(TLanes.MultiplyBytes(parts1, bits1), TLanes.MultiplyBytes(parts2, bits2)), ref mirror, (nuint)i);
        }
    }

    /// <summary>C0 + C1·d + C2·square, 37 bits: from 2¹² on, and for the nearer half the rest, too. The mirror image's value is above one
    /// half, so 25 of its bits are enough.</summary>
    /// <param name="places">The places.</param>
    /// <param name="rows">Their rows.</param>
    /// <param name="near">The squares, then the sums' upper bits.</param>
    /// <param name="low">The sums, of which the last 12 bits count.</param>
    /// <param name="far">The mirror images' squares, then their sums' upper bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Parabolas(ReadOnlySpan<uint> places, ReadOnlySpan<uint> rows, Span<uint> near, Span<uint> low, Span<uint> far)
    {
        ref uint table = ref MemoryMarshal.GetArrayDataReference(s_table);
        ref uint place = ref MemoryMarshal.GetReference(places), row = ref MemoryMarshal.GetReference(rows);
        ref uint ofNear = ref MemoryMarshal.GetReference(near), ofLow = ref MemoryMarshal.GetReference(low);
        ref uint ofFar = ref MemoryMarshal.GetReference(far);
        for (int i = 0; i < near.Length; i += TLanes.Count)
        {
            TWords d = TLanes.And(TLanes.Load(ref place, (nuint)i), TLanes.Words(OffsetMask));
            TLanes.Lookup(ref table, ref Unsafe.Add(ref row, i), out TWords near0, out TWords near1, out TWords near2, out TWords far0,
                out TWords far1, out TWords far2);
            TWords sum = TLanes.Subtract(TLanes.Multiply(near1, d), TLanes.MultiplyHalves(TLanes.Load(ref ofNear, (nuint)i), near2));
            TLanes.Store(TLanes.Add(near0, TLanes.ShiftRight(sum, 12)), ref ofNear, (nuint)i);
            TLanes.Store(sum, ref ofLow, (nuint)i);
            sum = TLanes.Subtract(TLanes.Multiply(far1, TLanes.Xor(d, TLanes.Words(OffsetMask))),
                TLanes.MultiplyHalves(TLanes.Load(ref ofFar, (nuint)i), far2));
            TLanes.Store(TLanes.Add(far0, TLanes.ShiftRight(sum, 12)), ref ofFar, (nuint)i);
        }
    }

    /// <summary>√(−2 ln u) times the sine and the cosine, truncated to 24 bits; times std, plus the mean.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Normals(ReadOnlySpan<uint> angles, ReadOnlySpan<uint> places, ReadOnlySpan<uint> logs, ReadOnlySpan<uint> near,
        ReadOnlySpan<uint> low, ReadOnlySpan<uint> far, Span<float> sines, Span<float> cosines, float mean, float std)
    {
        ref uint angle = ref MemoryMarshal.GetReference(angles), place = ref MemoryMarshal.GetReference(places);
        ref uint log = ref MemoryMarshal.GetReference(logs);
        ref uint ofNear = ref MemoryMarshal.GetReference(near), ofLow = ref MemoryMarshal.GetReference(low);
        ref uint ofFar = ref MemoryMarshal.GetReference(far);
        ref uint toSine = ref Unsafe.As<float, uint>(ref MemoryMarshal.GetReference(sines));
        ref uint toCosine = ref Unsafe.As<float, uint>(ref MemoryMarshal.GetReference(cosines));
        TFloats means = TLanes.Floats(mean), deviations = TLanes.Floats(std);
        for (int i = 0; i < sines.Length; i += TLanes.Count)
        {
            TWords nearer = TLanes.BitsOf(TLanes.Cut(TLanes.Load(ref ofNear, (nuint)i), TLanes.Load(ref ofLow, (nuint)i)));
            TWords farther = TLanes.BitsOf(TLanes.Cut(TLanes.Load(ref ofFar, (nuint)i)));
            TFloats radius = TLanes.Sqrt(TLanes.Multiply(TLanes.FloatsOf(TLanes.Load(ref log, (nuint)i)), TLanes.Floats(MinusTwo)));

            // The sine is the mirror image's in the second and third eighth of a turn and in the opposite ones, where the place's bit 23
            // is 1. Bit 24 is the sign of both; the cosine also has that of a quarter.
            TWords k = TLanes.Load(ref angle, (nuint)i), sign = TLanes.Words(Sign);
            TWords isFar = TLanes.ShiftLeft(TLanes.Load(ref place, (nuint)i), 8);
            TWords sine = TLanes.SelectBySign(isFar, farther, nearer), cosine = TLanes.SelectBySign(isFar, nearer, farther);
            cosine = TLanes.Xor(cosine, TLanes.And(TLanes.ShiftLeft(k, 8), sign));
            radius = TLanes.FloatsOf(TLanes.Xor(TLanes.BitsOf(radius), TLanes.And(TLanes.ShiftLeft(k, 7), sign)));
            TFloats n1 = TLanes.MultiplyAdd(TLanes.Multiply(TLanes.FloatsOf(sine), radius), deviations, means);
            TFloats n2 = TLanes.MultiplyAdd(TLanes.Multiply(TLanes.FloatsOf(cosine), radius), deviations, means);
            TLanes.Store(TLanes.BitsOf(n1), ref toSine, (nuint)i);
            TLanes.Store(TLanes.BitsOf(n2), ref toCosine, (nuint)i);
        }
    }
}
