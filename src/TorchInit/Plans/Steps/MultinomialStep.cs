namespace TorchInit;

/// <summary><c>torch.multinomial(weights, num_samples, replacement)</c> into an int64 target, (num_samples) or (rows,
/// num_samples).</summary>
/// <param name="Target">The tensor to fill, whole.</param>
/// <param name="Weights">The name of a floating tensor, (categories) or (rows, categories).</param>
/// <param name="Replacement">Whether a category can be drawn more than once.</param>
public sealed record MultinomialStep(StepTarget Target, string Weights, bool Replacement) : InitStep(Target)
{
    internal override IEnumerable<string> Reads => [Weights];

    /// <inheritdoc/>
    public override string ToString() => $"multinomial({Target}, {Weights}, replacement={(Replacement ? "True" : "False")})";

    internal override InitStep Renamed(Func<string, string> name) => ((MultinomialStep)base.Renamed(name)) with { Weights = name(Weights) };

    internal override long? Words(ViewLayout target, DType dtype, TorchProfile profile, ref bool cachedNormal) => null;

    internal override void Run<T>(TargetView<T> target, StepContext context)
    {
        if (typeof(T) != typeof(long))
        {
            throw new InvalidOperationException($"multinomial fills int64; {Target} has elements of type {typeof(T).Name}.");
        }
        TensorBuffer weights = context.Tensors[Weights];
        int drawn = (int)target.Shape[^1];
        int rows = weights.Shape.Count == 2 ? (int)weights.Shape[0] : 1;
        long[] samples = new long[target.Count];
        switch (weights.DType)
        {
            case DType.Float64: Sample<double>(); break;
            case DType.Float32: Sample<float>(); break;
            case DType.Float16: Sample<Half>(); break;
            case DType.BFloat16: Sample<BFloat16>(); break;
            default: Sample<long>(); break;
        }
        target.WriteLogical((T[])(object)samples);

        void Sample<TWeight>()
            where TWeight : unmanaged
        {
            // torch checks the sizes of no rows, too.
            if (rows == 0)
            {
                MultinomialDraw.CheckSizes<TWeight>((int)weights.Shape[1], drawn, Replacement, context.Generator.Profile);
            }
            Draws.Multinomial<TWeight>(samples, weights.AsSpan<TWeight>(), context.Generator, Replacement, rows);
        }
    }

    internal override void Check(ReadOnlySpan<long> shape, TorchProfile profile, Func<string, ParameterSpec> tensors)
    {
        IReadOnlyList<long> weights = tensors(Weights).Shape;
        if (weights.Count is not (1 or 2) || shape.Length != weights.Count || (shape.Length == 2 && shape[0] != weights[0]))
        {
            throw new ArgumentException($"{tensors(Weights)} does not fit the target shape {TensorShape.Text(shape)}; allowed: one or two "
                + "dimensions, with as many rows.", nameof(shape));
        }
        StepChecks.IsOf(this, Target, DType.Int64, tensors);
    }
}
