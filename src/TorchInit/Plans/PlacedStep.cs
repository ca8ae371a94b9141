namespace TorchInit;

/// <summary>A step of a plan and its place, found and checked once when the plan is made.</summary>
/// <param name="Step">The step.</param>
/// <param name="Tensor">The tensor that its target names.</param>
/// <param name="Storage">The memory of that tensor; two names may share one.</param>
/// <param name="Layout">The target's layout in that memory.</param>
sealed record PlacedStep(InitStep Step, ParameterSpec Tensor, int Storage, ViewLayout Layout)
{
    /// <summary>Whether the step covers the whole tensor.</summary>
    public bool CoversTensor => Layout.IsContiguous && Layout.Count == Tensor.Count;

    /// <summary>Whether the step covers the whole tensor and ignores its old values: earlier steps do not matter.</summary>
    public bool Replaces => CoversTensor && !Step.IsInPlace;

    /// <inheritdoc cref="InitStep.WordsOrThrow"/>
    public long? Words(DType dtype, TorchProfile profile, ref bool cachedNormal)
        => Step.WordsOrThrow(Layout, Tensor.TypeOr(dtype), profile, ref cachedNormal);
}
