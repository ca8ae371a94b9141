using System.Runtime.InteropServices;

namespace TorchInit;

static partial class Libm
{
    internal const ulong LogOffset = 0x3FE60000_00000000;       // about 0.69, where the parts begin
    internal const double LogNearOne = 1 - 0.0625;              // from here to 1.0647 another polynomial, which is 0 at 1
    internal const double Ln2High = 0.69314718055989033;        // 3FE62E42FEFA3800: its product with an exponent is exact
    internal const double Ln2Low = 5.4979230187083712e-14;      // 3D2EF35793C76730

    /// <summary>Coefficients of r², r³, … in ln(1 + r) for |r| below 2⁻⁸.</summary>
    internal static ReadOnlySpan<double> LogPolynomial
        => [-0.5000000000000001, 0.33333333331825593, -0.2499999999622955, 0.20000304511814496, -0.16667054827627667];

    /// <summary>The same from r³ on, for r from −0.0625 to 0.0647.</summary>
    internal static ReadOnlySpan<double> LogNearOnePolynomial =>
    [
        0.3333333333333352, -0.24999999999998432, 0.19999999999320328, -0.16666666669929706, 0.14285715076560868,
        -0.12499997863982555, 0.11110712032936046, -0.10000486757818193, 0.09181994006195467, -0.08328363062289341,
    ];

    /// <summary>The rows of 1/c and ln c, as doubles.</summary>
    internal static ReadOnlySpan<double> LogRows => MemoryMarshal.Cast<ulong, double>(LogTable);

    /// <summary>ln x of a float64: glibc's <c>log</c> (2.28 and later) on a processor with a fused multiply-add, to the bit.</summary>
    /// <param name="x">Any double; below 0 gives NaN, ±0 gives −∞.</param>
    /// <remarks>The algorithm of ARM's optimized routines: 128 table points and a polynomial of degree 6, within 0.52 ULP.</remarks>
    public static double Log(double x)
    {
        if (x >= LogNearOne && BitConverter.DoubleToUInt64Bits(x) < 0x3FF10900_00000000) { return LogCloseToOne(x - 1); }
        ulong bits = BitConverter.DoubleToUInt64Bits(x);
        if (bits - 0x00100000_00000000 >= 0x7FE00000_00000000) // subnormal, zero, negative, infinite or NaN
        {
            if (x == 0) { return double.NegativeInfinity; }
            if (!(x > 0) || double.IsPositiveInfinity(x)) { return x > 0 ? x : double.NaN; }
            bits = BitConverter.DoubleToUInt64Bits(x * 4503599627370496.0) - (52UL << 52);
        }

        // x = 2^k · z with z in [0.69, 1.38)
        ulong offset = bits - LogOffset;
        int row = (int)(offset >> 45) & 127;
        double z = BitConverter.UInt64BitsToDouble(bits - (offset & 0xFFF00000_00000000));
        double k = (long)offset >> 52;
        ReadOnlySpan<double> a = LogPolynomial;
        double r = Math.FusedMultiplyAdd(z, LogRows[2 * row], -1);
        double w = Math.FusedMultiplyAdd(k, Ln2High, LogRows[2 * row + 1]);
        double high = w + r;
        double low = Math.FusedMultiplyAdd(k, Ln2Low, w - high + r);
        double r2 = r * r;
        double tail = Math.FusedMultiplyAdd(r2, Math.FusedMultiplyAdd(r, a[4], a[3]), Math.FusedMultiplyAdd(r, a[2], a[1]));
        return Math.FusedMultiplyAdd(r * r2, tail, Math.FusedMultiplyAdd(r2, a[0], low)) + high;
    }

    static double LogCloseToOne(double r)
    {
        ReadOnlySpan<double> b = LogNearOnePolynomial;
        double r2 = r * r;
        double r3 = r * r2;
        double y = Three(r, r2, b[6], b[7], b[8]);
        y = Math.FusedMultiplyAdd(r3, b[9], y);
        y = Math.FusedMultiplyAdd(r3, y, Three(r, r2, b[3], b[4], b[5]));
        y = Math.FusedMultiplyAdd(r3, y, Three(r, r2, b[0], b[1], b[2]));

        // r − r²/2 in two parts: the high half of r has an exact square.
        double scaled = r * 134217728.0;
        double highOfR = r + scaled - scaled;
        double lowOfR = r - highOfR;
        double w = highOfR * highOfR * -0.5;
        double high = r + w;
        double low = Math.FusedMultiplyAdd(-0.5 * lowOfR, highOfR + r, r - high + w);
        return Math.FusedMultiplyAdd(r3, y, low) + high;
    }

    static double Three(double r, double r2, double a, double b, double c) => Math.FusedMultiplyAdd(r2, c, Math.FusedMultiplyAdd(r, b, a));
}
