using TorchInit.Syntax;

namespace TorchInit;

/// <summary>Parts of a tensor, as views: <c>x[0]</c>, <c>x[:, 1:3]</c>, <c>narrow</c>; and assignment to them.</summary>
static class IndexCalls
{
    public static readonly TensorRule[] Rules =
    [
        new("getitem", "input, index", GetItem),
        new("unpack", "input, at, count", Unpacked),
        TensorRule.Method("setitem", "index, value", SetItem),
        TensorRule.Method("select", "dim, index", (a, _, tensor)
            => Selected(tensor, Strided.Dimension(a.Long("dim"), tensor.Shape.Length), a.Argument("index"))),
        TensorRule.Method("narrow", "dim, start, length", Narrowed),
    ];

    /// <summary>Whether Python has a tuple or list of tensors here, not one tensor.</summary>
    static bool IsSeveral(TorchValue value) => value is TorchCall
    {
        Name: "chunk" or "split" or "unbind" or "meshgrid" or "ParameterList" or "random_split" or "utils.data.random_split"
    } or TorchCall { Name: "epoch", Arguments: [TorchCall { Name: "DataLoader" or "utils.data.DataLoader" }] };

    /// <summary>Part of a tensor; of several tensors, the one at the index.</summary>
    static IReadOnlyList<PlannedTensor> GetItem(BoundArguments a, TensorPlanner planner)
    {
        IReadOnlyList<PlannedTensor> tensors = planner.Tensors(a["input"], "input");
        if (a["input"] is TorchCall { Name: "ParameterDict" })
        {
            return [tensors.FirstOrDefault(tensor => a.Argument("index").Equals(tensor.Key!))
                ?? throw new TorchArgumentException("index", a["index"], "a key", "KeyError", null)];
        }
        if (!IsSeveral(a["input"]))
        {
            return [At(tensors[0], a["index"])];
        }
        int count = tensors.Count;
        return a["index"] is TorchInt { Value: var at } && at >= -count && at < count
            ? [tensors[(int)(at < 0 ? at + count : at)] with { Key = null }]
            : throw new TorchArgumentException("index", a["index"], $"{-count} to {count - 1}", "IndexError", "tuple index out of range");
    }

    /// <summary>One of the tensors that a, b = … unpacks; there must be as many as names.</summary>
    static IReadOnlyList<PlannedTensor> Unpacked(BoundArguments a, TensorPlanner planner)
    {
        IReadOnlyList<PlannedTensor> tensors = planner.Tensors(a["input"], "input");
        if (!IsSeveral(a["input"])) { tensors = SplitCalls.Unbound(tensors[0], 0); }
        return tensors.Count == a.Long("count") ? [tensors[(int)a.Long("at")] with { Key = null }]
            : throw TorchArgumentException.ValueError("count", a["count"], $"{tensors.Count} names",
                tensors.Count > a.Long("count") ? $"too many values to unpack (expected {a.Long("count")})"
                : $"not enough values to unpack (expected {a.Long("count")}, got {tensors.Count})");
    }

    static PlannedTensor SetItem(BoundArguments a, TensorPlanner planner, PlannedTensor tensor)
    {
        PlannedTensor part = At(tensor, a["index"]);
        if (Binary.TensorOf(planner, a.Argument("value")) is not { } value)
        {
            if (planner.Profile.Has(2, 0)) { TensorPlanner.CheckApart(part, planner.Profile); }
            planner.Do(part, new FillStep(part.Target, a.Double("value")));
            return tensor;
        }
        // Leading sizes of 1 are dropped.
        long[] sizes = value.Shape.SequenceEqual(part.Shape) ? value.Shape : [.. value.Shape.SkipWhile(size => size == 1)];
        PlannedTensor given = value with { Shape = sizes, Strides = value.Steps[^sizes.Length..] };
        if (sizes.Length > part.Shape.Length || !Strided.Broadcast(part.Shape, sizes).SequenceEqual(part.Shape))
        {
            throw TorchArgumentException.RuntimeError("value", value.Shape, $"sizes that broadcast to {TensorShape.Text(part.Shape)}",
                $"The expanded size of the tensor must match the existing size");
        }
        given = Strided.Expanded(given, part.Shape);
        if (given.Target == part.Target) { return tensor; }
        Overlap.Check(part, given);
        if (part.Count > 0) { planner.Copy(part, given); }
        return tensor;
    }

    /// <summary>tensor[index].</summary>
    public static PlannedTensor At(PlannedTensor tensor, TorchValue index)
    {
        IReadOnlyList<TorchValue> items = index is TorchTuple tuple ? tuple.Items : [index];
        int taken = items.Count(item => item is not (TorchNone or TorchCall { Name: "Ellipsis" }));
        if (taken > tensor.Shape.Length)
        {
            throw Wrong($"too many indices for tensor of dimension {tensor.Shape.Length}");
        }
        (int dimension, int left) = (0, tensor.Shape.Length - taken);
        foreach (TorchValue item in items)
        {
            switch (item)
            {
                case TorchNone: tensor = ViewCalls.Unsqueezed(tensor, dimension++); break;
                case TorchCall { Name: "Ellipsis" }: dimension += left; break;
                case TorchCall { Name: "slice", Arguments: [var start, var stop, var step] }:
                    tensor = Sliced(tensor, Inside(dimension++), start, stop, step);
                    break;
                case TorchInt: tensor = Selected(tensor, Inside(dimension), new("index", item)); break;
                case TorchFloat or TorchString: throw Wrong("only integers, slices (`:`), ellipsis (`...`), None are valid indices");
                default:
                    throw new NotFollowedException($"the index {item} is not followed; allowed: integers, slices, '...' and None.");
            }
        }
        return tensor;

        // A second ellipsis skips the same number of dimensions again.
        int Inside(int at) => at < tensor.Shape.Length ? at : throw Wrong($"Dimension out of range, got {at}");

        TorchArgumentException Wrong(string message)
            => new("index", index, $"integers, slices, '...' and None, for {tensor.Shape.Length} dimensions", "IndexError", message);
    }

    public static PlannedTensor Selected(PlannedTensor tensor, int dimension, PythonArgument index)
    {
        if (tensor.Shape.Length == 0)
        {
            throw new TorchArgumentException("index", index.Value, "none", "IndexError", "select() cannot be applied to a 0-dim tensor.");
        }
        long size = tensor.Shape[dimension];
        long at = index.Integer ?? throw index.TypeError("an integer", null);
        if (at < -size || at >= size)
        {
            throw new TorchArgumentException("index", at, $"{-size} to {size - 1}", "IndexError",
                $"index {at} is out of bounds for dimension {dimension} with size {size}");
        }
        long[] strides = tensor.Steps;
        return tensor with
        {
            Shape = [.. tensor.Shape[..dimension], .. tensor.Shape[(dimension + 1)..]],
            Strides = [.. strides[..dimension], .. strides[(dimension + 1)..]],
            Offset = tensor.Offset + ((at < 0 ? at + size : at) * strides[dimension]),
        };
    }

    static PlannedTensor Sliced(PlannedTensor tensor, int dimension, TorchValue start, TorchValue stop, TorchValue step)
    {
        long size = tensor.Shape[dimension];
        long stride = Bound(step, 1);
        if (stride <= 0)
        {
            throw TorchArgumentException.ValueError("step", stride, "1 or more", stride == 0 ? null : "step must be greater than zero");
        }
        long first = Inside(Bound(start, 0)), end = Math.Max(first, Inside(Bound(stop, size)));
        return Part(tensor, dimension, first, end == first ? 0 : ((end - first - 1) / stride) + 1, stride);

        long Inside(long at) => Math.Clamp(at < 0 ? at + size : at, 0, size);

        static long Bound(TorchValue value, long otherwise) => value is TorchNone ? otherwise
            : new PythonArgument("slice", value).Integer
                ?? throw new PythonArgument("slice", value).TypeError("integers or None in a slice", null);
    }

    public static PlannedTensor Part(PlannedTensor tensor, int dimension, long first, long length, long step = 1)
    {
        long[] shape = [.. tensor.Shape], strides = [.. tensor.Steps];
        long offset = tensor.Offset + (first * strides[dimension]);
        (shape[dimension], strides[dimension]) = (length, strides[dimension] * step);
        return tensor with { Shape = shape, Strides = strides, Offset = TensorShape.CountOrThrow(shape) == 0 ? tensor.Offset : offset };
    }

    static PlannedTensor Narrowed(BoundArguments a, TensorPlanner planner, PlannedTensor tensor)
    {
        int dimension = Strided.Dimension(a.Long("dim"), tensor.Shape.Length);
        (long start, long length) = (a.Long("start"), a.Long("length"));
        if (tensor.Shape.Length == 0)
        {
            throw TorchArgumentException.RuntimeError("input", tensor.Shape, "1 dimension or more",
                "narrow() cannot be applied to a 0-dim tensor.");
        }
        long size = tensor.Shape[dimension];
        if (length < 0)
        {
            throw TorchArgumentException.RuntimeError("length", length, "0 or more", "narrow(): length must be non-negative.");
        }
        if (start < -size || start > size)
        {
            throw new TorchArgumentException("start", start, $"{-size} to {size}",
                planner.Profile.Has(2, 0) ? "IndexError" : "RuntimeError", null);
        }
        if (start < 0) { start += size; }
        return length <= size - start ? Part(tensor, dimension, start, length)
            : throw TorchArgumentException.RuntimeError("start", start, $"at most {size} with the length",
                $"start ({start}) + length ({length}) exceeds dimension size ({size}).");
    }
}
