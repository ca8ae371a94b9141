namespace TorchInit;

/// <summary>A step that changes each element of its target separately and draws nothing: arithmetic in place, possible on any part of a
/// tensor.</summary>
/// <param name="Target">The tensor or view to change.</param>
public abstract record MapStep(StepTarget Target) : InitStep(Target)
{
    internal override IEnumerable<string> Reads => [Target.Tensor];

    internal override bool CanWait => true;

    /// <summary>Changes the elements in place.</summary>
    internal abstract void Map<T>(Span<T> elements, TorchProfile profile)
        where T : unmanaged;

    internal override void CheckDType<T>(TorchProfile profile)
    {
        if (!DType.Of<T>().IsFloatingPoint())
        {
            throw new ArgumentException($"{this} cannot run in {DType.Of<T>().TorchName()}; allowed: float32, float64, float16, bfloat16.",
                nameof(profile));
        }
    }

    internal override void Run<T>(TargetView<T> target, StepContext context)
    {
        if (target.IsContiguous)
        {
            Apply(target.Contiguous, context.Generator.Profile);
            return;
        }
        T[] elements = target.ReadLogical();
        Apply<T>(elements, context.Generator.Profile);
        target.WriteLogical(elements);
    }

    /// <summary>The same; on a GPU, with its one NaN.</summary>
    internal void Apply<T>(Span<T> elements, TorchProfile profile)
        where T : unmanaged
    {
        Map(elements, profile);
        if (profile.Gpu is not null) { CudaNaN.Unify(elements); }
    }
}
