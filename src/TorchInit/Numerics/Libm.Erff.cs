namespace TorchInit;

static partial class Libm
{
    /// <summary>The error function of a float32 as glibc up to 2.40 rounds it: fdlibm's <c>erff</c>, every step in float32.</summary>
    /// <param name="x">Any float; |x| ≥ 6 gives ±1.</param>
    /// <remarks>Differs from <see cref="ErffRounded"/> for 2.2 % of arguments, which is why trunc_normal_ depends on the version of the C
    /// library.</remarks>
    public static float Erff(float x)
    {
        uint magnitude = BitConverter.SingleToUInt32Bits(x) & 0x7FFFFFFF;
        if (magnitude >= 0x7F800000) { return float.IsNaN(x) ? x : MathF.CopySign(1, x); }
        if (magnitude < 0x3F580000) { return ErffNearZero(x, magnitude); } // |x| < 0.84375

        float result;
        float a = MathF.Abs(x);
        if (magnitude < 0x3FA00000) // |x| < 1.25
        {
            const float ErfOfOne = 8.4506291151e-01f;
            float s = a - 1;
            float p = -2.3621185683e-03f + (s * (4.1485610604e-01f + (s * (-3.7220788002e-01f + (s * (3.1834661961e-01f
                + (s * (-1.1089469492e-01f + (s * (3.5478305072e-02f + (s * -2.1663755178e-03f)))))))))));
            float q = 1 + (s * (1.0642088205e-01f + (s * (5.4039794207e-01f + (s * (7.1828655899e-02f
                + (s * (1.2617121637e-01f + (s * (1.3637083583e-02f + (s * 1.1984500103e-02f)))))))))));
            result = ErfOfOne + (p / q);
        }
        else
        {
            result = magnitude >= 0x40C00000 ? 1 : 1 - (ErfcfTail(a, magnitude) / a); // |x| ≥ 6: 1 to the last bit
        }

        return MathF.CopySign(result, x);
    }

    static float ErffNearZero(float x, uint magnitude)
    {
        const float Efx = 1.2837916613e-01f; // 2/√π − 1
        if (magnitude < 0x04000000) { return 0.0625f * ((16 * x) + (16 * Efx * x)); } // Efx · x alone would be subnormal
        if (magnitude < 0x31800000) { return x + (Efx * x); }

        float z = x * x;
        float r = Efx + (z * (-3.2504209876e-01f + (z * (-2.8481749818e-02f + (z * (-5.7702702470e-03f + (z * -2.3763017452e-05f)))))));
        float s = 1 + (z * (3.9791721106e-01f + (z * (6.5022252500e-02f + (z * (5.0813062117e-03f
            + (z * (1.3249473704e-04f + (z * -3.9602282413e-06f)))))))));
        return x + (x * (r / s));
    }

    /// <summary>a · erfc a for a in [1.25, 6): e^(−a²) times a rational function of 1/a².</summary>
    static float ErfcfTail(float a, uint magnitude)
    {
        float s = 1 / (a * a);
        float numerator, denominator;
        if (magnitude < 0x4036DB6E) // a < 1/0.35
        {
            numerator = -9.8649440333e-03f + (s * (-6.9385856390e-01f + (s * (-1.0558626175e+01f + (s * (-6.2375331879e+01f
                + (s * (-1.6239666748e+02f + (s * (-1.8460508728e+02f + (s * (-8.1287437439e+01f + (s * -9.8143291473e+00f)))))))))))));
            denominator = 1 + (s * (1.9651271820e+01f + (s * (1.3765776062e+02f + (s * (4.3456588745e+02f + (s * (6.4538726807e+02f
                + (s * (4.2900814819e+02f + (s * (1.0863500214e+02f + (s * (6.5702495575e+00f + (s * -6.0424413532e-02f)))))))))))))));
        }
        else
        {
            numerator = -9.8649431020e-03f + (s * (-7.9928326607e-01f + (s * (-1.7757955551e+01f + (s * (-1.6063638306e+02f
                + (s * (-6.3756646729e+02f + (s * (-1.0250950928e+03f + (s * -4.8351919556e+02f)))))))))));
            denominator = 1 + (s * (3.0338060379e+01f + (s * (3.2579251099e+02f + (s * (1.5367296143e+03f + (s * (3.1998581543e+03f
                + (s * (2.5530502930e+03f + (s * (4.7452853394e+02f + (s * -2.2440952301e+01f)))))))))))));
        }

        // a² = z² + (a − z)(a + z) with z of 12 bits, so that z² is exact
        float z = BitConverter.UInt32BitsToSingle(magnitude & 0xFFFFF000);
        return ExpF((-z * z) - 0.5625f) * ExpF(((z - a) * (z + a)) + (numerator / denominator));
    }
}
