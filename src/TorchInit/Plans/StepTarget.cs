using System.Text.Json.Serialization;

namespace TorchInit;

/// <summary>The tensor that a step fills, or a strided view of it.</summary>
/// <param name="Tensor">The name of a tensor of the plan.</param>
/// <param name="Offset">The view's first element, in elements from the tensor's first.</param>
/// <param name="Shape">The view's sizes; null for the whole tensor.</param>
/// <param name="Strides">Elements from one index to the next, one stride per size; null for row-major.</param>
public sealed record StepTarget(
    string Tensor,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long Offset = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<long>? Shape = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<long>? Strides = null)
{
    /// <summary>The whole tensor called <paramref name="tensor"/>.</summary>
    /// <param name="tensor">The name of a tensor of the plan.</param>
    /// <exception cref="ArgumentNullException"><paramref name="tensor"/> is null.</exception>
    public static implicit operator StepTarget(string tensor) => new(tensor ?? throw new ArgumentNullException(nameof(tensor)));

    /// <summary>The whole tensor called <paramref name="tensor"/>.</summary>
    /// <param name="tensor">The name of a tensor of the plan.</param>
    /// <exception cref="ArgumentNullException"><paramref name="tensor"/> is null.</exception>
    public static StepTarget FromString(string tensor) => tensor;

    /// <inheritdoc/>
    public bool Equals(StepTarget? other)
        => other is not null && Tensor == other.Tensor && Offset == other.Offset && Sequences.Equal(Shape, other.Shape)
            && Sequences.Equal(Strides, other.Strides);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Tensor, Offset, Sequences.Hash(Shape), Sequences.Hash(Strides));

    internal StepTarget Renamed(Func<string, string> name) => this with { Tensor = name(Tensor) };

    /// <inheritdoc/>
    public override string ToString() => Shape is null ? Tensor
        : $"{Tensor}[offset {Offset}, sizes "
            + $"{TensorShape.Text([.. Shape])}{(Strides is null ? "" : $", strides {TensorShape.Text([.. Strides])}")}]";
}
