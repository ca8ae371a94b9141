using System.Text.Json.Serialization;

namespace TorchInit;

/// <summary>A tensor of a plan before it exists.</summary>
/// <param name="Name">As in <c>state_dict()</c>; empty for the tensor of a bare operation.</param>
/// <param name="Shape">Sizes of 0 or more.</param>
/// <param name="Kind">Parameter, buffer, or scratch.</param>
/// <param name="DType">Null: the floating type asked for when the plan runs, as torch's default dtype.</param>
public sealed record ParameterSpec(
    string Name,
    IReadOnlyList<long> Shape,
    ParameterKind Kind = ParameterKind.Parameter,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DType? DType = null)
{
    /// <summary>The product of the sizes.</summary>
    [JsonIgnore]
    public long Count => TensorShape.CountOrThrow([.. Shape]);

    /// <inheritdoc/>
    public override string ToString() => $"{Name}{TensorShape.Text([.. Shape])}";
}
