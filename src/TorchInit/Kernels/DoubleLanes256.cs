using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TorchInit;

/// <summary>The operations of AVX2 and FMA on four float64 lanes that the float64 kernels are written in.</summary>
static class DoubleLanes256
{
    public const int Count = 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Load(ref double source, nuint index) => Vector256.LoadUnsafe(ref source, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<double> doubles, ref double target, nuint index) => doubles.StoreUnsafe(ref target, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Doubles(double value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Longs(ulong value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> BitsOf(Vector256<double> doubles) => doubles.AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> DoublesOf(Vector256<ulong> bits) => bits.AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> And(Vector256<ulong> a, Vector256<ulong> b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Or(Vector256<ulong> a, Vector256<ulong> b) => a | b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Xor(Vector256<ulong> a, Vector256<ulong> b) => a ^ b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Add(Vector256<ulong> a, Vector256<ulong> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Subtract(Vector256<ulong> a, Vector256<ulong> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> ShiftLeft(Vector256<ulong> a, int bits) => a << bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> ShiftRight(Vector256<ulong> a, int bits) => a >>> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Select(Vector256<ulong> mask, Vector256<double> yes, Vector256<double> no) => Vector256.ConditionalSelect(mask.AsDouble(), yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> LessThan(Vector256<double> a, Vector256<double> b) => Vector256.LessThan(a, b).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Add(Vector256<double> a, Vector256<double> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Subtract(Vector256<double> a, Vector256<double> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Multiply(Vector256<double> a, Vector256<double> b) => a * b;

    /// <summary>a · b + c, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> MultiplyAdd(Vector256<double> a, Vector256<double> b, Vector256<double> c) => Fma.MultiplyAdd(a, b, c);

    /// <summary>−(a · b) + c, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> NegatedMultiplyAdd(Vector256<double> a, Vector256<double> b, Vector256<double> c) => Fma.MultiplyAddNegated(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Sqrt(Vector256<double> a) => Vector256.Sqrt(a);

    /// <summary>Lane i of the results from row i of a table of two columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Rows2(ref double table, Vector256<ulong> rows, out Vector256<double> first, out Vector256<double> second)
    {
        Vector256<double> even = Vector256.Create(Row2(ref table, rows, 0), Row2(ref table, rows, 2)), odd = Vector256.Create(Row2(ref table, rows, 1), Row2(ref table, rows, 3));
        (first, second) = (Avx.UnpackLow(even, odd), Avx.UnpackHigh(even, odd));
    }

    /// <summary>Lane i of the results from row i of a table of four columns. Rows are loaded whole and transposed: gathers take longer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Rows4(ref double table, Vector256<ulong> rows, out Vector256<double> first, out Vector256<double> second, out Vector256<double> third, out Vector256<double> fourth)
    {
        Vector256<double> row0 = Row4(ref table, rows, 0), row1 = Row4(ref table, rows, 1), row2 = Row4(ref table, rows, 2), row3 = Row4(ref table, rows, 3);
        (Vector256<double> low01, Vector256<double> high01) = (Avx.UnpackLow(row0, row1), Avx.UnpackHigh(row0, row1));
        (Vector256<double> low23, Vector256<double> high23) = (Avx.UnpackLow(row2, row3), Avx.UnpackHigh(row2, row3));
        (first, third) = (Avx.Permute2x128(low01, low23, 0x20), Avx.Permute2x128(low01, low23, 0x31));
        (second, fourth) = (Avx.Permute2x128(high01, high23, 0x20), Avx.Permute2x128(high01, high23, 0x31));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<double> Row2(ref double table, Vector256<ulong> rows, int row) => Vector128.LoadUnsafe(ref table, (nuint)(2 * rows.GetElement(row)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> Row4(ref double table, Vector256<ulong> rows, int row) => Vector256.LoadUnsafe(ref table, (nuint)(4 * rows.GetElement(row)));
}
