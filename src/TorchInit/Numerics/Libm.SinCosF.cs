namespace TorchInit;

static partial class Libm
{
    const float QuarterPi = 0.7853981852531433f; // 3F490FDB

    // glibc uses this arithmetic up to 120, but from 17.27 on its FMA copy rounds the reduction differently; below that, both copies give
    // the same floats.
    const float SinCosLimit = 16;

    /// <summary>sin y of a float32: glibc's <c>sinf</c> (2.28 and later), to the bit.</summary>
    /// <param name="y">Radians, −16 &lt; y &lt; 16; a normal draw's angle lies in [0, 2π].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="y"/> is outside that range, where glibc's result depends on the
    /// CPU.</exception>
    /// <remarks>The algorithm of ARM's optimized routines: reduction by one float64 multiple of π/2, within 0.56 ULP.</remarks>
    public static float SinF(float y)
    {
        if (MathF.Abs(y) < QuarterPi)
        {
            return MathF.Abs(y) < 1f / 4096 ? y : SinPolynomial(y);
        }

        double x = Reduce(y, out int quadrant);
        if ((quadrant & 1) != 0) { return CosPolynomial(x, negate: (quadrant & 2) != 0); }
        return SinPolynomial((quadrant & 2) != 0 ? -x : x);
    }

    /// <summary>cos y of a float32: glibc's <c>cosf</c> (2.28 and later), to the bit.</summary>
    /// <param name="y">Radians, −16 &lt; y &lt; 16; a normal draw's angle lies in [0, 2π].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="y"/> is outside that range, where glibc's result depends on the
    /// CPU.</exception>
    /// <remarks>Like <see cref="SinF"/>.</remarks>
    public static float CosF(float y)
    {
        if (MathF.Abs(y) < QuarterPi)
        {
            return MathF.Abs(y) < 1f / 4096 ? 1 : CosPolynomial(y, negate: false);
        }

        double x = Reduce(y, out int quadrant);
        if ((quadrant & 1) == 0) { return CosPolynomial(x, negate: (quadrant & 2) != 0); }
        return SinPolynomial((quadrant & 2) != 0 ? x : -x);
    }

    /// <summary>y − quadrant · π/2, in [−π/4, π/4]; the quadrant is rounded in fixed point, as in glibc.</summary>
    static double Reduce(float y, out int quadrant)
    {
        if (!(MathF.Abs(y) < SinCosLimit))
        {
            throw new ArgumentOutOfRangeException(nameof(y), y, $"y is {y}; allowed: -16 < y < 16.");
        }

        const double TwoOverPi = 10680707.430881744; // 41645F306DC9C883: 2/π · 2²⁴
        const double HalfPi = 1.5707963267948966;    // 3FF921FB54442D18
        quadrant = ((int)(y * TwoOverPi) + 0x800000) >> 24;
        return y - (quadrant * HalfPi);
    }

    static float SinPolynomial(double x)
    {
        const double S1 = -0.16666654943701084;    // BFC555545995A603
        const double S2 = 0.008332178146138854;    // 3F81107605230BC4
        const double S3 = -0.00019517298981385725; // BF2994EB3774CF24
        double x2 = x * x;
        double x3 = x * x2;
        double tail = S2 + (x2 * S3);
        return (float)(x + (x3 * S1) + (x3 * x2 * tail));
    }

    // glibc has a second table of negated coefficients; negating the sum is the same, as rounding is symmetric.
    static float CosPolynomial(double x, bool negate)
    {
        const double C1 = -0.49999999725108224;    // BFDFFFFFFD0C621C
        const double C2 = 0.041666623324344516;    // 3FA55553E1068F19
        const double C3 = -0.001388676379437604;   // BF56C087E89A359D
        const double C4 = 2.4390450703564542e-05;  // 3EF99343027BF8C3
        double x2 = x * x;
        double x4 = x2 * x2;
        double head = 1 + (x2 * C1) + (x4 * C2);
        float cosine = (float)(head + (x4 * x2 * (C3 + (x2 * C4))));
        return negate ? -cosine : cosine;
    }
}
