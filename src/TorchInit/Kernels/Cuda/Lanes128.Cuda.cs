using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TorchInit;

readonly partial struct Lanes128 : ICudaLanes<Vector128<float>, Vector128<uint>>
{
    public static Vector128<uint> Indices
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create(0u, 1, 2, 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Repeated(ref readonly Vector512<float> value) => value.GetLower().GetLower();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> MultiplyEven(Vector128<uint> a, Vector128<uint> b) => Sse2.IsSupported ? Sse2.Multiply(a, b).AsUInt32()
        : AdvSimd.MultiplyWideningLower(AdvSimd.ExtractNarrowingLower(a.AsUInt64()),
            AdvSimd.ExtractNarrowingLower(b.AsUInt64())).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> OddLanes(Vector128<uint> a) => (a.AsUInt64() >>> 32).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Interleave(Vector128<uint> even, Vector128<uint> odd)
        => (even.AsUInt64() & Vector128.Create(0xFFFFFFFFul) | odd.AsUInt64() << 32).AsUInt32();

    /// <summary>Converts the halves exactly; only their sum is rounded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> FromUnsigned(Vector128<uint> words)
        => MultiplyAdd(ToFloats(words >>> 16), Vector128.Create(65536f), ToFloats(words & Vector128.Create(0xFFFFu)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Truncate(Vector128<float> floats) => Vector128.ConvertToInt32(floats).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyTowardsZero(Vector128<float> a, Vector128<float> b)
        => NarrowCuda<Lanes128, Vector128<float>, Vector128<uint>>.MultiplyTowardsZero(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Cut(Vector128<uint> number) => NarrowCuda<Lanes128, Vector128<float>, Vector128<uint>>.Cut(number);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Cut(Vector128<uint> high, Vector128<uint> low)
        => NarrowCuda<Lanes128, Vector128<float>, Vector128<uint>>.Cut(high, low);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> MultiplyHalves(Vector128<uint> a, Vector128<uint> b)
        => Sse2.IsSupported ? Sse2.MultiplyAddAdjacent(a.AsInt16(), b.AsInt16()).AsUInt32()
            : (a & Vector128.Create(0xFFFFu)) * (b & Vector128.Create(0xFFFFu)) + (a >>> 16) * (b >>> 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> MultiplyBytes(Vector128<uint> a, Vector128<uint> b)
    {
        if (Ssse3.IsSupported) { return Ssse3.MultiplyAddAdjacent(a.AsByte(), b.AsSByte()).AsUInt32(); }
        Vector128<ushort> low = Vector128.Create((ushort)0xFF);
        return ((a.AsUInt16() & low) * (b.AsUInt16() & low) + (a.AsUInt16() >>> 8) * (b.AsUInt16() >>> 8)).AsUInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SquareFactors(Vector128<uint> place, out Vector128<uint> parts1, out Vector128<uint> parts2,
        out Vector128<uint> bits1, out Vector128<uint> bits2)
    {
        NarrowCuda<Lanes128, Vector128<float>, Vector128<uint>>.Parts(place, out parts1, out parts2);
        Vector128<byte> repeated = Vector128.Shuffle((place >>> 10).AsByte(),
            Vector128.Create((byte)0, 0, 0, 0, 4, 4, 4, 4, 8, 8, 8, 8, 12, 12, 12, 12));
        bits1 = Vector128.Min(repeated & Vector128.Create(0x08102040u).AsByte(), Vector128.Create(SquareBytes.Bits1).AsByte()).AsUInt32();
        bits2 = Vector128.Min(repeated & Vector128.Create(0x7F040201u).AsByte(), Vector128.Create(SquareBytes.Bits2).AsByte()).AsUInt32();
    }

    /// <summary>The index of the row's first half, of 64 bits each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Row(Vector128<uint> place) => place >>> 16 & Vector128.Create(2u * (ParabolaTable.Rows - 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Lookup(ref uint table, ref uint row, out Vector128<uint> near0, out Vector128<uint> near1,
        out Vector128<uint> near2, out Vector128<uint> far0, out Vector128<uint> far1, out Vector128<uint> far2)
    {
        ref ulong rows = ref Unsafe.As<uint, ulong>(ref Unsafe.Add(ref table, ParabolaTable.RowByRow));
        Halves(ref rows, ref row, out near0, out near1, out near2);
        Halves(ref Unsafe.Add(ref rows, 1), ref row, out far0, out far1, out far2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Halves(ref ulong rows, ref uint row, out Vector128<uint> c0, out Vector128<uint> c1, out Vector128<uint> c2)
    {
        Vector128<ulong> low = Vector128.Create(Half(ref rows, row), Half(ref rows, Unsafe.Add(ref row, 1)));
        Vector128<ulong> high = Vector128.Create(Half(ref rows, Unsafe.Add(ref row, 2)), Half(ref rows, Unsafe.Add(ref row, 3)));
        c0 = Vector128.Narrow(low, high);
        Vector128<uint> both = Vector128.Narrow(low >>> 32, high >>> 32);
        c1 = both & Vector128.Create(0xFFFFu);
        c2 = both >>> 16 | both & Vector128.Create(0xFFFF0000);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Half(ref ulong rows, uint index) => Unsafe.Add(ref rows, (nuint)index);
}
