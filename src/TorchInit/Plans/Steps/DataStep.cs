namespace TorchInit;

/// <summary>Values given by the caller, element by element; no draw.</summary>
/// <param name="Target">The tensor or view to fill.</param>
/// <param name="Values">One value per element, last index fastest; rounded as by <see cref="FillStep"/>.</param>
public sealed record DataStep(StepTarget Target, IReadOnlyList<double> Values) : InitStep(Target)
{
    /// <inheritdoc/>
    public bool Equals(DataStep? other) => base.Equals(other) && Sequences.Equal(Values, other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Sequences.Hash(Values));

    /// <inheritdoc/>
    public override string ToString() => $"copy_({Target}, {Values.Count} given values)";

    internal override void CheckDType<T>(TorchProfile profile)
    {
        foreach (double value in Values) { _ = ConstantValue.Of<T>(value, profile); }
    }

    internal override void Run<T>(TargetView<T> target, StepContext context)
        => target.WriteLogical([.. Values.Select(value => ConstantValue.Of<T>(value, context.Generator.Profile))]);

    internal override void Check(ReadOnlySpan<long> shape, TorchProfile profile, Func<string, ParameterSpec> tensors)
    {
        if (Values?.Count != TensorShape.CountOrThrow(shape))
        {
            throw new ArgumentException($"{Values?.Count ?? 0} values are given; allowed: one per element of {Target}, whose shape is "
                + $"{TensorShape.Text(shape)}.", nameof(shape));
        }
    }
}
