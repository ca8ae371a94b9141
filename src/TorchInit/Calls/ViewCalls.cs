using TorchInit.Syntax;

namespace TorchInit;

/// <summary>Views: the same memory in another shape. A reshape that cannot be a view is a copy.</summary>
static class ViewCalls
{
    public static readonly TensorRule[] Rules =
    [
        TensorRule.Method("t", "", (_, _, tensor) => Transposed(tensor)),
        TensorRule.Method("transpose", "dim0, dim1", (a, _, tensor) => Swapped(tensor, a.Long("dim0"), a.Long("dim1"))),
        TensorRule.Method("swapaxes", "axis0, axis1", (a, _, tensor) => Swapped(tensor, a.Long("axis0"), a.Long("axis1"))),
        TensorRule.Method("permute", "*dims", (a, _, tensor) => Permuted(tensor, Integers(a, "dims"))),
        TensorRule.Method("unsqueeze", "dim", (a, _, tensor) => Unsqueezed(tensor, a.Long("dim"))),
        TensorRule.Method("squeeze", "dim=None", (a, _, tensor) => Squeezed(tensor, a.OptionalLong("dim"))),
        TensorRule.Method("expand", "*size", (a, _, tensor) => Expanded(tensor, Integers(a, "size"))),
        TensorRule.Method("expand_as", "other", (a, planner, tensor) => Expanded(tensor, planner.Tensor(a["other"], "other").Shape)),
        TensorRule.Method("view", "*shape", (a, _, tensor) => Viewed(tensor, Open(tensor, Integers(a, "shape")))
            ?? throw TorchArgumentException.RuntimeError("shape", a["shape"], "a shape that a view can have; reshape copies",
                "view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous "
                + "subspaces). Use .reshape(...) instead.")),
        TensorRule.Method("reshape", "*shape", (a, planner, tensor) => Reshaped(planner, tensor, Open(tensor, Integers(a, "shape")))),
        TensorRule.Method("flatten", "start_dim=0, end_dim=-1", Flattened),
        TensorRule.Method("contiguous", "", (_, planner, tensor) => tensor.IsContiguous ? tensor : Copied(planner, tensor)),
        TensorRule.Method("detach", "", (_, _, tensor) => tensor),
        TensorRule.Method("requires_grad_", "requires_grad=True", (_, _, tensor) => tensor),
    ];

    public static PlannedTensor Transposed(PlannedTensor tensor) => tensor.Shape.Length switch
    {
        < 2 => tensor,
        2 => Swapped(tensor, 0, 1),
        _ => throw TorchArgumentException.RuntimeError("input", tensor.Shape, "2 dimensions or fewer",
            $"t() expects a tensor with <= 2 dimensions, but self is {tensor.Shape.Length}D"),
    };

    public static PlannedTensor Unsqueezed(PlannedTensor tensor, long dimension)
    {
        int at = Strided.Dimension(dimension, tensor.Shape.Length + 1);
        List<long> shape = [.. tensor.Shape], strides = [.. tensor.Steps];
        strides.Insert(at, at < shape.Count ? shape[at] * strides[at] : 1);
        shape.Insert(at, 1);
        return tensor with { Shape = [.. shape], Strides = [.. strides] };
    }

    /// <summary>The sizes, with −1 replaced by what remains.</summary>
    public static long[] Open(PlannedTensor tensor, long[] shape)
    {
        int open = Array.IndexOf(shape, -1);
        long known = 1;
        for (int i = 0; i < shape.Length; i++)
        {
            if (shape[i] < -1 || (shape[i] == -1 && i != open))
            {
                throw TorchArgumentException.RuntimeError("shape", shape, "sizes of 0 or more, and at most one -1",
                    shape[i] == -1 ? "only one dimension can be inferred" : $"invalid shape dimension {shape[i]}");
            }
            if (i != open) { known = checked(known * shape[i]); }
        }
        bool fits = open < 0 ? known == tensor.Count : known == 0 ? tensor.Count == 0 : tensor.Count % known == 0;
        if (fits && open >= 0 && known == 0)
        {
            throw TorchArgumentException.RuntimeError("shape", shape, "no -1 if another size is 0",
                $"cannot reshape tensor of 0 elements into shape [{TensorShape.Listed(shape)}] because the unspecified dimension size -1 "
                + "can be any value and is ambiguous");
        }
        if (!fits)
        {
            throw TorchArgumentException.RuntimeError("shape", shape, $"sizes with the product {tensor.Count}",
                $"shape '[{TensorShape.Listed(shape)}]' is invalid for input of size {tensor.Count}");
        }
        if (open >= 0) { (shape = [.. shape])[open] = tensor.Count / known; }
        return shape;
    }

    public static PlannedTensor Reshaped(TensorPlanner planner, PlannedTensor tensor, long[] shape)
        => Viewed(tensor, shape) ?? Viewed(Copied(planner, tensor), shape)!;

    static PlannedTensor Copied(TensorPlanner planner, PlannedTensor tensor)
        => planner.Copy(planner.New(tensor.Shape, tensor.DType), tensor);

    static PlannedTensor? Viewed(PlannedTensor tensor, long[] shape) => shape.SequenceEqual(tensor.Shape) ? tensor
        : Strided.Reshaped(tensor, shape) is { } strides ? tensor with { Shape = shape, Strides = strides } : null;

    static PlannedTensor Swapped(PlannedTensor tensor, long first, long second)
    {
        long[] shape = [.. tensor.Shape], strides = [.. tensor.Steps];
        (int a, int b) = (Strided.Dimension(first, shape.Length), Strided.Dimension(second, shape.Length));
        if (shape.Length == 0) { return tensor; }
        (shape[a], shape[b], strides[a], strides[b]) = (shape[b], shape[a], strides[b], strides[a]);
        return tensor with { Shape = shape, Strides = strides };
    }

    static PlannedTensor Permuted(PlannedTensor tensor, long[] dims)
    {
        if (dims.Length != tensor.Shape.Length)
        {
            throw TorchArgumentException.RuntimeError("dims", dims, $"{tensor.Shape.Length} dimensions",
                "permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired ordering of "
                + $"dimensions i.e. input.dim() = {tensor.Shape.Length} is not equal to len(dims) = {dims.Length}");
        }
        int[] order = [.. dims.Select(dimension => Strided.Dimension(dimension, dims.Length))];
        if (order.Distinct().Count() < order.Length)
        {
            throw TorchArgumentException.RuntimeError("dims", dims, "each dimension once", "permute(): duplicate dims are not allowed.");
        }
        long[] strides = tensor.Steps;
        return tensor with { Shape = [.. order.Select(at => tensor.Shape[at])], Strides = [.. order.Select(at => strides[at])] };
    }

    static PlannedTensor Squeezed(PlannedTensor tensor, long? dimension)
    {
        int only = dimension is { } given ? Strided.Dimension(given, tensor.Shape.Length) : -1;
        int[] kept = [.. Enumerable.Range(0, tensor.Shape.Length).Where(at => tensor.Shape[at] != 1 || (only >= 0 && at != only))];
        if (kept.Length == tensor.Shape.Length) { return tensor; }
        long[] strides = tensor.Steps;
        return tensor with { Shape = [.. kept.Select(at => tensor.Shape[at])], Strides = [.. kept.Select(at => strides[at])] };
    }

    static PlannedTensor Expanded(PlannedTensor tensor, long[] sizes)
    {
        int ahead = sizes.Length - tensor.Shape.Length;
        if (ahead < 0)
        {
            throw TorchArgumentException.RuntimeError("size", sizes, $"{tensor.Shape.Length} sizes or more",
                $"the number of sizes provided ({sizes.Length}) must be greater or equal to the number of dimensions in the tensor "
                + $"({tensor.Shape.Length})");
        }
        long[] shape = [.. sizes];
        for (int i = 0; i < shape.Length; i++)
        {
            if (shape[i] == -1 && i >= ahead) { shape[i] = tensor.Shape[i - ahead]; }
            if (shape[i] < 0 || (i >= ahead && tensor.Shape[i - ahead] != 1 && tensor.Shape[i - ahead] != shape[i]))
            {
                throw TorchArgumentException.RuntimeError("size", sizes, "the tensor's sizes (or -1), and any size where the tensor has 1",
                    $"The expanded size of the tensor ({shape[i]}) must match the existing size at non-singleton dimension {i}");
            }
        }
        return Strided.Expanded(tensor, shape);
    }

    static PlannedTensor Flattened(BoundArguments a, TensorPlanner planner, PlannedTensor tensor)
    {
        int dimensions = tensor.Shape.Length;
        (int start, int end) = (Strided.Dimension(a.Long("start_dim"), dimensions), Strided.Dimension(a.Long("end_dim"), dimensions));
        if (start > end)
        {
            throw TorchArgumentException.RuntimeError("start_dim", a["start_dim"], "a dimension not after end_dim",
                "flatten() has invalid args: start_dim cannot come after end_dim");
        }
        if (dimensions == 0) { return Reshaped(planner, tensor, [1]); }
        long flat = TensorShape.CountOrThrow(tensor.Shape.AsSpan(start..(end + 1)));
        long[] shape = [.. tensor.Shape[..start], flat, .. tensor.Shape[(end + 1)..]];
        return Reshaped(planner, tensor, shape);
    }

    /// <summary>Separate integers, or one tuple or list of them.</summary>
    public static long[] Integers(BoundArguments a, string name)
    {
        IReadOnlyList<TorchValue> items = a.Items(name);
        return [.. (items is [TorchTuple or TorchList] ? new PythonArgument(name, items[0]).Items! : items)
            .Select(size => new PythonArgument(name, size).Integer ?? throw a.Argument(name).TypeError("integers", null))];
    }
}
