namespace TorchInit;

/// <summary>A step of a plan, and where it works: found and checked once, when the plan is made.</summary>
/// <param name="Step">The step.</param>
/// <param name="Tensor">What its target names.</param>
/// <param name="Storage">The memory of that tensor; two names may be one memory.</param>
/// <param name="Layout">The target in it.</param>
sealed record PlacedStep(InitStep Step, ParameterSpec Tensor, int Storage, ViewLayout Layout)
{
    /// <summary>Whether nothing of the tensor is left out.</summary>
    public bool CoversTensor => Layout.IsContiguous && Layout.Count == Tensor.Count;

    /// <summary>Whether nothing of the tensor is left out, and what stood there does not go into it: steps before do not matter.</summary>
    public bool Replaces => CoversTensor && !Step.IsInPlace;

    /// <inheritdoc cref="InitStep.WordsOrThrow"/>
    public long? Words(DType dtype, TorchProfile profile, ref bool cachedNormal)
        => Step.WordsOrThrow(Layout, Tensor.TypeOr(dtype), profile, ref cachedNormal);
}
