using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TorchInit;

readonly partial struct Lanes512 : ICudaLanes<Vector512<float>, Vector512<uint>>
{
    public static Vector512<uint> Indices
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(0u, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Repeated(ref readonly Vector512<float> value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> MultiplyEven(Vector512<uint> a, Vector512<uint> b) => Avx512F.Multiply(a, b).AsUInt32();

    // A shuffle, since a shift would wait for the execution port of the multiplications.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> OddLanes(Vector512<uint> a) => Avx512F.Shuffle(a, 0xF5);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Interleave(Vector512<uint> even, Vector512<uint> odd)
        => Vector512.ConditionalSelect(Vector512.Create(0x00000000FFFFFFFFul).AsUInt32(), even, Avx512F.Shuffle(odd, 0xA0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FromUnsigned(Vector512<uint> words) => Avx512F.ConvertToVector512Single(words);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Truncate(Vector512<float> floats) => Avx512F.ConvertToVector512Int32WithTruncation(floats).AsUInt32();

    // A product rounded towards zero, where .NET offers it: from .NET 9.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyTowardsZero(Vector512<float> a, Vector512<float> b)
#if NET9_0_OR_GREATER
        => Avx512F.Multiply(a, b, FloatRoundingMode.ToZero);
#else
        => NarrowCuda<Lanes512, Vector512<float>, Vector512<uint>>.MultiplyTowardsZero(a, b);
#endif

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Cut(Vector512<uint> number)
#if NET9_0_OR_GREATER
        => Avx512F.ConvertToVector512Single(number.AsInt32(), FloatRoundingMode.ToZero);
#else
        => NarrowCuda<Lanes512, Vector512<float>, Vector512<uint>>.Cut(number);
#endif

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Cut(Vector512<uint> high, Vector512<uint> low)
#if NET9_0_OR_GREATER
        => Avx512F.FusedMultiplyAdd(ToFloats(low & Vector512.Create(0xFFFu)), Vector512.Create(1f / 4096),
            Avx512F.ConvertToVector512Single(high.AsInt32(), FloatRoundingMode.ToZero), FloatRoundingMode.ToZero);
#else
        => NarrowCuda<Lanes512, Vector512<float>, Vector512<uint>>.Cut(high, low);
#endif

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> MultiplyHalves(Vector512<uint> a, Vector512<uint> b)
        => Avx512BW.MultiplyAddAdjacent(a.AsInt16(), b.AsInt16()).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> MultiplyBytes(Vector512<uint> a, Vector512<uint> b)
        => Avx512BW.MultiplyAddAdjacent(a.AsByte(), b.AsSByte()).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SquareFactors(Vector512<uint> place, out Vector512<uint> parts1, out Vector512<uint> parts2,
        out Vector512<uint> bits1, out Vector512<uint> bits2)
    {
#if NET10_0_OR_GREATER
        if (Avx512Vbmi.IsSupported)
        {
            Vector512<ulong> pairs = place.AsUInt64();      // the positions from which 8 bits each are taken, for two lanes
            parts1 = Avx512Vbmi.MultiShift(Vector512.Create(0x2524232205040302ul).AsByte(), pairs).AsUInt32();
            parts2 = Avx512Vbmi.MultiShift(Vector512.Create(0x2926272809060708ul).AsByte(), pairs).AsUInt32();
            bits1 = Avx512Vbmi.MultiShift(Vector512.Create(0x2D2E2F300D0E0F10ul).AsByte(), pairs).AsUInt32();
            bits2 = Avx512Vbmi.MultiShift(Vector512.Create(0x2A2C2B2A0A0C0B0Aul).AsByte(), pairs).AsUInt32();
            parts1 &= Vector512.Create(SquareBytes.Parts1);
            parts2 &= Vector512.Create(SquareBytes.Parts2);
            bits1 &= Vector512.Create(SquareBytes.Bits1);
            bits2 &= Vector512.Create(SquareBytes.Bits2);
            return;
        }
#endif
        NarrowCuda<Lanes512, Vector512<float>, Vector512<uint>>.Parts(place, out parts1, out parts2);
        Vector512<byte> repeated = Avx512BW.Shuffle((place >>> 10).AsByte(),
            Vector512.Create(0u, 0x04040404, 0x08080808, 0x0C0C0C0C, 0, 0x04040404, 0x08080808, 0x0C0C0C0C,
                0, 0x04040404, 0x08080808, 0x0C0C0C0C, 0, 0x04040404, 0x08080808, 0x0C0C0C0C).AsByte());
        bits1 = Avx512BW.Min(repeated & Vector512.Create(0x08102040u).AsByte(), Vector512.Create(SquareBytes.Bits1).AsByte()).AsUInt32();
        bits2 = Avx512BW.Min(repeated & Vector512.Create(0x7F040201u).AsByte(), Vector512.Create(SquareBytes.Bits2).AsByte()).AsUInt32();
    }

    // A permute ignores the bits beyond the row's.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Row(Vector512<uint> place) => place >>> 17;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Lookup(ref uint table, ref uint row, out Vector512<uint> near0, out Vector512<uint> near1,
        out Vector512<uint> near2, out Vector512<uint> far0, out Vector512<uint> far1, out Vector512<uint> far2)
    {
        Vector512<uint> rows = Vector512.LoadUnsafe(ref row);
        (near0, near1, near2) = (Column(ref table, 0, rows), Column(ref table, 1, rows), Column(ref table, 2, rows));
        (far0, far1, far2) = (Column(ref table, 3, rows), Column(ref table, 4, rows), Column(ref table, 5, rows));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<uint> Column(ref uint table, nuint column, Vector512<uint> rows)
        => Avx512F.PermuteVar16x32x2(Vector512.LoadUnsafe(ref table, column * ParabolaTable.Rows), rows,
            Vector512.LoadUnsafe(ref table, column * ParabolaTable.Rows + 16));
}
