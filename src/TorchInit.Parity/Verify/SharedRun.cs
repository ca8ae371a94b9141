using System.Globalization;

namespace TorchInit.Parity;

/// <summary>How the second of two equal runs of draws is read.</summary>
enum RunForm
{
    /// <summary>As it is.</summary>
    Same,

    /// <summary>With the other sign, seen from the middle of its law.</summary>
    Negated,

    /// <summary>Column by column.</summary>
    Transposed,
}

/// <summary>Consecutive draws that two tensors have in common, or two places of one.</summary>
/// <param name="Left">One region.</param>
/// <param name="LeftStart">Where the run begins there.</param>
/// <param name="Right">The other region, later in the state dict or the same.</param>
/// <param name="RightStart">Where the run begins there, in the order in which it is read.</param>
/// <param name="Count">How many draws.</param>
/// <param name="Form">How the right one is read.</param>
/// <param name="After">How many of the compared draws of the shorter one come after the run: fewer than 16 may be a block of normals,
/// which is drawn after the others.</param>
sealed record SharedRun(LawRegion Left, int LeftStart, LawRegion Right, int RightStart, int Count, RunForm Form, int After)
{
    /// <summary>Whether one tensor's draws are the other's first, as from one seed.</summary>
    public bool IsBeginning => Form == RunForm.Same && LeftStart == 0 && RightStart == 0 && Left != Right
        && After < NormalFill.Block;

    /// <summary>The run in words.</summary>
    public string Said(StateDict weights)
    {
        string right = Form == RunForm.Transposed ? Right.Name : Place(Right, RightStart, weights);
        return $"the values of {Place(Left, LeftStart, weights)} are found again"
            + $"{(Form == RunForm.Same ? "" : Form == RunForm.Negated ? ", negated," : ", transposed,")} in {right}";
    }

    string Place(LawRegion region, int start, StateDict weights)
    {
        TensorBuffer tensor = weights[region.Tensor];
        if (Count == region.CountOf(tensor.Count)) { return region.Name; }
        (long first, long last) = (region.Position(start), region.Position(start + Count - 1));
        long row = tensor.Shape.Count < 2 ? 0 : tensor.Shape.Skip(1).Aggregate(1L, (product, size) => product * size);
        if (row > 0 && first % row == 0 && (last + 1) % row == 0)
        {
            return first / row == last / row ? $"row {first / row} of {region.Name}"
                : $"rows {first / row} to {last / row} of {region.Name}";
        }
        return string.Create(CultureInfo.InvariantCulture, $"{region.Name}[{first}] to [{last}]");
    }
}
