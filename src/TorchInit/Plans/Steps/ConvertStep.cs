namespace TorchInit;

/// <summary><c>target.copy_(source)</c> from another dtype, as in <c>tensor.half()</c> and <c>model.to(torch.bfloat16)</c>; no
/// draw.</summary>
/// <param name="Target">The tensor or view to fill.</param>
/// <param name="Source">A tensor of the plan or a view of one, with as many elements.</param>
public sealed record ConvertStep(StepTarget Target, StepTarget Source) : InitStep(Target)
{
    internal override IEnumerable<string> Reads => [Source?.Tensor!];            // InitPlan refuses null

    internal override bool CanWait => true;

    /// <inheritdoc/>
    public override string ToString() => $"convert_({Target}, {Source})";

    internal override InitStep Renamed(Func<string, string> name)
        => ((ConvertStep)base.Renamed(name)) with { Source = Source.Renamed(name) };

    internal override void Run<T>(TargetView<T> target, StepContext context)
        => target.WriteLogical(context.DTypeOf(Source).Run(new Converted<T>(this, context)));

    internal override void Check(ReadOnlySpan<long> shape, TorchProfile profile, Func<string, ParameterSpec> tensors)
        => StepChecks.SameCount(this, Source, "source", shape, tensors);

    sealed record Converted<TTo>(ConvertStep Step, StepContext Context) : IElementWork<TTo[]>
        where TTo : unmanaged
    {
        public TTo[] Run<TFrom>()
            where TFrom : unmanaged
        {
            TorchProfile profile = Context.Generator.Profile;
            if (typeof(TFrom) == typeof(TTo) && Context.Tensors.IsInDoubt(Step))
            {
                throw new NotFollowedException($"{Step} does not convert in a run of {DType.Of<TTo>().TorchName()}: torch gives the same "
                    + "tensor, one of the two is changed afterwards, and that is not followed; allowed: clone() in its place, or another "
                    + "dtype for the run.");
            }
            return Array.ConvertAll(Context.View<TFrom>(Step.Source).ReadLogical(), value => Conversion.Of<TFrom, TTo>(value, profile));
        }
    }
}
