using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TorchInit;

/// <summary>
/// The vector twin of <see cref="CudaNormal{T}"/> for float32: two words to two normals. The sine's parabola is computed in integers of 32
/// bits: its C0 is a multiple of 2¹², so that C1·d + C2·square(d) is a word of its own.
/// </summary>
static class CudaNormalKernel
{
    const uint Quarter = (1 << 23) - 1;
    const uint OffsetMask = (1 << 17) - 1;
    const uint Sign = 0x80000000;

    // The rows of HardwareTables.Sin, and behind them their mirror: C0 / 2¹², then C1 and −C2 in one word.
    static readonly uint[] s_tables = Tables();

    /// <summary>Words to normals, the sines in one row and the cosines in the other; what is left over one by one.</summary>
    /// <param name="firsts">Of the radii.</param>
    /// <param name="seconds">Of the angles.</param>
    /// <param name="sines">As many normals.</param>
    /// <param name="cosines">As many normals.</param>
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

    // One method, since the JIT inlines as much as the size of the method that asks allows; in pieces, calls are left in the loop.
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
        ref uint table = ref MemoryMarshal.GetArrayDataReference(s_tables);
        int i = 0;
        for (; i <= sines.Length - TLanes.Count; i += TLanes.Count)
        {
            // √(−2 ln u), as CudaMath.Log.
            TFloats u = TLanes.MultiplyAdd(TLanes.FromUnsigned(TLanes.Load(ref first, (nuint)i)), TLanes.Floats(CudaUnits.Step),
                TLanes.Floats(CudaUnits.Step / 2));
            TWords bits = TLanes.BitsOf(u);
            TWords exponent = TLanes.And(TLanes.Subtract(bits, TLanes.Words(0x3F2AAAAB)), TLanes.Words(0xFF800000));
            TFloats m = TLanes.Subtract(TLanes.FloatsOf(TLanes.Subtract(bits, exponent)), TLanes.Floats(1));
            TFloats e = TLanes.Multiply(TLanes.ToFloats(exponent), TLanes.Floats(1f / (1 << 23)));
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
            TFloats radius = TLanes.Sqrt(TLanes.Multiply(TLanes.MultiplyAdd(e, TLanes.FloatsOf(TLanes.Words(0x3F317218)), p),
                TLanes.Floats(-2)));

            // The angle in 2⁻²⁵ turns: the product, one less where it was rounded up.
            TFloats v = TLanes.MultiplyAdd(TLanes.FromUnsigned(TLanes.Load(ref second, (nuint)i)),
                TLanes.FloatsOf(TLanes.Words(0x30C90FDB)), TLanes.FloatsOf(TLanes.Words(0x30490FDB)));
            TFloats inverse = TLanes.FloatsOf(TLanes.Words(0x3E22F983));
            TFloats turns = TLanes.Multiply(v, inverse);
            TWords roundedUp = TLanes.LessThan(TLanes.MultiplySubtract(v, inverse, turns), TLanes.Floats(0));
            TWords k = TLanes.Truncate(TLanes.Multiply(TLanes.FloatsOf(TLanes.Add(TLanes.BitsOf(turns), roundedUp)),
                TLanes.Floats(1 << 25)));

            // In the quarter: the sine's place from its beginning, the cosine's from its end.
            TWords mirrored = TLanes.ShiftRightSigned(TLanes.ShiftLeft(k, 8), 31);
            TWords place = TLanes.And(TLanes.Xor(k, mirrored), TLanes.Words(Quarter));
            TWords row = TLanes.ShiftRight(place, 17);
            TWords d = TLanes.And(place, TLanes.Words(OffsetMask));
            TWords high = TLanes.ShiftRight(d, 10), low = TLanes.And(d, TLanes.Words(1023));

            // HardwareMath.Square of d and of its mirror: the terms of the sum side by side in bytes, k = 6, 5, 4, 3 and –, 0, 1, 2.
            TWords large = TLanes.Or(TLanes.Or(TLanes.ShiftRight(low, 2), TLanes.And(TLanes.ShiftLeft(low, 5), TLanes.Words(0x7F00))),
                TLanes.Or(TLanes.And(TLanes.ShiftLeft(low, 12), TLanes.Words(0x3F0000)),
                    TLanes.And(TLanes.ShiftLeft(low, 19), TLanes.Words(0x1F000000))));
            TWords small = TLanes.Or(TLanes.And(low, TLanes.Words(0x300)), TLanes.Or(
                TLanes.And(TLanes.ShiftLeft(low, 9), TLanes.Words(0x70000)),
                TLanes.And(TLanes.ShiftLeft(low, 18), TLanes.Words(0xF000000))));
            TWords repeated = TLanes.RepeatLowByte(high);
            TWords ofLarge = TLanes.AreEqualBytes(TLanes.And(repeated, TLanes.Words(0x08102040)), TLanes.Words(0x08102040));
            TWords ofSmall = TLanes.AreEqualBytes(TLanes.And(repeated, TLanes.Words(0x04020100)), TLanes.Words(0x04020100));
            TWords terms = TLanes.SumBytes(TLanes.Add(TLanes.And(large, ofLarge), TLanes.And(small, ofSmall)));
            TWords others = TLanes.SumBytes(TLanes.Add(
                TLanes.And(TLanes.Xor(large, TLanes.Words(0x1F3F7FFF)), TLanes.Xor(ofLarge, TLanes.Words(uint.MaxValue))),
                TLanes.And(TLanes.Xor(small, TLanes.Words(0x0F070300)), TLanes.Xor(ofSmall, TLanes.Words(uint.MaxValue)))));
            TWords highMirrored = TLanes.Xor(high, TLanes.Words(127));
            TWords square = TLanes.Add(TLanes.ShiftLeft(TLanes.MultiplySmall(high, high), 1), terms);
            TWords squareMirrored = TLanes.Add(TLanes.ShiftLeft(TLanes.MultiplySmall(highMirrored, highMirrored), 1), others);

            // C0 + C1·d + C2·square, 37 bits: the upper 24 of U · 2¹² + (sum mod 2¹²), cut.
            TLanes.Lookup(ref table, row, out TWords constants, out TWords coefficients);
            TWords sum = TLanes.Subtract(TLanes.Multiply(TLanes.And(coefficients, TLanes.Words(0x7FFF)), d),
                TLanes.MultiplySmall(TLanes.ShiftRight(coefficients, 15), square));
            TWords upper = TLanes.Add(constants, TLanes.ShiftRight(sum, 12));
            TFloats top = TLanes.ToFloats(TLanes.And(upper, TLanes.Words(~1u)));
            TFloats rest = TLanes.ToFloats(TLanes.Or(TLanes.And(TLanes.ShiftLeft(upper, 12), TLanes.Words(0x1000)),
                TLanes.And(sum, TLanes.Words(0xFFF))));
            TFloats whole = TLanes.MultiplyAdd(top, TLanes.Floats(4096), rest);
            TWords cut = TLanes.LessThan(rest, TLanes.MultiplyAdd(top, TLanes.Floats(-4096), whole));
            TWords sine = TLanes.Add(TLanes.BitsOf(whole), cut);

            TLanes.Lookup(ref Unsafe.Add(ref table, PairTable.Size), row, out constants, out coefficients);
            sum = TLanes.Subtract(TLanes.Multiply(TLanes.And(coefficients, TLanes.Words(0x7FFF)), TLanes.Xor(d, TLanes.Words(OffsetMask))),
                TLanes.MultiplySmall(TLanes.ShiftRight(coefficients, 15), squareMirrored));
            upper = TLanes.Add(constants, TLanes.ShiftRight(sum, 12));
            top = TLanes.ToFloats(TLanes.And(upper, TLanes.Words(~1u)));
            rest = TLanes.ToFloats(TLanes.Or(TLanes.And(TLanes.ShiftLeft(upper, 12), TLanes.Words(0x1000)),
                TLanes.And(sum, TLanes.Words(0xFFF))));
            whole = TLanes.MultiplyAdd(top, TLanes.Floats(4096), rest);
            cut = TLanes.LessThan(rest, TLanes.MultiplyAdd(top, TLanes.Floats(-4096), whole));
            TWords cosine = TLanes.Add(TLanes.BitsOf(whole), cut);

            // Bit 24 is the sign of the sine, and a quarter on that of the cosine. The unit goes to the radius, which is a product less.
            sine = TLanes.Xor(sine, TLanes.And(TLanes.ShiftLeft(k, 7), TLanes.Words(Sign)));
            cosine = TLanes.Xor(cosine, TLanes.And(TLanes.ShiftLeft(TLanes.Add(k, TLanes.Words(1 << 23)), 7), TLanes.Words(Sign)));
            radius = TLanes.Multiply(radius, TLanes.Floats(1f / (1L << 37)));
            TFloats n1 = TLanes.MultiplyAdd(TLanes.Multiply(TLanes.FloatsOf(sine), radius), TLanes.Floats(std), TLanes.Floats(mean));
            TFloats n2 = TLanes.MultiplyAdd(TLanes.Multiply(TLanes.FloatsOf(cosine), radius), TLanes.Floats(std), TLanes.Floats(mean));
            TLanes.Store(TLanes.BitsOf(n1), ref sineTarget, (nuint)i);
            TLanes.Store(TLanes.BitsOf(n2), ref cosineTarget, (nuint)i);
        }
        return i;
    }

    static uint[] Tables()
    {
        uint[] tables = new uint[2 * PairTable.Size];
        for (int row = 0; row < PairTable.Rows; row++)
        {
            ReadOnlySpan<long> c = HardwareTables.Sin.Slice(3 * row, 3);
            (uint constant, uint coefficients) = ((uint)(c[0] >> 12), (uint)c[1] | (uint)-c[2] << 15);
            PairTable.Set(tables.AsSpan(0, PairTable.Size), row, constant, coefficients);
            PairTable.Set(tables.AsSpan(PairTable.Size), PairTable.Rows - 1 - row, constant, coefficients);
        }
        return tables;
    }
}
