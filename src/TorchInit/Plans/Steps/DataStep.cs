using System.Text.Json.Serialization;

namespace TorchInit;

/// <summary>Values given by the caller, element by element; no draw.</summary>
/// <param name="Target">The tensor or view to fill.</param>
/// <param name="Values">One value per element, last index fastest; rounded as by <see cref="FillStep"/>.</param>
public sealed record DataStep(StepTarget Target, IReadOnlyList<double> Values) : InitStep(Target)
{
    /// <summary>The values under a profile of a GPU, which computes some tables with other last bits (it divides by multiplying with the
    /// reciprocal); null if they are the same.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<double>? ValuesOnGpu { get; init; }

    /// <inheritdoc/>
    public bool Equals(DataStep? other)
        => base.Equals(other) && Sequences.Equal(Values, other.Values) && Sequences.Equal(ValuesOnGpu ?? [], other.ValuesOnGpu ?? []);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Sequences.Hash(Values), Sequences.Hash(ValuesOnGpu ?? []));

    /// <inheritdoc/>
    public override string ToString() => $"copy_({Target}, {Values.Count} given values)";

    internal override void CheckDType<T>(TorchProfile profile)
    {
        foreach (double value in ValuesFor(profile)) { _ = ConstantValue.Of<T>(value, profile); }
    }

    internal override void Run<T>(TargetView<T> target, StepContext context)
    {
        TorchProfile profile = context.Generator.Profile;
        target.WriteLogical([.. ValuesFor(profile).Select(value => ConstantValue.Of<T>(value, profile))]);
    }

    internal override void Check(ReadOnlySpan<long> shape, TorchProfile profile, Func<string, ParameterSpec> tensors)
    {
        foreach (IReadOnlyList<double>? values in (IReadOnlyList<double>?[])[Values, ValuesOnGpu ?? Values])
        {
            if (values?.Count == TensorShape.CountOrThrow(shape)) { continue; }
            throw new ArgumentException($"{values?.Count ?? 0} values are given; allowed: one per element of {Target}, whose shape is "
                + $"{TensorShape.Text(shape)}.", nameof(shape));
        }
    }

    IReadOnlyList<double> ValuesFor(TorchProfile profile) => profile.Gpu is null ? Values : ValuesOnGpu ?? Values;
}
