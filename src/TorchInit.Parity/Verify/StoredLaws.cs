namespace TorchInit.Parity;

/// <summary>The law of a tensor's draws before they were stored, and other laws as its dtype stores them: 16 bits turn every law into a
/// grid.</summary>
static class StoredLaws
{
    /// <summary>The law before 16 bits rounded it; the law itself in other dtypes, and where it is not known.</summary>
    public static Law Before(Law law, ParameterSpec tensor, DistributionCase item)
        => law is GridLaw && tensor.TypeOr(item.DType).ByteSize() == 2
            && item.Plan.Placed.LastOrDefault(placed => item.Plan.Writes(placed.Step, tensor.Name)) is
            { CoversTensor: true, Step: UniformStep or NormalStep or TruncNormalStep } placed
            && StepLaw.Of(placed.Step, placed.Layout, DType.Float32, item.Plan) is (UniformLaw or NormalLaw or TruncNormalLaw)
                and var before ? before : law;

    /// <summary>A law as a dtype stores it.</summary>
    public static Law Of(Law law, DType dtype) => law is GridLaw or ConstantLaw ? law : dtype switch
    {
        DType.Float16 => DrawLaw.Stored<Half>(law),
        DType.BFloat16 => DrawLaw.Stored<BFloat16>(law),
        _ => law,
    };
}
