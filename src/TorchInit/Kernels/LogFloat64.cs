using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TorchInit;

/// <summary>The vector twin of <see cref="Libm.Log(double)"/>, for arguments in [2⁻⁵³, 1].</summary>
static class LogFloat64
{
    /// <param name="x">Arguments.</param>
    /// <param name="rows">The first of <see cref="Libm.LogRows"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Of(Vector256<double> x, ref double rows)
    {
        Vector256<ulong> bits = x.AsUInt64();
        // Adds 64 to the exponent to make it positive, so that it fits in the last bits of 2⁵².
        Vector256<ulong> offset = bits - Vector256.Create(Libm.LogOffset - (64UL << 52));
        TableRows.Two(ref rows, (offset >>> 45) & Vector256.Create(127UL), out Vector256<double> inverse, out Vector256<double> log);
        Vector256<double> k = ((offset >>> 52) | Vector256.Create(0x43300000_00000000UL))
            .AsDouble() - Vector256.Create(4503599627370496.0 + 64);
        Vector256<ulong> exponent = (offset & Vector256.Create(0xFFF00000_00000000UL)) - Vector256.Create(64UL << 52);
        Vector256<double> r = Fma.MultiplyAdd((bits - exponent).AsDouble(), inverse, Vector256.Create(-1.0));
        Vector256<double> w = Fma.MultiplyAdd(k, Vector256.Create(Libm.Ln2High), log);
        Vector256<double> high = w + r;
        Vector256<double> low = Fma.MultiplyAdd(k, Vector256.Create(Libm.Ln2Low), w - high + r);
        Vector256<double> r2 = r * r;
        Vector256<double> tail = Fma.MultiplyAdd(r2, Two(r, Libm.LogPolynomial[3], Libm.LogPolynomial[4]),
            Two(r, Libm.LogPolynomial[1], Libm.LogPolynomial[2]));
        Vector256<double> y = Fma.MultiplyAdd(r * r2, tail, Fma.MultiplyAdd(r2, Vector256.Create(Libm.LogPolynomial[0]), low)) + high;
        return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(Libm.LogNearOne)), y,
            CloseToOne(x - Vector256.Create(1.0)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> CloseToOne(Vector256<double> r)
    {
        Vector256<double> r2 = r * r;
        Vector256<double> r3 = r * r2;
        Vector256<double> y = Fma.MultiplyAdd(r3, Vector256.Create(Libm.LogNearOnePolynomial[9]), Three(r, r2, 6));
        y = Fma.MultiplyAdd(r3, y, Three(r, r2, 3));
        y = Fma.MultiplyAdd(r3, y, Three(r, r2, 0));
        Vector256<double> scaled = r * Vector256.Create(134217728.0);
        Vector256<double> highOfR = r + scaled - scaled;
        Vector256<double> lowOfR = r - highOfR;
        Vector256<double> w = highOfR * highOfR * Vector256.Create(-0.5);
        Vector256<double> high = r + w;
        Vector256<double> low = Fma.MultiplyAdd(Vector256.Create(-0.5) * lowOfR, highOfR + r, r - high + w);
        return Fma.MultiplyAdd(r3, y, low) + high;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> Two(Vector256<double> r, double a, double b) => Fma.MultiplyAdd(r, Vector256.Create(b), Vector256.Create(a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> Three(Vector256<double> r, Vector256<double> r2, int at)
        => Fma.MultiplyAdd(r2, Vector256.Create(Libm.LogNearOnePolynomial[at + 2]),
            Two(r, Libm.LogNearOnePolynomial[at], Libm.LogNearOnePolynomial[at + 1]));
}
