namespace TorchInit;

static partial class Libm
{
    static ReadOnlySpan<double> ErfP => [1.28379167095512558561e-01, -3.25042107247001499370e-01, -2.84817495755985104766e-02,
        -5.77027029648944159157e-03, -2.37630166566501626084e-05];

    static ReadOnlySpan<double> ErfQ => [1, 3.97917223959155352819e-01, 6.50222499887672944485e-02, 5.08130628187576562776e-03,
        1.32494738004321644526e-04, -3.96022827877536812320e-06];

    static ReadOnlySpan<double> ErfPa => [-2.36211856075265944077e-03, 4.14856118683748331666e-01, -3.72207876035701323847e-01,
        3.18346619901161753674e-01, -1.10894694282396677476e-01, 3.54783043256182359371e-02, -2.16637559486879084300e-03];

    static ReadOnlySpan<double> ErfQa => [1, 1.06420880400844228286e-01, 5.40397917702171048937e-01, 7.18286544141962662868e-02,
        1.26171219808761642112e-01, 1.36370839120290507362e-02, 1.19844998467991074170e-02];

    static ReadOnlySpan<double> ErfRa => [-9.86494403484714822705e-03, -6.93858572707181764372e-01, -1.05586262253232909814e+01,
        -6.23753324503260060396e+01, -1.62396669462573470355e+02, -1.84605092906711035994e+02, -8.12874355063065934246e+01,
        -9.81432934416914548592e+00];

    static ReadOnlySpan<double> ErfSa => [1, 1.96512716674392571292e+01, 1.37657754143519042600e+02, 4.34565877475229228821e+02,
        6.45387271733267880336e+02, 4.29008140027567833386e+02, 1.08635005541779435134e+02, 6.57024977031928170135e+00,
        -6.04244152148580987438e-02];

    static ReadOnlySpan<double> ErfRb => [-9.86494292470009928597e-03, -7.99283237680523006574e-01, -1.77579549177547519889e+01,
        -1.60636384855821916062e+02, -6.37566443368389627722e+02, -1.02509513161107724954e+03, -4.83519191608651397019e+02];

    static ReadOnlySpan<double> ErfSb => [1, 3.03380607434824582924e+01, 3.25792512996573918826e+02, 1.53672958608443695994e+03,
        3.19985821950859553908e+03, 2.55305040643316442583e+03, 4.74528541206955367215e+02, -2.24409524465858183362e+01];

    /// <summary>The error function of a float64: glibc's <c>erf</c> (fdlibm's rational functions, summed in pairs like glibc).</summary>
    /// <param name="x">Any double; |x| ≥ 6 gives ±1.</param>
    /// <remarks>For |x| ≥ 1.25 it calls <see cref="Math.Exp"/> twice and is as exact as that function: on Linux .NET uses
    /// glibc's.</remarks>
    public static double Erf(double x)
    {
        uint magnitude = (uint)(BitConverter.DoubleToUInt64Bits(x) >> 32) & 0x7FFFFFFF; // the upper word decides, as in fdlibm
        if (magnitude >= 0x7FF00000) { return double.IsNaN(x) ? x : Math.CopySign(1, x); }
        if (magnitude < 0x3FEB0000) // |x| < 0.84375
        {
            const double Efx = 1.28379167095512586316e-01; // 2/√π − 1
            if (magnitude < 0x00800000) { return 0.0625 * ((16 * x) + (16 * Efx * x)); } // Efx · x alone would be subnormal
            if (magnitude < 0x3E300000) { return x + (Efx * x); }
            double z = x * x;
            return x + (x * (PairSum(ErfP, z) / PairSum(ErfQ, z)));
        }

        double a = Math.Abs(x);
        double result;
        if (magnitude < 0x3FF40000) // |x| < 1.25
        {
            const double ErfOfOne = 8.45062911510467529297e-01;
            result = ErfOfOne + (PairSum(ErfPa, a - 1) / PairSum(ErfQa, a - 1));
        }
        else if (magnitude >= 0x40180000)
        {
            result = 1;
        }
        else
        {
            double s = 1 / (a * a);
            double ratio = magnitude < 0x4006DB6E ? PairSum(ErfRa, s) / PairSum(ErfSa, s) : PairSum(ErfRb, s) / PairSum(ErfSb, s); // 1/0.35
            // a² = z² + (a − z)(a + z) with z of 21 bits, so that z² is exact
            double z = BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(a) & 0xFFFFFFFF00000000);
            result = 1 - (Math.Exp((-z * z) - 0.5625) * Math.Exp(((z - a) * (z + a)) + ratio) / a);
        }

        return Math.CopySign(result, x);
    }

    /// <summary>Σ cₖ tᵏ as ((c₀ + t·c₁) + t²(c₂ + t·c₃)) + t⁴(c₄ + t·c₅) + …: glibc's order, a shorter dependency chain than Horner's
    /// rule.</summary>
    static double PairSum(ReadOnlySpan<double> c, double t)
    {
        double t2 = t * t, t4 = t2 * t2;
        double sum = c[0] + (t * c[1]) + (t2 * (c[2] + (t * c[3])));
        sum += t4 * (c.Length > 5 ? c[4] + (t * c[5]) : c[4]);
        if (c.Length > 6) { sum += t4 * t2 * (c.Length > 7 ? c[6] + (t * c[7]) : c[6]); }
        if (c.Length > 8) { sum += t4 * t4 * c[8]; }
        return sum;
    }
}
