namespace TorchInit.Parity;

/// <summary>What is promised of a case: the same bits, or the same values to a stated tolerance, and why.</summary>
/// <param name="Tolerance">0 for the same bits; else the largest max |actual − expected| / max |expected| of a tensor, in ε of its dtype.</param>
/// <param name="Why">What decides the last bits there; empty for the same bits.</param>
public sealed record Promise(double Tolerance, string Why)
{
    /// <summary>The same bits.</summary>
    public static Promise SameBits { get; } = new(0, "");

    /// <summary>Whether the same bits are promised.</summary>
    public bool IsExact => Tolerance == 0;

    /// <summary>The promise for a plan, by what its steps call.</summary>
    /// <param name="plan">Of the profile that is asked.</param>
    /// <param name="dtype">The floating type asked for.</param>
    public static Promise For(InitPlan plan, DType dtype)
    {
        ArgumentNullException.ThrowIfNull(plan);
        // The loosest one of the steps holds for the plan.
        return plan.Steps.Select(step => Of(step, plan, dtype)).Append(SameBits).MaxBy(promise => promise.Tolerance)!;
    }

    static Promise Of(InitStep step, InitPlan plan, DType dtype)
    {
        TorchProfile profile = plan.Profile;
        ParameterSpec target = plan[step.Target.Tensor];
        return step switch
        {
            // Thrown away: nothing of it is compared.
            NormalizeStep when target.Kind == ParameterKind.Scratch => SameBits,
            OrthogonalStep => Qr(profile, target),
            // By erfinv: a vendor's serves float32 and float64 only, and no normal is drawn.
            TruncNormalStep when profile.Era < TorchEra.V2_12
                => dtype is (DType.Float32 or DType.Float64) && (profile.Erf == ErfImplementation.Vendor || profile.Platform is TorchPlatform.LinuxArm64 or TorchPlatform.MacOSArm64) ? new(8, "the vendor's erfinv, or Arm's libm") : SameBits,
            PowerIterationStep => new(64, "BLAS' sums"),
            NormExceptStep or NormalizeStep => new(8, "torch's vectorised sums"),
            NormalStep or TruncNormalStep or SparseStep => Normal(profile, dtype),
            _ => SameBits,
        };
    }

    static Promise Qr(TorchProfile profile, ParameterSpec target)
    {
        long rows = target.Shape[0];
        long smaller = rows == 0 ? 0 : Math.Min(rows, target.Count / rows);
        // Rounding grows with the number of reflections; a vendor's differ in order and blocking.
        return profile.Lapack == LapackImplementation.Vendor || (profile.Lapack == LapackImplementation.Reference312 && smaller > 128)
            ? new(16 + 8 * smaller, "the LAPACK behind torch")
            : SameBits;
    }

    static Promise Normal(TorchProfile profile, DType dtype) => profile.Platform switch
    {
        // What is left on Windows goes by the float32 polynomials, or is rounded from double and agreed wherever it was measured.
        TorchPlatform.WindowsX64 when dtype == DType.Float64 || profile.Cpu == CpuCapability.Default || (dtype != DType.Float32 && profile.Era < TorchEra.V2_13) => new(8, "UCRT's log, sin and cos"),
        TorchPlatform.MacOSArm64 => new(8, "Apple's log, sin and cos, read from the machine code and not run"),
        _ => SameBits,
    };
}
