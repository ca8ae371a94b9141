namespace TorchInit.Syntax;

/// <summary>A tensor argument of an init function: a shape in memory, optionally transposed.</summary>
/// <param name="Shape">The sizes in memory, row-major.</param>
/// <param name="IsTransposed">Whether the function sees the two sizes swapped.</param>
public readonly record struct TensorLiteral(IReadOnlyList<long> Shape, bool IsTransposed)
{
    /// <inheritdoc/>
    public bool Equals(TensorLiteral other) => IsTransposed == other.IsTransposed && Sequences.Equal(Shape, other.Shape);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(IsTransposed, Sequences.Hash(Shape));
}
