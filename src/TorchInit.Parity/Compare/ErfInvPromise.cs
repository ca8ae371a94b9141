namespace TorchInit.Parity;

/// <summary>
/// What is promised of trunc_normal_ up to torch 2.11, which is erf⁻¹(y) of a uniform y ∈ (−1, 1): the same bits, or 8 ε and in addition,
/// element by element, what 8 units in the last place of y make. MKL's erfinv is that good near ±1, and depends on the processor there.
/// </summary>
/// <remarks>
/// erf⁻¹ has the slope √π/2 · exp(x²) at x = erf⁻¹(y): where y is within 10⁻⁶ of 1, a unit in the last place of a float64 y is 30,000 of
/// x. Within 16 units of ±1 the result may be anything up to the cut, and nothing is promised.
/// </remarks>
static class ErfInvPromise
{
    const double Units = 8;     // of 2⁻⁵³, the distance of float64 neighbours below 1; of 2⁻²⁴ in float32
    const double Tolerance = 8; // ε

    public static Promise Of(TruncNormalStep cut, TorchProfile profile, DType dtype)
    {
        // A vendor's serves float32 and float64 only, and no normal is drawn.
        bool arm = profile.Platform is TorchPlatform.LinuxArm64 or TorchPlatform.MacOSArm64;
        return profile.Gpu is null && dtype is DType.Float32 or DType.Float64 && (arm || profile.Erf == ErfImplementation.Vendor)
            ? new(Tolerance, "the vendor's erfinv, or Arm's libm: more near ±1, element by element")
            {
                Element = (value, epsilon) => Allowed(cut, value, epsilon),
            }
            : Promise.SameBits;
    }

    /// <summary>How far an element may deviate: x·std·√2 + mean, with x known as well as y is.</summary>
    /// <param name="cut">The step.</param>
    /// <param name="value">C#'s element.</param>
    /// <param name="epsilon">ε of its dtype: 2⁻²³ or 2⁻⁵².</param>
    public static double Allowed(TruncNormalStep cut, double value, double epsilon)
    {
        double factor = Math.Abs(cut.Std) * Math.Sqrt(2);
        double x = Math.Abs(value - cut.Mean) / factor;
        double slope = Math.Sqrt(Math.PI) / 2 * Math.Exp(x * x);
        double first = Units * epsilon / 2 * slope;         // |Δx| to the first order
        double ofDistance = 2 * x * first;                  // |Δy| over 1 − |y|, as erfc x ≈ exp(−x²) / (x √π)
        return ofDistance < 0.5
            ? factor * (first / (1 - ofDistance) + Tolerance * epsilon * x) + 2 * epsilon * (Math.Abs(value) + Math.Abs(cut.Mean))
            : double.PositiveInfinity;
    }
}
