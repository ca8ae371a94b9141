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
    public static Vector128<uint> MultiplyEven(Vector128<uint> a, Vector128<uint> b) => Sse2.IsSupported ? Sse2.Multiply(a, b).AsUInt32()
        : AdvSimd.MultiplyWideningLower(AdvSimd.ExtractNarrowingLower(a.AsUInt64()),
            AdvSimd.ExtractNarrowingLower(b.AsUInt64())).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> OddLanes(Vector128<uint> a) => (a.AsUInt64() >>> 32).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Interleave(Vector128<uint> even, Vector128<uint> odd)
        => (even.AsUInt64() & Vector128.Create(0xFFFFFFFFul) | odd.AsUInt64() << 32).AsUInt32();

    /// <summary>The halves are converted exactly, and their sum is rounded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> FromUnsigned(Vector128<uint> words)
        => MultiplyAdd(ToFloats(words >>> 16), Vector128.Create(65536f), ToFloats(words & Vector128.Create(0xFFFFu)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Truncate(Vector128<float> floats) => Vector128.ConvertToInt32(floats).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> MultiplySmall(Vector128<uint> a, Vector128<uint> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> RepeatLowByte(Vector128<uint> a)
        => Vector128.Shuffle(a.AsByte(), Vector128.Create((byte)0, 0, 0, 0, 4, 4, 4, 4, 8, 8, 8, 8, 12, 12, 12, 12)).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> AreEqualBytes(Vector128<uint> a, Vector128<uint> b)
        => Vector128.Equals(a.AsByte(), b.AsByte()).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> SumBytes(Vector128<uint> a)
    {
        Vector128<uint> pairs = (a & Vector128.Create(0x00FF00FFu)) + ((a >>> 8) & Vector128.Create(0x00FF00FFu));
        return (pairs & Vector128.Create(0xFFFFu)) + (pairs >>> 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Lookup(ref uint table, Vector128<uint> row, out Vector128<uint> first, out Vector128<uint> second)
    {
        ref ulong rows = ref Unsafe.As<uint, ulong>(ref Unsafe.Add(ref table, PairTable.Interleaved));
        (ulong a, ulong b) = (row.AsUInt64().GetElement(0), row.AsUInt64().GetElement(1));
        Vector128<ulong> low = Vector128.Create(Row(ref rows, a), Row(ref rows, a >> 32));
        Vector128<ulong> high = Vector128.Create(Row(ref rows, b), Row(ref rows, b >> 32));
        first = Vector128.Narrow(low, high);
        second = Vector128.Narrow(low >>> 32, high >>> 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Row(ref ulong rows, ulong row) => Unsafe.Add(ref rows, (nuint)(row & (PairTable.Rows - 1)));
}
