namespace TorchInit;

static partial class Libm
{
    internal const double SinCosDirect = 0.85546875;            // below it, the angle itself is used
    // 400368FD00000000: below it π/2 minus the angle, from it on the angle minus multiples of π/2
    internal const double SinCosReduced = 2.4262638092041016;
    internal const double SinCosTaylor = 0.126;                 // below it, a sine needs no table
    internal const double SinCosMost = 105414350;
    internal const double HalfPi = 1.5707963267948966;          // 3FF921FB54442D18
    internal const double HalfPiRest = 6.123233995736766e-17;   // 3C91A62633145C07
    internal const double InverseHalfPi = 0.6366197723675814;   // 3FE45F306DC9C883
    internal const double ToInteger = 6755399441055744;         // 1.5 · 2⁵²: a sum with it is an integer in the last bits
    internal const double ToRow = 52776558133248;               // 1.5 · 2⁴⁵: a sum with it is a multiple of 1/128 there

    /// <summary>π/2 in four parts; the products of the first three with small integers are exact.</summary>
    internal const double HalfPi1 = 1.5707963407039642, HalfPi2 = -1.3909067564377153e-08, HalfPi3 = -4.97899623147991e-17,
        HalfPi4 = -1.9034889620193266e-25;

    /// <summary>Coefficients of x³ and x⁵ in a sine, and of x², x⁴ and x⁶ in 1 minus a cosine, for |x| up to 1/256.</summary>
    internal const double Sin3 = -0.16666666666666488, Sin5 = 0.008333332142857223, Cos2 = 0.5, Cos4 = -0.041666666666666443,
        Cos6 = 0.0013888887400793761;

    /// <summary>Coefficients of x³, x⁵, …, x¹¹ in a sine, for |x| below 0.126.</summary>
    internal static ReadOnlySpan<double> SinTaylor
        => [-0.16666666666666666, 0.0083333333333323288, -0.00019841269834414642, 2.755729806860771e-06, -2.5022014848318398e-08];

    /// <summary>sin x and cos x of a float64: glibc's <c>sin</c> and <c>cos</c> (2.28 and later) on a processor with a fused multiply-add,
    /// to the bit.</summary>
    /// <param name="x">An angle from 0 to 105,414,350.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="x"/> is negative, too large, or NaN.</exception>
    /// <remarks>The algorithm of the IBM Accurate Mathematical Library, as in glibc: a table of sin and cos of k/128 and polynomials of
    /// degree 5, within 0.55 ULP.</remarks>
    public static (double Sine, double Cosine) SinCos(double x)
    {
        if (!(x >= 0 && x < SinCosMost)) { throw new ArgumentOutOfRangeException(nameof(x), x, "allowed: 0 to 105414350."); }
        if (x < SinCosDirect) { return (Sine(x, 0), Cosine(x, 0)); }
        if (x < SinCosReduced)
        {
            double rest = HalfPi - x;
            double sum = rest + HalfPiRest;
            return (Cosine(rest, HalfPiRest), Sine(sum, rest - sum + HalfPiRest));
        }
        double shifted = Math.FusedMultiplyAdd(x, InverseHalfPi, ToInteger);
        double n = shifted - ToInteger;
        double y = Math.FusedMultiplyAdd(-n, HalfPi2, Math.FusedMultiplyAdd(-n, HalfPi1, x));
        double b = Math.FusedMultiplyAdd(-n, HalfPi3, y);
        double a = Math.FusedMultiplyAdd(-n, HalfPi4, b);
        double low = Math.FusedMultiplyAdd(-n, HalfPi3, y - b) + Math.FusedMultiplyAdd(-n, HalfPi4, b - a);
        (double sine, double cosine) = (Sine(a, low), Cosine(a, low));
        return (BitConverter.DoubleToUInt64Bits(shifted) & 3) switch
        {
            0 => (sine, cosine),
            1 => (cosine, -sine),
            2 => (-sine, -cosine),
            _ => (-cosine, sine),
        };
    }

    /// <summary>sin(x + low).</summary>
    static double Sine(double x, double low)
    {
        if (Math.Abs(x) < SinCosTaylor)
        {
            ReadOnlySpan<double> s = SinTaylor;
            double square = x * x;
            double p = Math.FusedMultiplyAdd(square,
                Math.FusedMultiplyAdd(square, Math.FusedMultiplyAdd(square, Math.FusedMultiplyAdd(square, s[4], s[3]), s[2]), s[1]), s[0]);
            return x + Math.FusedMultiplyAdd(square, Math.FusedMultiplyAdd(p, x, -(0.5 * low)), low);
        }
        if (x <= 0) { low = -low; }
        double u = Math.Abs(x) + ToRow;
        double r = Math.Abs(x) - (u - ToRow);
        ReadOnlySpan<double> row = Row(u);
        double r2 = r * r;
        double sine = r + Math.FusedMultiplyAdd(r * r2, Math.FusedMultiplyAdd(r2, Sin5, Sin3), low);
        double cosine = Math.FusedMultiplyAdd(r, low, OneLessCosine(r2));
        double rest = Math.FusedMultiplyAdd(sine, row[2],
            Math.FusedMultiplyAdd(-cosine, row[0], Math.FusedMultiplyAdd(row[3], sine, row[1])));
        return Math.CopySign(row[0] + rest, x);
    }

    /// <summary>cos(x + low).</summary>
    static double Cosine(double x, double low)
    {
        if (x < 0) { low = -low; }
        double u = Math.Abs(x) + ToRow;
        double r = Math.Abs(x) - (u - ToRow) + low;
        ReadOnlySpan<double> row = Row(u);
        double r2 = r * r;
        double sine = Math.FusedMultiplyAdd(r * r2, Math.FusedMultiplyAdd(r2, Sin5, Sin3), r);
        double rest = Math.FusedMultiplyAdd(-sine, row[0],
            Math.FusedMultiplyAdd(-OneLessCosine(r2), row[2], Math.FusedMultiplyAdd(-sine, row[1], row[3])));
        return row[2] + rest;
    }

    static double OneLessCosine(double r2) => r2 * Math.FusedMultiplyAdd(r2, Math.FusedMultiplyAdd(r2, Cos6, Cos4), Cos2);

    static ReadOnlySpan<double> Row(double u)
        => SinCosTable.Values.AsSpan(SinCosTable.RowLength * (int)(BitConverter.DoubleToUInt64Bits(u) & 0xFF), SinCosTable.RowLength);
}
