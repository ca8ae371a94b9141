namespace TorchInit;

/// <summary>
/// The inverse error function as torch's <c>calc_erfinv</c> computes it: a rational first guess, then two Newton steps with libm's erf and
/// exp. <c>torch.erfinv</c> uses it on a CPU in builds without MKL, and for 16-bit types in all builds.
/// </summary>
static class ErfInv
{
    /// <summary>erf⁻¹ y for a float32.</summary>
    /// <typeparam name="TRounding">How torch's kernel was compiled; only the first guess has a product followed by a sum.</typeparam>
    /// <param name="y">[−1, 1]; ±1 gives ±∞, anything outside gives NaN.</param>
    /// <param name="erff">Which erff the Newton steps call.</param>
    public static float Compute<TRounding>(float y, ErffVariant erff)
        where TRounding : struct, IMultiplyAdd
    {
        float magnitude = MathF.Abs(y);
        if (!(magnitude <= 1)) { return float.NaN; }
        if (magnitude == 1) { return MathF.CopySign(float.PositiveInfinity, y); }

        float x;
        if (magnitude <= 0.7f)
        {
            float z = y * y;
            float numerator = TRounding.MultiplyAdd(-0.140543331f, z, 0.914624893f);
            numerator = TRounding.MultiplyAdd(numerator, z, -1.645349621f);
            numerator = TRounding.MultiplyAdd(numerator, z, 0.886226899f);
            float denominator = TRounding.MultiplyAdd(0.012229801f, z, -0.329097515f);
            denominator = TRounding.MultiplyAdd(denominator, z, 1.442710462f);
            denominator = TRounding.MultiplyAdd(denominator, z, -2.118377725f);
            denominator = TRounding.MultiplyAdd(denominator, z, 1);
            x = y * numerator / denominator;
        }
        else
        {
            float z = MathF.Sqrt(-Libm.LogF((1 - magnitude) / 2));
            float numerator = TRounding.MultiplyAdd(1.641345311f, z, 3.429567803f);
            numerator = TRounding.MultiplyAdd(numerator, z, -1.624906493f);
            numerator = TRounding.MultiplyAdd(numerator, z, -1.970840454f);
            float denominator = TRounding.MultiplyAdd(1.637067800f, z, 3.543889200f);
            denominator = TRounding.MultiplyAdd(denominator, z, 1);
            x = MathF.CopySign(numerator, y) / denominator;
        }

        const float Slope = 1.12837911f; // 3F906EBA: 2 / √π as floats divide; the nearest float is the next one
        for (int step = 0; step < 2; step++)
        {
            float erf = erff == ErffVariant.Fdlibm ? Libm.Erff(x) : Libm.ErffRounded(x);
            x -= (erf - y) / (Slope * Libm.ExpF(-x * x));
        }

        return x;
    }

    /// <summary>erf⁻¹ y for a float64: the same formula, with float64 coefficients and functions.</summary>
    /// <typeparam name="TRounding">As for float32.</typeparam>
    /// <param name="y">[−1, 1]; ±1 gives ±∞, anything outside gives NaN.</param>
    public static double Compute<TRounding>(double y)
        where TRounding : struct, IMultiplyAdd
    {
        double magnitude = Math.Abs(y);
        if (!(magnitude <= 1)) { return double.NaN; }
        if (magnitude == 1) { return Math.CopySign(double.PositiveInfinity, y); }

        double x;
        if (magnitude <= 0.7)
        {
            double z = y * y;
            double numerator = TRounding.MultiplyAdd(-0.140543331, z, 0.914624893);
            numerator = TRounding.MultiplyAdd(numerator, z, -1.645349621);
            numerator = TRounding.MultiplyAdd(numerator, z, 0.886226899);
            double denominator = TRounding.MultiplyAdd(0.012229801, z, -0.329097515);
            denominator = TRounding.MultiplyAdd(denominator, z, 1.442710462);
            denominator = TRounding.MultiplyAdd(denominator, z, -2.118377725);
            denominator = TRounding.MultiplyAdd(denominator, z, 1);
            x = y * numerator / denominator;
        }
        else
        {
            double z = Math.Sqrt(-Math.Log((1 - magnitude) / 2));
            double numerator = TRounding.MultiplyAdd(1.641345311, z, 3.429567803);
            numerator = TRounding.MultiplyAdd(numerator, z, -1.624906493);
            numerator = TRounding.MultiplyAdd(numerator, z, -1.970840454);
            double denominator = TRounding.MultiplyAdd(1.637067800, z, 3.543889200);
            denominator = TRounding.MultiplyAdd(denominator, z, 1);
            x = Math.CopySign(numerator, y) / denominator;
        }

        double slope = 2 / Math.Sqrt(Math.PI);
        for (int step = 0; step < 2; step++)
        {
            x -= (Libm.Erf(x) - y) / (slope * Math.Exp(-x * x));
        }

        return x;
    }
}
