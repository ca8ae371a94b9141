namespace TorchInit;

/// <summary><c>target.bernoulli_(p)</c> with a tensor of probabilities: 1 where u &lt; p, on a GPU where u ≤ p; MKL takes no part in
/// it.</summary>
/// <param name="Target">The tensor to fill, whole.</param>
/// <param name="Probabilities">The name of a floating tensor with as many elements.</param>
public sealed record BernoulliTensorStep(StepTarget Target, string Probabilities) : InitStep(Target)
{
    internal override IEnumerable<string> Reads => [Probabilities];

    /// <inheritdoc/>
    public override string ToString() => $"bernoulli_({Target}, {Probabilities})";

    internal override InitStep Renamed(Func<string, string> name)
        => ((BernoulliTensorStep)base.Renamed(name)) with { Probabilities = name(Probabilities) };

    internal override long? Words(ViewLayout target, DType dtype, TorchProfile profile, ref bool cachedNormal)
        => profile.Gpu is null ? null : CudaBernoulliTensor.Length(target.Count);

    internal override void Run<T>(TargetView<T> target, StepContext context)
    {
        TensorBuffer probabilities = context.Tensors[Probabilities];
        T[] elements = new T[target.Count];
        switch (probabilities.DType)
        {
            case DType.Float64: Draws.Bernoulli<T, double>(elements, probabilities.AsSpan<double>(), context.Generator); break;
            case DType.Float32: Draws.Bernoulli<T, float>(elements, probabilities.AsSpan<float>(), context.Generator); break;
            case DType.Float16: Draws.Bernoulli<T, Half>(elements, probabilities.AsSpan<Half>(), context.Generator); break;
            case DType.BFloat16: Draws.Bernoulli<T, BFloat16>(elements, probabilities.AsSpan<BFloat16>(), context.Generator); break;
            default: Draws.Bernoulli<T, long>(elements, probabilities.AsSpan<long>(), context.Generator); break;
        }
        target.WriteLogical(elements);
    }

    internal override void Check(ReadOnlySpan<long> shape, TorchProfile profile, Func<string, ParameterSpec> tensors)
    {
        if (tensors(Probabilities).Count != TensorShape.CountOrThrow(shape))
        {
            throw new ArgumentException($"{tensors(Probabilities)} does not fit the target shape {TensorShape.Text(shape)}; allowed: "
                + "as many elements.", nameof(shape));
        }
        if (profile.Gpu is not null && Target.Strides is { } strides
            && !ViewLayout.IsRowMajor(shape.ToArray(), [.. strides], TensorShape.CountOrThrow(shape)))
        {
            throw new NotFollowedException($"{this} is not followed on a GPU: the kernel orders the dimensions of such a view by its "
                + "strides; allowed: a row-major target.");
        }
    }
}
