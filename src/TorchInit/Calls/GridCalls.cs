using TorchInit.Syntax;

namespace TorchInit;

/// <summary>What tables of relative positions are made of: grids of coordinates, and sums of integers.</summary>
static class GridCalls
{
    const long MostTerms = 64;

    public static readonly TensorRule[] Rules =
    [
        new("meshgrid", "*tensors, indexing=None", Grids),
        .. new[] { "outer", "ger" }.Select(name => TensorRule.Method(name, "vec2", (a, planner, tensor)
            => Outer(planner, tensor, a.Argument("vec2")))),
        TensorRule.Method("sum", "dim=None, keepdim=False, *, dtype=None", Sum),
    ];

    /// <summary>A view of each tensor, expanded to the sizes of all.</summary>
    static PlannedTensor[] Grids(BoundArguments a, TensorPlanner planner)
    {
        IReadOnlyList<TorchValue> given = a.Items("tensors");
        PlannedTensor[] tensors = [.. given is [TorchList or TorchTuple] ? planner.Tensors(given[0], "tensors")
            : given.Select(one => planner.Tensor(one, "tensors"))];
        bool isSwapped = a.Argument("indexing").Equals("xy");
        if (!isSwapped && !a.IsNone("indexing") && !a.Argument("indexing").Equals("ij"))
        {
            throw TorchArgumentException.RuntimeError("indexing", a["indexing"], "'xy' or 'ij'",
                $"torch.meshgrid: indexing must be one of \"xy\" or \"ij\", but received: {a.Argument("indexing").Text}");
        }
        if (tensors.Length == 0 || tensors.Any(tensor => tensor.Shape.Length > 1 || tensor.DType != tensors[0].DType))
        {
            throw TorchArgumentException.RuntimeError("tensors", a["tensors"], "tensors of one dtype with one dimension or none", null);
        }
        if (isSwapped && tensors.Length > 1) { (tensors[0], tensors[1]) = (tensors[1], tensors[0]); }
        long[] shape = [.. tensors.Select(tensor => tensor.Count)];
        PlannedTensor[] grids = [.. tensors.Select((tensor, at) => Strided.Expanded(tensor with
        {
            Shape = [.. Enumerable.Range(0, shape.Length).Select(one => one == at ? shape[at] : 1)],
            Strides = [.. Enumerable.Range(0, shape.Length).Select(one => one < at ? shape[at] * tensor.Steps.FirstOrDefault(1)
                : one == at ? tensor.Steps.FirstOrDefault(1) : 1)],
        }, shape))];
        if (isSwapped && grids.Length > 1) { (grids[0], grids[1]) = (grids[1], grids[0]); }
        return grids;
    }

    /// <summary>The product of each element with each: no sum.</summary>
    static PlannedTensor Outer(TensorPlanner planner, PlannedTensor tensor, PythonArgument other)
    {
        foreach (PlannedTensor one in new[] { tensor, planner.Tensor(other.Value, other.Name) })
        {
            if (one.Shape.Length != 1)
            {
                throw TorchArgumentException.RuntimeError(other.Name, one.Shape, "tensors of one dimension",
                    $"outer: Expected 1-D argument {(one == tensor ? "self" : "vec2")}, but got {one.Shape.Length}-D");
            }
        }
        return Binary.Result(planner, ScalarOperation.Mul, ViewCalls.Unsqueezed(tensor, 1) with { IsTemporary = false }, other);
    }

    /// <summary>A sum of integers over one dimension, which is the same in any order.</summary>
    static PlannedTensor Sum(BoundArguments a, TensorPlanner planner, PlannedTensor tensor)
    {
        int dimension = a.Argument("dim").Integer is { } dim && tensor.Shape.Length > 0 ? Strided.Dimension(dim, tensor.Shape.Length) : -1;
        bool isPlain = Promotion.IsWhole(tensor.DType) && dimension >= 0 && a.IsNone("dtype") && tensor.Shape[dimension] <= MostTerms;
        if (!isPlain) { throw UnfollowedNames.Refused("sum", UnfollowedNames.Reason("sum")!); }
        PlannedTensor terms = planner.Cast(tensor, DType.Int64);
        PlannedTensor sum = planner.New([.. tensor.Shape.Where((_, at) => at != dimension)], DType.Int64);
        for (long at = 0; at < tensor.Shape[dimension]; at++)
        {
            PlannedTensor term = IndexCalls.Selected(terms, dimension, new("dim", new TorchInt(at)));
            planner.Do(sum, new CombineStep(sum.Target, ScalarOperation.Add, term.Target));
        }
        return a.Argument("keepdim").IsTrue ? ViewCalls.Unsqueezed(sum, dimension) : sum;
    }
}
