using System.Text.Json.Serialization;

namespace TorchInit;

/// <summary>A tensor of a plan before it exists. Two are equal if name, shape, kind, dtype and memory are.</summary>
/// <param name="Name">As in <c>state_dict()</c>; empty for the tensor of a bare operation.</param>
/// <param name="Shape">Sizes of 0 or more; copied.</param>
/// <param name="Kind">Parameter, buffer, or scratch.</param>
/// <param name="DType">Null for the floating type that the run asks for, as torch's default dtype.</param>
/// <param name="SameAs">For a tied parameter, the name of the tensor whose memory it shares; null for its own memory.</param>
/// <exception cref="ArgumentNullException"><paramref name="Name"/> or <paramref name="Shape"/> is null.</exception>
public sealed record ParameterSpec(
    string Name,
    IReadOnlyList<long> Shape,
    ParameterKind Kind = ParameterKind.Parameter,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DType? DType = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SameAs = null)
{
    /// <summary>As in <c>state_dict()</c>; empty for the tensor of a bare operation.</summary>
    [JsonPropertyOrder(-2)]
    public string Name { get; init => field = value ?? throw IsNull("name", nameof(Name)); } = Name ?? throw IsNull("name", nameof(Name));

    /// <summary>Sizes of 0 or more.</summary>
    [JsonPropertyOrder(-1)]
    public IReadOnlyList<long> Shape { get; init => field = Copy(value); } = Copy(Shape);

    /// <summary>The tensor's name in the source text; null outside of one. Modules that include the tensor keep it; copies do
    /// not.</summary>
    [JsonIgnore]
    internal string? Origin { get; init; }

    /// <summary>The product of the sizes.</summary>
    [JsonIgnore]
    public long Count => TensorShape.CountOrThrow([.. Shape]);

    /// <inheritdoc/>
    public bool Equals(ParameterSpec? other)
        => other is not null && Name == other.Name && Kind == other.Kind && DType == other.DType && SameAs == other.SameAs
            && Sequences.Equal(Shape, other.Shape);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Kind, DType, SameAs, Sequences.Hash(Shape));

    /// <inheritdoc/>
    public override string ToString() => $"{Name}{TensorShape.Text([.. Shape])}";

    static IReadOnlyList<long> Copy(IReadOnlyList<long> sizes) => sizes is null ? throw IsNull("shape", nameof(Shape)) : [.. sizes];

    static ArgumentNullException IsNull(string what, string argument) => new(argument, $"{what} of ParameterSpec is null");

    /// <summary>Its own dtype, or the floating type that the run asks for.</summary>
    internal DType TypeOr(DType dtype) => DType ?? dtype;

    /// <summary>The tensor under another name; the name of the tensor whose memory it shares is changed too.</summary>
    internal ParameterSpec Renamed(Func<string, string> name)
        => this with { Name = name(Name), SameAs = SameAs is null ? null : name(SameAs) };
}
