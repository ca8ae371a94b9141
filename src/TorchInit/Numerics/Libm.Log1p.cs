namespace TorchInit;

static partial class Libm
{
    /// <summary>ln(1 + x): glibc's <c>log1p</c> (fdlibm), for the arguments of normal draws.</summary>
    /// <typeparam name="TRounding"><see cref="Fused"/> rounds like glibc's FMA copy of the function, <see cref="Unfused"/> like its plain
    /// copy.</typeparam>
    /// <param name="x">−u for u in [0, 1): −1 ≤ x ≤ 0, or NaN.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="x"/> is outside that range.</exception>
    /// <remarks><c>double.LogP1</c> is no substitute: it rounds 1 + x first, and 7 % of its results differ.</remarks>
    public static double Log1p<TRounding>(double x)
        where TRounding : struct, IMultiplyAdd
    {
        if (x is < -1 or > 0) { throw new ArgumentOutOfRangeException(nameof(x), x, $"x is {x}; allowed: -1 to 0."); }
        if (double.IsNaN(x)) { return x; }
        if (x == -1) { return double.NegativeInfinity; }
        uint magnitude = (uint)(BitConverter.DoubleToUInt64Bits(x) >> 32) & 0x7FFFFFFF;
        if (magnitude < 0x3C900000) { return x; }                                             // |x| < 2⁻⁵⁴
        if (magnitude < 0x3E200000) { return TRounding.MultiplyAdd(-(x * x), 0.5, x); }       // |x| < 2⁻²⁹

        const double Ln2High = 6.93147180369123816490e-01, Ln2Low = 1.90821492927058770002e-10; // k · Ln2High is exact
        int k = 0;
        double f = x, correction = 0;
        bool tiny = false; // |f| < 2⁻²⁰, where the polynomial is not needed
        if (magnitude > 0x3FD2BEC3) // 1 + x < √½: split it into 2^k · (1 + f)
        {
            double u = 1 + x;
            ulong bits = BitConverter.DoubleToUInt64Bits(u);
            k = (int)(bits >> 52) - 1023;
            correction = (k > 0 ? 1 - (u - x) : x - (u - 1)) / u; // what rounding 1 + x lost
            const ulong Fraction = 0x000FFFFFFFFFFFFF;
            uint high = (uint)(bits >> 32) & 0xFFFFF;
            bool below = high < 0x6A09E; // the fraction is below √2
            f = BitConverter.UInt64BitsToDouble((bits & Fraction) | (below ? 0x3FF0000000000000u : 0x3FE0000000000000u)) - 1;
            if (!below) { k++; }
            tiny = (below ? high : (0x100000 - high) >> 2) == 0;
        }

        double halfSquare = 0.5 * f * f;
        if (tiny)
        {
            if (f == 0) { return k == 0 ? 0 : TRounding.MultiplyAdd(k, Ln2High, TRounding.MultiplyAdd(k, Ln2Low, correction)); }
            double cubic = halfSquare * TRounding.MultiplyAdd(-0.66666666666666666, f, 1);
            if (k == 0) { return f - cubic; }
            return TRounding.MultiplyAdd(k, Ln2High, -(cubic - TRounding.MultiplyAdd(k, Ln2Low, correction) - f));
        }

        double s = f / (2 + f);
        double product = s * (halfSquare + Log1pPolynomial<TRounding>(s * s)); // rounded separately in both copies
        if (k == 0) { return f - (halfSquare - product); }
        return TRounding.MultiplyAdd(k, Ln2High, -(halfSquare - (product + TRounding.MultiplyAdd(k, Ln2Low, correction)) - f));
    }

    static double Log1pPolynomial<TRounding>(double z)
        where TRounding : struct, IMultiplyAdd
    {
        double r2 = TRounding.MultiplyAdd(z, 2.857142874366239149e-01, 3.999999999940941908e-01);
        double r3 = TRounding.MultiplyAdd(z, 1.818357216161805012e-01, 2.222219843214978396e-01);
        double r4 = TRounding.MultiplyAdd(z, 1.479819860511658591e-01, 1.531383769920937332e-01);
        double z2 = z * z, z4 = z2 * z2, z6 = z4 * z2;
        double sum = TRounding.MultiplyAdd(z, 6.666666666666735130e-01, z2 * r2);
        return TRounding.MultiplyAdd(z6, r4, TRounding.MultiplyAdd(z4, r3, sum));
    }
}
