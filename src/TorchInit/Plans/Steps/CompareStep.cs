namespace TorchInit;

/// <summary>Compares each element with a number, <c>tensor &lt; 0.5</c>, into a bool tensor; no draw.</summary>
/// <param name="Target">The bool tensor or view to fill.</param>
/// <param name="Source">A tensor of the plan or a view of one, with as many elements.</param>
/// <param name="Operation">The comparison.</param>
/// <param name="Value">The number; first rounded to the source's dtype, as in torch.</param>
public sealed record CompareStep(StepTarget Target, StepTarget Source, Comparison Operation, double Value) : InitStep(Target)
{
    internal override IEnumerable<string> Reads => [Source?.Tensor!];            // InitPlan refuses null

    internal override bool CanWait => true;

    /// <inheritdoc/>
    public override string ToString()
        => $"{Operation.ToString().ToLowerInvariant()}({Target}, {Source}, {PythonFloat.Repr(Value)})";

    internal override InitStep Renamed(Func<string, string> name)
        => ((CompareStep)base.Renamed(name)) with { Source = Source.Renamed(name) };

    internal override void Run<T>(TargetView<T> target, StepContext context)
        => target.WriteLogical((T[])(object)context.DTypeOf(Source).Run(new Answers(this, context)));

    internal override void Check(ReadOnlySpan<long> shape, TorchProfile profile, Func<string, ParameterSpec> tensors)
    {
        StepChecks.IsDefined(this, Operation);
        StepChecks.SameCount(this, Source, "source", shape, tensors);
        StepChecks.IsOf(this, Target, DType.Bool, tensors);
    }

    sealed record Answers(CompareStep Step, StepContext Context) : IElementWork<bool[]>
    {
        public bool[] Run<T>()
            where T : unmanaged
        {
            bool isFloat = DType.Of<T>().IsFloatingPoint();
            double value = isFloat ? Elements.ToDouble(Elements.FromDouble<T>(Step.Value, Context.Generator.Profile)) : Step.Value;
            return Array.ConvertAll(Context.View<T>(Step.Source).ReadLogical(),
                x => Step.Operation.Holds(isFloat ? Elements.ToDouble(x) : DrawElements.ToInteger(x), value));
        }
    }
}
