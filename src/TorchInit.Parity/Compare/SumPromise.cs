namespace TorchInit.Parity;

/// <summary>
/// What is promised of norms and of power iteration: the same bits if the order of torch's sums is known, otherwise a bound from the number
/// of terms, the type they are added in, and the shape.
/// </summary>
/// <remarks>
/// n rounded products added in any order deviate from the exact sum by γ = n·ε/2 of Σ|terms| at most (Higham 2002, section 3.1); two
/// orders by twice as much. Σ x² is its own Σ|terms|, and the root halves what is relative.
/// </remarks>
static class SumPromise
{
    const string Sums = "the order of torch's sums";
    const string Blas = "the BLAS behind torch";

    /// <summary>‖x‖ of n elements: (n + 1) ε / 2 by the sums, ε by the two roots; in 16 bits one more by the last rounding.</summary>
    public static Promise OfNorm(TorchProfile profile, DType dtype, long terms)
        => NormsAreKnown(profile) ? Promise.SameBits : new(Norm(profile, dtype, terms), Sums);

    /// <summary>x / ‖x‖: ε more by the division.</summary>
    public static Promise OfNormalized(TorchProfile profile, DType dtype, long terms)
        => OfNorm(profile, dtype, terms) is { IsExact: false } norm ? norm with { Tolerance = norm.Tolerance + 1 } : Promise.SameBits;

    /// <summary>
    /// Rounds of u ← normalize(W·v), v ← normalize(Wᵀ·u). A product is away by γ·‖|W|·|v|‖ ≤ γ·‖W‖F, and ‖W·v‖ is about the largest
    /// singular value, ‖W‖F / √rank or more: relative γ·√rank. The largest element of a unit vector of n elements is 1/√n or more. A later
    /// round does not amplify what an earlier one left, since any v not orthogonal to the leading singular
    /// vector converges the same way.
    /// </summary>
    public static Promise OfPowerIteration(TorchProfile profile, DType dtype, ParameterSpec weight, long rows, int iterations)
    {
        if (rows == 0 || weight.Count == 0) { return Promise.SameBits; }
        bool processorDecides = dtype == DType.BFloat16 && profile.SumsIn16Bits && weight.Count > PowerIteration.MostRoundedElements;
        if (processorDecides)
        {
            return new(double.PositiveInfinity, "oneDNN on a processor with AVX-512, and rounding after every step on others");
        }
        // 16 bits since 2.1 are added in float32 in an unknown order: now and then the last rounding differs.
        bool inFloat = dtype is DType.Float16 or DType.BFloat16 && !profile.SumsIn16Bits;
        if (!inFloat && NormsAreKnown(profile) && profile.Lapack != LapackImplementation.Vendor) { return Promise.SameBits; }
        long columns = weight.Count / rows;
        long longer = Math.Max(rows, columns);
        double product = Add(profile, dtype, longer) * Math.Sqrt(Math.Min(rows, columns)) + (Epsilon(dtype) > Math.Pow(2, -23) ? 1 : 0);
        double tolerance = 2 * iterations * (product + Norm(profile, dtype, longer) + 1) * Math.Sqrt(longer);
        return new(tolerance, inFloat ? Sums : Blas);
    }

    /// <summary>The builds whose order of sums was compared: Debian's, and the official wheel of 2.11. Others may fuse elsewhere.</summary>
    static bool NormsAreKnown(TorchProfile profile) => profile is { Gpu: null, Platform: TorchPlatform.LinuxX64 } && profile.Version switch
    {
        { Major: 1, Minor: 13 } or { Major: 2, Minor: 6 } => profile.Lapack != LapackImplementation.Vendor,
        { Major: 2, Minor: 11 } => profile.Cpu == CpuCapability.Avx2,
        _ => false,
    };

    static double Norm(TorchProfile profile, DType dtype, long terms)
        => Add(profile, dtype, terms) / 2 + 1 + (Epsilon(dtype) > Math.Pow(2, -23) ? 1 : 0);

    /// <summary>By how much two sums of that many rounded products differ, in ε of the dtype; infinite if rounding may swallow
    /// terms.</summary>
    static double Add(TorchProfile profile, DType dtype, long terms)
    {
        // Before 2.1, 16 bits were added in 16 bits but where vectors of bfloat16 made float32: the looser one holds for both.
        double accumulator = dtype == DType.Float64 ? Math.Pow(2, -52) : profile.SumsIn16Bits ? Epsilon(dtype) : Math.Pow(2, -23);
        double relative = (terms + 1) * accumulator;
        return relative < 0.5 ? relative / Epsilon(dtype) : double.PositiveInfinity;
    }

    static double Epsilon(DType dtype) => dtype switch
    {
        DType.Float64 => Math.Pow(2, -52),
        DType.Float16 => Math.Pow(2, -10),
        DType.BFloat16 => Math.Pow(2, -7),
        _ => Math.Pow(2, -23),
    };
}
