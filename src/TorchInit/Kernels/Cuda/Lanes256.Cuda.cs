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

    /// <summary>The halves are converted exactly, and their sum is rounded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> FromUnsigned(Vector256<uint> words)
        => Fma.MultiplyAdd(ToFloats(words >>> 16), Vector256.Create(65536f), ToFloats(words & Vector256.Create(0xFFFFu)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Truncate(Vector256<float> floats) => Avx.ConvertToVector256Int32WithTruncation(floats).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> MultiplySmall(Vector256<uint> a, Vector256<uint> b)
        => Avx2.MultiplyAddAdjacent(a.AsInt16(), b.AsInt16()).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> RepeatLowByte(Vector256<uint> a)
        => Avx2.Shuffle(a.AsByte(),
            Vector256.Create(Vector128.Create(0x00000000u, 0x04040404, 0x08080808, 0x0C0C0C0C)).AsByte()).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> AreEqualBytes(Vector256<uint> a, Vector256<uint> b)
        => Vector256.Equals(a.AsByte(), b.AsByte()).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> SumBytes(Vector256<uint> a)
        => Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(a.AsByte(), Vector256.Create((sbyte)1)),
            Vector256.Create((short)1)).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Lookup(ref uint table, Vector256<uint> row, out Vector256<uint> first, out Vector256<uint> second)
    {
        ref ulong rows = ref Unsafe.As<uint, ulong>(ref Unsafe.Add(ref table, PairTable.Interleaved));
        Vector256<ulong> pairs = row.AsUInt64();
        (ulong a, ulong b, ulong c, ulong d) = (pairs.GetElement(0), pairs.GetElement(1), pairs.GetElement(2), pairs.GetElement(3));
        Vector256<float> outer = Vector256.Create(
            Row(ref rows, a), Row(ref rows, a >> 32), Row(ref rows, c), Row(ref rows, c >> 32)).AsSingle();
        Vector256<float> inner = Vector256.Create(
            Row(ref rows, b), Row(ref rows, b >> 32), Row(ref rows, d), Row(ref rows, d >> 32)).AsSingle();
        first = Avx.Shuffle(outer, inner, 0x88).AsUInt32();
        second = Avx.Shuffle(outer, inner, 0xDD).AsUInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Row(ref ulong rows, ulong row) => Unsafe.Add(ref rows, (nuint)(row & (PairTable.Rows - 1)));
}
