namespace TorchInit;

/// <summary><c>torch.arange</c> and <c>torch.linspace</c>: evenly spaced numbers; no draw.</summary>
/// <param name="Target">The tensor to fill, whole.</param>
/// <param name="Start">The first number.</param>
/// <param name="End">linspace's last number; arange stops before it.</param>
/// <param name="Step">arange's increment; 0 for linspace.</param>
public sealed record SequenceStep(StepTarget Target, double Start, double End, double Step) : InitStep(Target)
{
    internal override bool CanWait => true;

    /// <inheritdoc/>
    public override string ToString() => Step != 0 ? $"arange({Target}, {PythonFloat.Repr(Start)}, step={PythonFloat.Repr(Step)})"
        : $"linspace({Target}, {PythonFloat.Repr(Start)}, {PythonFloat.Repr(End)})";

    internal override void CheckDType<T>(TorchProfile profile)
    {
        if (Step == 0) { EvenNumbers.CheckLinear<T>(profile); }
        else { EvenNumbers.CheckRange<T>(Start, End); }
    }

    internal override void Run<T>(TargetView<T> target, StepContext context)
    {
        T[] elements = new T[target.Count];
        if (Step != 0) { EvenNumbers.Range<T>(elements, Start, Step, context.Generator.Profile); }
        else { EvenNumbers.Linear<T>(elements, Start, End, context.Generator.Profile); }
        target.WriteLogical(elements);
    }
}
