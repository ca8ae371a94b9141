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
    public static Vector512<uint> MultiplyEven(Vector512<uint> a, Vector512<uint> b) => Avx512F.Multiply(a, b).AsUInt32();

    // A shuffle and not a shift, which has to wait for the port of the products.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> OddLanes(Vector512<uint> a) => Avx512F.Shuffle(a, 0xF5);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Interleave(Vector512<uint> even, Vector512<uint> odd)
        => Vector512.ConditionalSelect(Vector512.Create(0x00000000FFFFFFFFul).AsUInt32(), even, Avx512F.Shuffle(odd, 0xA0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FromUnsigned(Vector512<uint> words) => Avx512F.ConvertToVector512Single(words);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Truncate(Vector512<float> floats) => Avx512F.ConvertToVector512Int32WithTruncation(floats).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> MultiplySmall(Vector512<uint> a, Vector512<uint> b)
        => Avx512BW.MultiplyAddAdjacent(a.AsInt16(), b.AsInt16()).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> RepeatLowByte(Vector512<uint> a)
        => Avx512BW.Shuffle(a.AsByte(),
            Vector512.Create(Vector128.Create(0x00000000u, 0x04040404, 0x08080808, 0x0C0C0C0C)).AsByte()).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> AreEqualBytes(Vector512<uint> a, Vector512<uint> b)
        => Vector512.Equals(a.AsByte(), b.AsByte()).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> SumBytes(Vector512<uint> a)
        => Avx512BW.MultiplyAddAdjacent(Avx512BW.MultiplyAddAdjacent(a.AsByte(), Vector512.Create((sbyte)1)),
            Vector512.Create((short)1)).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Lookup(ref uint table, Vector512<uint> row, out Vector512<uint> first, out Vector512<uint> second)
    {
        Vector512<uint> isLow = Vector512.LessThan(row, Vector512.Create(32u));
        first = Vector512.ConditionalSelect(isLow, Half(ref table, 0, row), Half(ref table, 32, row));
        second = Vector512.ConditionalSelect(isLow, Half(ref table, PairTable.Rows, row), Half(ref table, PairTable.Rows + 32, row));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<uint> Half(ref uint table, nuint start, Vector512<uint> row)
        => Avx512F.PermuteVar16x32x2(Vector512.LoadUnsafe(ref table, start), row, Vector512.LoadUnsafe(ref table, start + 16));
}
