namespace TorchInit;

/// <summary><c>target.copy_(source)</c> of another dtype: each element rounded, or cut to a whole number; no draw.</summary>
/// <param name="Target">What is filled.</param>
/// <param name="Source">A tensor of the plan or a view of it, with as many elements.</param>
public sealed record CastStep(StepTarget Target, StepTarget Source) : InitStep(Target)
{
    internal override IEnumerable<string> Reads => [Source?.Tensor!];            // InitPlan refuses null

    internal override bool CanWait => true;

    /// <inheritdoc/>
    public override string ToString() => $"copy_({Target}, {Source})";

    internal override InitStep Renamed(Func<string, string> name) => ((CastStep)base.Renamed(name)) with { Source = Source.Renamed(name) };

    internal override void Run<T>(TargetView<T> target, StepContext context)
    {
        TorchProfile profile = context.Generator.Profile;
        target.WriteLogical(context.DTypeOf(Source) switch
        {
            DType.Float32 => Of<float, T>(context, profile),
            DType.Float64 => Of<double, T>(context, profile),
            DType.Float16 => Of<Half, T>(context, profile),
            DType.BFloat16 => Of<BFloat16, T>(context, profile),
            DType.Int64 => OfWhole<long, T>(context),
            DType.Int32 => OfWhole<int, T>(context),
            DType.Int16 => OfWhole<short, T>(context),
            DType.Int8 => OfWhole<sbyte, T>(context),
            DType.UInt8 => OfWhole<byte, T>(context),
            _ => OfWhole<bool, T>(context),
        });
    }

    internal override void Check(ReadOnlySpan<long> shape, TorchProfile profile, Func<string, ParameterSpec> tensors)
        => SourceView.Check(Source, shape, tensors, sameType: false);

    T[] Of<TFrom, T>(StepContext context, TorchProfile profile)
        where TFrom : unmanaged
        where T : unmanaged
        => [.. context.Source<TFrom>(Source).ReadLogical().Select(x => typeof(T) == typeof(bool)
            ? DrawElements.FromInteger<T>(Elements.ToDouble(x) == 0 ? 0 : 1) : DrawElements.FromDouble<T>(Elements.ToDouble(x), profile))];

    T[] OfWhole<TFrom, T>(StepContext context)
        where TFrom : unmanaged
        where T : unmanaged
        => [.. context.Source<TFrom>(Source).ReadLogical().Select(x => DrawElements.FromInteger<T>(DrawElements.ToInteger(x)))];
}
