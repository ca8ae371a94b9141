namespace TorchInit;

/// <summary><c>target.copy_(source)</c> from another dtype, as <c>tensor.half()</c> and <c>model.to(torch.bfloat16)</c> do; no
/// draw.</summary>
/// <param name="Target">What is filled.</param>
/// <param name="Source">A tensor of the plan or a view of it, with as many elements.</param>
public sealed record ConvertStep(StepTarget Target, StepTarget Source) : InitStep(Target)
{
    internal override IEnumerable<string> Reads => [Source?.Tensor!];            // InitPlan refuses null

    internal override bool CanWait => true;

    /// <inheritdoc/>
    public override string ToString() => $"convert_({Target}, {Source})";

    internal override InitStep Renamed(Func<string, string> name)
        => ((ConvertStep)base.Renamed(name)) with { Source = Source.Renamed(name) };

    internal override void Run<T>(TargetView<T> target, StepContext context)
        => target.WriteLogical(context.Tensors[Source.Tensor].DType switch
        {
            DType.Float32 => Converted<float, T>(context),
            DType.Float64 => Converted<double, T>(context),
            DType.Float16 => Converted<Half, T>(context),
            DType.BFloat16 => Converted<BFloat16, T>(context),
            DType.Int64 => Converted<long, T>(context),
            DType.Int32 => Converted<int, T>(context),
            DType.Int16 => Converted<short, T>(context),
            DType.Int8 => Converted<sbyte, T>(context),
            DType.UInt8 => Converted<byte, T>(context),
            _ => Converted<bool, T>(context),
        });

    internal override void Check(ReadOnlySpan<long> shape, TorchProfile profile, Func<string, ParameterSpec> tensors)
        => StepChecks.SameCount(this, Source, "source", shape, tensors);

    TTo[] Converted<TFrom, TTo>(StepContext context)
        where TFrom : unmanaged
        where TTo : unmanaged
    {
        TorchProfile profile = context.Generator.Profile;
        return Array.ConvertAll(context.View<TFrom>(Source).ReadLogical(), value => Conversion.Of<TFrom, TTo>(value, profile));
    }
}
