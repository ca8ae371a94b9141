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
    public static Vector256<float> Repeated(ref readonly Vector512<float> value) => value.GetLower();

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

    // Shifted, l is in the bits 6 to 15 and h in the bits 16 to 22. The upper half of a 16-bit product with 2ᵏ is shifted by 16 − k.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SquareFactors(Vector256<uint> place, out Vector256<uint> parts1, out Vector256<uint> parts2,
        out Vector256<uint> bits1, out Vector256<uint> bits2)
    {
        Vector256<byte> shifted = (place << 6).AsByte();
        Vector256<ushort> low = Repeat(shifted, 0x01000100).AsUInt16(), lowAndHigh = Repeat(shifted, 0x02800100).AsUInt16();
        parts1 = (Avx2.MultiplyHigh(low, Vector256.Create(64u << 16 | 256).AsUInt16())
            | Avx2.MultiplyHigh(low, Vector256.Create(32u << 16 | 128).AsUInt16()) << 8).AsUInt32();
        parts2 = (Avx2.MultiplyHigh(low, Vector256.Create(16u << 16 | 4).AsUInt16())
            | Avx2.MultiplyHigh(lowAndHigh, Vector256.Create(512u << 16 | 8).AsUInt16()) << 8).AsUInt32();
        Vector256<byte> high = Repeat(shifted, 0x02020202);
        bits1 = Avx2.Min(high & Vector256.Create(0x08102040u).AsByte(), Vector256.Create(SquareBytes.Bits1).AsByte()).AsUInt32();
        bits2 = Avx2.Min(high & Vector256.Create(0x7F040201u).AsByte(), Vector256.Create(SquareBytes.Bits2).AsByte()).AsUInt32();
    }

    /// <summary>Four bytes of each lane, by index; from 0x80 on, it is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<byte> Repeat(Vector256<byte> lanes, uint bytes)
        => Avx2.Shuffle(lanes, (Vector256.Create(bytes)
            + Vector256.Create(0u, 0x04040404, 0x08080808, 0x0C0C0C0C, 0, 0x04040404, 0x08080808, 0x0C0C0C0C)).AsByte());

    /// <summary>The row's offset in bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Row(Vector256<uint> place) => place >>> 13 & Vector256.Create(16u * (ParabolaTable.Rows - 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Lookup(ref uint table, ref uint row, out Vector256<uint> near0, out Vector256<uint> near1,
        out Vector256<uint> near2, out Vector256<uint> far0, out Vector256<uint> far1, out Vector256<uint> far2)
    {
        ref byte rows = ref Unsafe.As<uint, byte>(ref Unsafe.Add(ref table, ParabolaTable.RowByRow));
        Vector256<uint> a = Two(ref rows, ref row), b = Two(ref rows, ref Unsafe.Add(ref row, 1));
        Vector256<uint> c = Two(ref rows, ref Unsafe.Add(ref row, 2)), d = Two(ref rows, ref Unsafe.Add(ref row, 3));
        Vector256<ulong> ab = Avx2.UnpackLow(a, b).AsUInt64(), cd = Avx2.UnpackLow(c, d).AsUInt64();
        near0 = Avx2.UnpackLow(ab, cd).AsUInt32();
        Divide(Avx2.UnpackHigh(ab, cd).AsUInt32(), out near1, out near2);
        (ab, cd) = (Avx2.UnpackHigh(a, b).AsUInt64(), Avx2.UnpackHigh(c, d).AsUInt64());
        far0 = Avx2.UnpackLow(ab, cd).AsUInt32();
        Divide(Avx2.UnpackHigh(ab, cd).AsUInt32(), out far1, out far2);
    }

    /// <summary>The rows of a lane and of the fourth one after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<uint> Two(ref byte rows, ref uint offset)
        => Vector256.Create(Row(ref rows, offset), Row(ref rows, Unsafe.Add(ref offset, 4)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<uint> Row(ref byte rows, uint offset)
        => Vector128.LoadUnsafe(ref Unsafe.As<byte, uint>(ref Unsafe.AddByteOffset(ref rows, (nuint)offset)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Divide(Vector256<uint> both, out Vector256<uint> c1, out Vector256<uint> c2)
    {
        c1 = both & Vector256.Create(0xFFFFu);
        c2 = Repeat(both.AsByte(), 0x03020302).AsUInt32();
    }
}
