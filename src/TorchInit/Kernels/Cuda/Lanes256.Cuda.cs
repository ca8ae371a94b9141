using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TorchInit;

readonly partial struct Lanes256 : ICudaLanes<Vector256<float>, Vector256<uint>>
{
    public static Vector256<uint> Indices
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create(0u, 1, 2, 3, 4, 5, 6, 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> MultiplyEven(Vector256<uint> a, Vector256<uint> b) => Avx2.Multiply(a, b).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> OddLanes(Vector256<uint> a) => Avx2.Shuffle(a, 0xF5);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Interleave(Vector256<uint> even, Vector256<uint> odd) => Avx2.Blend(even, Avx2.Shuffle(odd, 0xA0), 0xAA);

    /// <summary>Converts the halves exactly; only their sum is rounded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> FromUnsigned(Vector256<uint> words)
        => Fma.MultiplyAdd(ToFloats(words >>> 16), Vector256.Create(65536f), ToFloats(words & Vector256.Create(0xFFFFu)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Truncate(Vector256<float> floats) => Avx.ConvertToVector256Int32WithTruncation(floats).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyTowardsZero(Vector256<float> a, Vector256<float> b)
        => NarrowCuda<Lanes256, Vector256<float>, Vector256<uint>>.MultiplyTowardsZero(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Cut(Vector256<uint> number) => NarrowCuda<Lanes256, Vector256<float>, Vector256<uint>>.Cut(number);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Cut(Vector256<uint> high, Vector256<uint> low)
        => NarrowCuda<Lanes256, Vector256<float>, Vector256<uint>>.Cut(high, low);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> MultiplyHalves(Vector256<uint> a, Vector256<uint> b)
        => Avx2.MultiplyAddAdjacent(a.AsInt16(), b.AsInt16()).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> MultiplyBytes(Vector256<uint> a, Vector256<uint> b)
        => Avx2.MultiplyAddAdjacent(a.AsByte(), b.AsSByte()).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SquareFactors(Vector256<uint> place, out Vector256<uint> parts1, out Vector256<uint> parts2,
        out Vector256<uint> bits1, out Vector256<uint> bits2)
    {
        NarrowCuda<Lanes256, Vector256<float>, Vector256<uint>>.Parts(place, out parts1, out parts2);
        Vector256<byte> repeated = Avx2.Shuffle((place >>> 10).AsByte(),
            Vector256.Create(Vector128.Create(0x00000000u, 0x04040404, 0x08080808, 0x0C0C0C0C)).AsByte());
        bits1 = Avx2.Min(repeated & Vector256.Create(0x08102040u).AsByte(), Vector256.Create(SquareBytes.Bits1).AsByte()).AsUInt32();
        bits2 = Avx2.Min(repeated & Vector256.Create(0x7F040201u).AsByte(), Vector256.Create(SquareBytes.Bits2).AsByte()).AsUInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Lookup(ref uint table, Vector256<uint> row, out Vector256<uint> c0, out Vector256<uint> c1, out Vector256<uint> c2)
    {
        ref ulong rows = ref Unsafe.As<uint, ulong>(ref Unsafe.Add(ref table, ParabolaTable.Interleaved));
        Vector256<ulong> pairs = row.AsUInt64();
        (ulong a, ulong b, ulong c, ulong d) = (pairs.GetElement(0), pairs.GetElement(1), pairs.GetElement(2), pairs.GetElement(3));
        Vector256<float> outer = Vector256.Create(
            Row(ref rows, a), Row(ref rows, a >> 32), Row(ref rows, c), Row(ref rows, c >> 32)).AsSingle();
        Vector256<float> inner = Vector256.Create(
            Row(ref rows, b), Row(ref rows, b >> 32), Row(ref rows, d), Row(ref rows, d >> 32)).AsSingle();
        c0 = Avx.Shuffle(outer, inner, 0x88).AsUInt32();
        Vector256<uint> both = Avx.Shuffle(outer, inner, 0xDD).AsUInt32();
        c1 = both & Vector256.Create(0xFFFFu);
        c2 = Avx2.Shuffle(both.AsByte(),
            Vector256.Create(Vector128.Create(0x03020302u, 0x07060706, 0x0B0A0B0A, 0x0F0E0F0E)).AsByte()).AsUInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Row(ref ulong rows, ulong row) => Unsafe.Add(ref rows, (nuint)(row & (ParabolaTable.Rows - 1)));
}
