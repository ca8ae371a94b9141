namespace TorchInit;

/// <summary><c>init.eye_(tensor)</c>: ones on the diagonal, zeros elsewhere; no draw.</summary>
/// <param name="Target">A matrix.</param>
public sealed record EyeStep(StepTarget Target) : InitStep(Target)
{
    internal override bool HoldsCopy => true;

    /// <inheritdoc/>
    public override string ToString() => $"eye_({Target})";

    internal override void CheckDType<T>(TorchProfile profile)
    {
        if (typeof(T) == typeof(BFloat16) && !profile.Has(2, 3))
        {
            throw TorchArgumentException.RuntimeError("dtype", "bfloat16", "float32, float64, float16 (bfloat16 since torch 2.3)",
                "\"eye\" not implemented for 'BFloat16'");
        }
    }

    internal override void Run<T>(TargetView<T> target, StepContext context)
    {
        T[] elements = new T[target.Count];
        Init.Eye<T>(elements, target.Shape);
        target.WriteLogical(elements);
    }

    internal override void Check(ReadOnlySpan<long> shape, TorchProfile profile, Func<string, ParameterSpec> tensors)
        => Init.CheckEye(shape);
}
