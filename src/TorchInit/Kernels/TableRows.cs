using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TorchInit;

/// <summary>Loads one table row per lane, with AVX. Rows are loaded whole and transposed; gathers take longer.</summary>
static class TableRows
{
    /// <summary>Loads two columns: lane i comes from row i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Two(ref double table, Vector256<ulong> rows, out Vector256<double> first, out Vector256<double> second)
    {
        Vector256<double> even = Vector256.Create(Row2(ref table, rows, 0), Row2(ref table, rows, 2)),
            odd = Vector256.Create(Row2(ref table, rows, 1), Row2(ref table, rows, 3));
        (first, second) = (Avx.UnpackLow(even, odd), Avx.UnpackHigh(even, odd));
    }

    /// <summary>Loads four columns: lane i comes from row i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Four(ref double table, Vector256<ulong> rows, out Vector256<double> first, out Vector256<double> second,
        out Vector256<double> third, out Vector256<double> fourth)
    {
        Vector256<double> row0 = Row4(ref table, rows, 0), row1 = Row4(ref table, rows, 1), row2 = Row4(ref table, rows, 2),
            row3 = Row4(ref table, rows, 3);
        (Vector256<double> low01, Vector256<double> high01) = (Avx.UnpackLow(row0, row1), Avx.UnpackHigh(row0, row1));
        (Vector256<double> low23, Vector256<double> high23) = (Avx.UnpackLow(row2, row3), Avx.UnpackHigh(row2, row3));
        (first, third) = (Avx.Permute2x128(low01, low23, 0x20), Avx.Permute2x128(low01, low23, 0x31));
        (second, fourth) = (Avx.Permute2x128(high01, high23, 0x20), Avx.Permute2x128(high01, high23, 0x31));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<double> Row2(ref double table, Vector256<ulong> rows, int row)
        => Vector128.LoadUnsafe(ref table, (nuint)(2 * rows.GetElement(row)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> Row4(ref double table, Vector256<ulong> rows, int row)
        => Vector256.LoadUnsafe(ref table, (nuint)(4 * rows.GetElement(row)));
}
