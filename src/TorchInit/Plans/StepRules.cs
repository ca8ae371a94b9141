namespace TorchInit;

/// <summary>Which rules of a torch decide a step's bits. Two torches draw steps of one kind alike if their answers are equal; a rule that
/// is not known to be irrelevant is included.</summary>
enum RuleKind
{
    /// <summary>None: copies, constants, permutations.</summary>
    None,

    /// <summary>A uniform that cannot reach its upper bound.</summary>
    Uniform,

    /// <summary>A uniform that can reach its upper bound, by rounding.</summary>
    UniformToItsEnd,

    /// <summary>float32 normals in blocks of 16.</summary>
    NormalBlocks32,

    /// <summary>float64 normals in blocks of 16.</summary>
    NormalBlocks64,

    /// <summary>Normals one by one.</summary>
    NormalPairs,

    /// <summary>What a range of versions does alike: trunc_normal_, orthogonal_, sparse_, norms, functions.</summary>
    Span,

    /// <summary>The same in 16 bits.</summary>
    SpanOf16Bits,

    /// <summary>Draws that were not compared between all versions of a range.</summary>
    Version,
}

/// <summary>The rules by which a plan's steps are drawn.</summary>
static class StepRules
{
    /// <summary>What decides the bits of a step.</summary>
    public static RuleKind Of(PlacedStep placed, DType asked, TorchProfile profile)
    {
        DType dtype = placed.Tensor.TypeOr(asked);
        if (profile.Gpu is not null) { return RuleKind.Version; }
        if (placed.Step is FillStep or CopyStep or RandPermStep) { return RuleKind.None; }
        if (placed.Step is DataStep or DiracStep) { return RuleKind.None; }
        bool is16Bit = dtype is DType.Float16 or DType.BFloat16;
        // Some versions of a range refuse eye_ and orthogonal_ in 16 bits while others accept them.
        if (is16Bit)
        {
            return IsOfSpan(placed.Step) && placed.Step is not (EyeStep or OrthogonalStep) ? RuleKind.SpanOf16Bits : RuleKind.Version;
        }
        return placed.Step switch
        {
            EyeStep or ScalarStep or ClampStep or CombineStep => RuleKind.None,
            UniformStep uniform => ReachesEnd(uniform, dtype) ? RuleKind.UniformToItsEnd : RuleKind.Uniform,
            NormalStep when !NormalFill.IsByBlocks(placed.Layout.Extent) => RuleKind.NormalPairs,
            NormalStep when dtype == DType.Float32 => RuleKind.NormalBlocks32,
            NormalStep when dtype == DType.Float64 => RuleKind.NormalBlocks64,
            _ => IsOfSpan(placed.Step) ? RuleKind.Span : RuleKind.Version,
        };
    }

    /// <summary>A torch's rules for steps of a kind, as text: equal texts mean equal bits.</summary>
    public static string Answer(RuleKind kind, TorchProfile profile)
    {
        string libm = profile.HasGlibc ? "glibc" : profile.Platform.Name();
        return kind switch
        {
            RuleKind.None => Device(profile),
            RuleKind.Uniform => $"{Device(profile)} {profile.Fused}",
            RuleKind.UniformToItsEnd => $"{Device(profile)} {profile.Fused} {profile.IsHalfOpen}",
            RuleKind.NormalBlocks32 => $"{Device(profile)} {profile.Float32Normal} {profile.FusedFloat32Tail} "
                + (profile.Float32Normal == NormalKernel.Libm ? libm : ""),
            RuleKind.NormalBlocks64 => $"{Device(profile)} {profile.FusedFloat64Tail} {libm}",
            RuleKind.NormalPairs => $"{Device(profile)} {profile.Fused} {profile.ScalarLog1p} {libm}",
            RuleKind.Span => $"{Device(profile)} {profile.SameDrawsSince} {profile.Platform} {profile.Cpu} {profile.Erf} {profile.Lapack} "
                + $"{profile.Fused}",
            RuleKind.SpanOf16Bits => $"{Answer(RuleKind.Span, profile)} {profile.DoubleToHalfAtOnce}",
            _ => $"{profile.Version} {Device(profile)} {profile.Platform} {profile.Cpu} {profile.Erf} {profile.Lapack}",
        };
    }

    static string Device(TorchProfile profile) => $"{profile.Device} {profile.IsDefaultDevice}";

    static bool IsOfSpan(InitStep step) => step is UniformStep or NormalStep or TruncNormalStep or OrthogonalStep or SparseStep
        or ScalarStep or ClampStep or CombineStep or UnaryStep or EyeStep or NormExceptStep or WeightNormStep or NormalizeStep
        or PowerIterationStep or SpectralScaleStep or CheckStdStep;

    /// <summary>Whether rounding can give the upper bound, with or without a fused multiply-add.</summary>
    static bool ReachesEnd(UniformStep step, DType dtype)
    {
        if (dtype == DType.Float64)
        {
            double range = step.To - step.From, most = 1 - 1.0 / (1UL << 53);
            return !(Math.FusedMultiplyAdd(most, range, step.From) < step.To) || !(most * range + step.From < step.To);
        }
        if (dtype != DType.Float32) { return true; }
        (float from, float to) = ((float)step.From, (float)step.To);
        UniformOperator<Fused> fused = new(from, to - from);
        UniformOperator<Unfused> unfused = new(from, to - from);
        return !fused.IsExact || !(fused.Largest < to) || !(unfused.Largest < to);
    }
}
