using System.Numerics;

namespace TorchInit;

/// <summary>
/// trunc_normal_ up to torch 2.11: U(2·Φ(a) − 1, 2·Φ(b) − 1), erfinv_, mul_(std·√2), add_(mean), clamp_(a, b); every step rounds to the
/// tensor's dtype.
/// </summary>
static class TruncNormalByErfInv
{
    public static void Fill<T>(Span<T> tensor, double mean, double std, double a, double b, double below, double upTo, Generator generator)
        where T : unmanaged
    {
        UniformFill.Fill(tensor, 2 * below - 1, 2 * upTo - 1, generator);
        generator.Profile.Fills.TruncateByErfInv(tensor, std, mean, a, b, generator.Profile);
    }

    /// <summary>The steps after the uniform draw, on a CPU.</summary>
    public static void Finish<T>(Span<T> tensor, double std, double mean, double a, double b, TorchProfile profile)
        where T : unmanaged
    {
        if (typeof(T) == typeof(Half) && !profile.HasHalfMath)
        {
            // After the draws, as in torch: the stream has advanced.
            throw TorchArgumentException.RuntimeError("dtype", "float16", "float32, float64, bfloat16 (float16 since torch 2.1)",
                "\"erfinv_vml_cpu\" not implemented for 'Half'");
        }
        // clamp_ converts its bounds to the tensor's type, after the draws; if either is NaN, it converts neither.
        if (!double.IsNaN(a) && !double.IsNaN(b)) { (_, _) = (ConstantValue.Of<T>(a, profile), ConstantValue.Of<T>(b, profile)); }
        double factor = std * Math.Sqrt(2.0);
        if (typeof(T) == typeof(double)) { FromUniform(Elements.Cast<T, double>(tensor), factor, mean, a, b, profile); }
        else { FromUniform(tensor, (float)factor, (float)mean, (float)a, (float)b, profile); }
        if (typeof(T) == typeof(BFloat16) && profile.Cpu == CpuCapability.Avx2) { MarkNaNs(Elements.Cast<T, BFloat16>(tensor)); }
    }

    static void FromUniform(Span<double> tensor, double factor, double mean, double a, double b, TorchProfile profile)
    {
        foreach (ref double x in tensor)
        {
            double erfInv = profile.Fused ? ErfInv.Compute<Fused>(x) : ErfInv.Compute<Unfused>(x);
            x = Clamp(erfInv * factor + mean, a, b);
        }
    }

    /// <summary>Turns uniforms in (−1, 1) into truncated normals.</summary>
    internal static void FromUniform<T>(Span<T> tensor, float factor, float mean, float a, float b, TorchProfile profile)
        where T : unmanaged
    {
        // 16-bit mul_ takes its scalar as float32 since 2.1; add_ and clamp_ round theirs to the type in every version.
        if (profile.RoundsFactorTo16Bits) { factor = Elements.Round<T>(factor); }
        (mean, a, b) = (Elements.Round<T>(mean), Elements.Round<T>(a), Elements.Round<T>(b));
        foreach (ref T element in tensor)
        {
            float x = Elements.Round<T>(ErfInvOf<T>(Elements.ToFloat(element), profile));
            x = Elements.Round<T>(x * factor);
            x = Elements.Round<T>(x + mean);
            element = Elements.FromFloat<T>(Clamp(x, a, b));
        }
    }

    /// <summary>clamp_ as C++'s min and max: a zero keeps its own sign if it equals a bound, and NaN stays NaN.</summary>
    internal static TMath Clamp<TMath>(TMath x, TMath a, TMath b)
        where TMath : IFloatingPoint<TMath>
    {
        x = x < a ? a : x;
        return b < x ? b : x;
    }

    /// <summary>AVX2 stores NaN in bfloat16 as ffff, 32 elements at a time; the remaining elements are stored one by one, as 7fc0. (NaN is
    /// ∞ · 0, if std·√2 overflows float.)</summary>
    static void MarkNaNs(Span<BFloat16> tensor)
    {
        foreach (ref BFloat16 element in tensor[..(tensor.Length / 32 * 32)])
        {
            if (float.IsNaN(element)) { element = new(0xffff); }
        }
    }

    /// <summary>erfinv_ of one element.</summary>
    internal static float ErfInvOf<T>(float y, TorchProfile profile)
    {
        // A vendor's vector erfinv covers float32 and float64 only, and is nearly always correctly rounded.
        if (profile.Erf == ErfImplementation.Vendor && typeof(T) == typeof(float)) { return (float)ErfInv.Compute<Fused>((double)y); }
        ErffVariant erff = profile.Erf == ErfImplementation.GlibcRounded ? ErffVariant.CorrectlyRounded : ErffVariant.Fdlibm;
        return profile.Fused ? ErfInv.Compute<Fused>(y, erff) : ErfInv.Compute<Unfused>(y, erff);
    }
}
