namespace TorchInit.Syntax;

/// <summary>A tensor as an init function's argument gives it: a shape in memory, perhaps seen transposed.</summary>
/// <param name="Shape">The sizes in memory, row-major.</param>
/// <param name="IsTransposed">Whether the function sees the two sizes swapped.</param>
public readonly record struct TensorLiteral(IReadOnlyList<long> Shape, bool IsTransposed)
{
    /// <inheritdoc/>
    public bool Equals(TensorLiteral other) => IsTransposed == other.IsTransposed && Sequences.Equal(Shape, other.Shape);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(IsTransposed, Sequences.Hash(Shape));
}
