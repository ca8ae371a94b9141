namespace TorchInit.Parity;

/// <summary>The elements of a tensor that one step wrote.</summary>
/// <param name="Tensor">The tensor's name.</param>
/// <param name="Law">Their law; null if the values follow from other tensors and no law is stated.</param>
/// <param name="Step">The step, as torch users write it; "zeros" if no step wrote.</param>
/// <param name="Positions">Their positions, ascending; null for all.</param>
/// <param name="CopyOf">The tensor whose values they repeat; null for none.</param>
public sealed record LawRegion(string Tensor, Law? Law, string Step, IReadOnlyList<int>? Positions = null, string? CopyOf = null)
{
    /// <summary>The tensor's name; "tensor" for an init function's, which has none.</summary>
    public string Name => Tensor.Length == 0 ? "tensor" : Tensor;

    /// <summary>How many elements the region has, in a tensor of this size.</summary>
    internal int CountOf(long tensorCount) => Positions?.Count ?? (int)tensorCount;

    /// <summary>The position in the tensor of one of its elements.</summary>
    internal int Position(int element) => Positions?[element] ?? element;

    /// <summary>The region as in a report: <c>weight_ih_l0: U(-0.5, 0.5)</c>.</summary>
    public override string ToString() => $"{Name}{(Positions is null ? "" : $"[{Positions.Count} elements]")}: {Law?.ToString() ?? Step}";
}
