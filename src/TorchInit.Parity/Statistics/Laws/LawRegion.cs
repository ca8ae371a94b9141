namespace TorchInit.Parity;

/// <summary>The elements of a tensor that got their values from one step.</summary>
/// <param name="Tensor">Its name.</param>
/// <param name="Law">Their law; null where the values follow from other tensors and no law is stated.</param>
/// <param name="Step">The step, as torch users write it; "zeros" where no step wrote.</param>
/// <param name="Positions">Their positions, ascending; null for all.</param>
/// <param name="CopyOf">The tensor whose values they repeat; null for none.</param>
public sealed record LawRegion(string Tensor, Law? Law, string Step, IReadOnlyList<int>? Positions = null, string? CopyOf = null)
{
    /// <summary>The tensor's name; of an init function's, which has none, "tensor".</summary>
    public string Name => Tensor.Length == 0 ? "tensor" : Tensor;

    /// <summary>How many elements, of a tensor that has so many.</summary>
    internal int CountOf(long tensorCount) => Positions?.Count ?? (int)tensorCount;

    /// <summary>Where in the tensor one of its elements is.</summary>
    internal int Position(int element) => Positions?[element] ?? element;

    /// <summary>As in a report: <c>weight_ih_l0: U(-0.5, 0.5)</c>.</summary>
    public override string ToString() => $"{Name}{(Positions is null ? "" : $"[{Positions.Count} elements]")}: {Law?.ToString() ?? Step}";
}
