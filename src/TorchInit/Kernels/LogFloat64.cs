using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TorchInit;

/// <summary>The vector twin of <see cref="Libm.Log(double)"/>, for arguments of [2⁻⁵³, 1].</summary>
static class LogFloat64
{
    /// <param name="x">Arguments.</param>
    /// <param name="rows">The first of <see cref="Libm.LogRows"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Of(Vector256<double> x, ref double rows)
    {
        Vector256<ulong> bits = DoubleLanes256.BitsOf(x);
        // 64 more in the exponent, so that it is positive and goes into the last bits of 2⁵² as it is.
        Vector256<ulong> offset = DoubleLanes256.Subtract(bits, DoubleLanes256.Longs(Libm.LogOffset - (64UL << 52)));
        DoubleLanes256.Rows2(ref rows, DoubleLanes256.And(DoubleLanes256.ShiftRight(offset, 45), DoubleLanes256.Longs(127)), out Vector256<double> inverse, out Vector256<double> log);
        Vector256<double> k = DoubleLanes256.Subtract(DoubleLanes256.DoublesOf(DoubleLanes256.Or(DoubleLanes256.ShiftRight(offset, 52), DoubleLanes256.Longs(0x43300000_00000000))), DoubleLanes256.Doubles(4503599627370496 + 64));
        Vector256<ulong> exponent = DoubleLanes256.Subtract(DoubleLanes256.And(offset, DoubleLanes256.Longs(0xFFF00000_00000000)), DoubleLanes256.Longs(64UL << 52));
        Vector256<double> r = DoubleLanes256.MultiplyAdd(DoubleLanes256.DoublesOf(DoubleLanes256.Subtract(bits, exponent)), inverse, DoubleLanes256.Doubles(-1));
        Vector256<double> w = DoubleLanes256.MultiplyAdd(k, DoubleLanes256.Doubles(Libm.Ln2High), log);
        Vector256<double> high = DoubleLanes256.Add(w, r);
        Vector256<double> low = DoubleLanes256.MultiplyAdd(k, DoubleLanes256.Doubles(Libm.Ln2Low), DoubleLanes256.Add(DoubleLanes256.Subtract(w, high), r));
        Vector256<double> r2 = DoubleLanes256.Multiply(r, r);
        Vector256<double> tail = DoubleLanes256.MultiplyAdd(r2, Two(r, Libm.LogPolynomial[3], Libm.LogPolynomial[4]), Two(r, Libm.LogPolynomial[1], Libm.LogPolynomial[2]));
        Vector256<double> y = DoubleLanes256.Add(DoubleLanes256.MultiplyAdd(DoubleLanes256.Multiply(r, r2), tail, DoubleLanes256.MultiplyAdd(r2, DoubleLanes256.Doubles(Libm.LogPolynomial[0]), low)), high);
        return DoubleLanes256.Select(DoubleLanes256.LessThan(x, DoubleLanes256.Doubles(Libm.LogNearOne)), y, CloseToOne(DoubleLanes256.Subtract(x, DoubleLanes256.Doubles(1))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> CloseToOne(Vector256<double> r)
    {
        Vector256<double> r2 = DoubleLanes256.Multiply(r, r);
        Vector256<double> r3 = DoubleLanes256.Multiply(r, r2);
        Vector256<double> y = DoubleLanes256.MultiplyAdd(r3, DoubleLanes256.Doubles(Libm.LogNearOnePolynomial[9]), Three(r, r2, 6));
        y = DoubleLanes256.MultiplyAdd(r3, y, Three(r, r2, 3));
        y = DoubleLanes256.MultiplyAdd(r3, y, Three(r, r2, 0));
        Vector256<double> scaled = DoubleLanes256.Multiply(r, DoubleLanes256.Doubles(134217728.0));
        Vector256<double> highOfR = DoubleLanes256.Subtract(DoubleLanes256.Add(r, scaled), scaled);
        Vector256<double> lowOfR = DoubleLanes256.Subtract(r, highOfR);
        Vector256<double> w = DoubleLanes256.Multiply(DoubleLanes256.Multiply(highOfR, highOfR), DoubleLanes256.Doubles(-0.5));
        Vector256<double> high = DoubleLanes256.Add(r, w);
        Vector256<double> low = DoubleLanes256.MultiplyAdd(DoubleLanes256.Multiply(DoubleLanes256.Doubles(-0.5), lowOfR), DoubleLanes256.Add(highOfR, r), DoubleLanes256.Add(DoubleLanes256.Subtract(r, high), w));
        return DoubleLanes256.Add(DoubleLanes256.MultiplyAdd(r3, y, low), high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> Two(Vector256<double> r, double a, double b) => DoubleLanes256.MultiplyAdd(r, DoubleLanes256.Doubles(b), DoubleLanes256.Doubles(a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> Three(Vector256<double> r, Vector256<double> r2, int at)
        => DoubleLanes256.MultiplyAdd(r2, DoubleLanes256.Doubles(Libm.LogNearOnePolynomial[at + 2]), Two(r, Libm.LogNearOnePolynomial[at], Libm.LogNearOnePolynomial[at + 1]));
}
