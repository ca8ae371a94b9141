namespace TorchInit;

/// <summary>Arithmetic with numbers and tensors, and views: <c>mul(randn(5), 0.02)</c>, which <c>randn(5) * 0.02</c> is.</summary>
static class ArithmeticCalls
{
    public static readonly TensorRule[] Rules =
    [
        .. Both("mul", ScalarOperation.Mul), .. Both("multiply", ScalarOperation.Mul), .. Both("div", ScalarOperation.Div),
        .. Both("divide", ScalarOperation.Div), .. Both("true_divide", ScalarOperation.Div), .. Both("add", ScalarOperation.Add),
        .. Both("sub", ScalarOperation.Sub), .. Both("subtract", ScalarOperation.Sub),
        TensorRule.Method("rsub", "other", (a, planner, tensor)
            => planner.Do(Floating(tensor, "rsub"), new ScalarStep(tensor.Target, ScalarOperation.Rsub, a.Double("other")))),
        .. Unary("neg", UnaryOperation.Neg), .. Unary("abs", UnaryOperation.Abs), .. Unary("square", UnaryOperation.Square),
        .. Unary("reciprocal", UnaryOperation.Reciprocal), .. Unary("exp", UnaryOperation.Exp), .. Unary("log", UnaryOperation.Log),
        .. Unary("erfinv", UnaryOperation.ErfInv), .. Unary("sqrt", UnaryOperation.Sqrt),
        TensorRule.Method("pow", "exponent", (a, planner, tensor) => planner.Do(Floating(tensor, "pow"), new UnaryStep(tensor.Target,
            a.Double("exponent") switch
            {
                2 => UnaryOperation.Square,
                0.5 => UnaryOperation.Root,
                -1 => UnaryOperation.Reciprocal,
                _ => throw a.Argument("exponent").ValueError("2, 0.5 or -1", null),
            }))),
        .. new[] { "clamp", "clamp_", "clip", "clip_" }.Select(name => TensorRule.Method(name, "min=None, max=None", (a, planner, tensor)
            => planner.Do(Floating(tensor, name), new ClampStep(tensor.Target, a.OptionalDouble("min"), a.OptionalDouble("max"))))),
        TensorRule.Method("t", "", (_, _, tensor) => Transposed(tensor)),
        TensorRule.Method("transpose", "dim0, dim1", (a, _, tensor) => Swapped(tensor, a.Long("dim0"), a.Long("dim1"))),
        TensorRule.Method("contiguous", "", (_, _, tensor) => tensor),
        .. new[] { "view", "reshape" }.Select(name => TensorRule.Method(name, "*shape", (a, planner, tensor) => Reshaped(a, planner,
        tensor, name))),
    ];

    static TensorRule[] Both(string name, ScalarOperation operation) =>
    [
        TensorRule.Method(name, "other", (a, planner, tensor) => Combined(a, planner, tensor, name, operation)),
        TensorRule.Method($"{name}_", "other", (a, planner, tensor) => Combined(a, planner, tensor, name, operation)),
    ];

    static TensorRule[] Unary(string name, UnaryOperation operation) =>
    [
        TensorRule.Method(name, "", (_, planner, tensor) => planner.Do(Floating(tensor, name), new UnaryStep(tensor.Target, operation))),
        TensorRule.Method($"{name}_", "", (_, planner, tensor) => planner.Do(Floating(tensor, name), new UnaryStep(tensor.Target,
            operation))),
    ];

    static PlannedTensor Combined(BoundArguments a, TensorPlanner planner, PlannedTensor tensor, string name, ScalarOperation operation)
    {
        Floating(tensor, name);
        if (a["other"] is not TorchCall) { return planner.Do(tensor, new ScalarStep(tensor.Target, operation, a.Double("other"))); }
        PlannedTensor other = planner.Tensor(a["other"], "other");
        if (!other.Shape.SequenceEqual(tensor.Shape) || other.DType != tensor.DType)
        {
            throw a.Argument("other").ValueError($"a tensor of the sizes {TensorShape.Text(tensor.Shape)} and of the same dtype", null);
        }
        return planner.Do(tensor, new CombineStep(tensor.Target, operation, other.Target));
    }

    static PlannedTensor Floating(PlannedTensor tensor, string name) => tensor.IsFloatingPoint ? tensor
        : throw new ArgumentException($"{name} of a tensor of {tensor.DType!.Value.TorchName()}; allowed: float32, float64, float16,"
            + $" bfloat16.",
            nameof(tensor));

    public static PlannedTensor Transposed(PlannedTensor tensor) => tensor.Shape.Length switch
    {
        < 2 => tensor,
        2 => Swapped(tensor, 0, 1),
        _ => throw TorchArgumentException.RuntimeError("input", tensor.Shape, "2 dimensions or fewer",
            $"t() expects a tensor with <= 2 dimensions, but self is {tensor.Shape.Length}D"),
    };

    static PlannedTensor Swapped(PlannedTensor tensor, long first, long second)
    {
        long[] shape = [.. tensor.Shape], strides = [.. tensor.Strides ?? TensorShape.RowMajor(tensor.Shape)];
        (int a, int b) = (Place(first), Place(second));
        (shape[a], shape[b], strides[a], strides[b]) = (shape[b], shape[a], strides[b], strides[a]);
        return tensor with { Shape = shape, Strides = strides };

        int Place(long dimension) => dimension >= -shape.Length && dimension < shape.Length ? (int)(dimension < 0 ? dimension
            + shape.Length : dimension)
            : throw new TorchArgumentException("dim", dimension, $"{-shape.Length} to {shape.Length - 1}", "IndexError",
                $"Dimension out of range (expected to be in range of [{-shape.Length}, {shape.Length - 1}], but got {dimension})");
    }

    static PlannedTensor Reshaped(BoundArguments a, TensorPlanner planner, PlannedTensor tensor, string name)
    {
        if (tensor.Strides is not null)
        {
            throw new NotFollowedException($"{name} of a transposed tensor is not followed; allowed: of one that is row by row.");
        }
        IReadOnlyList<TorchValue> items = a.Items("shape");
        long[] shape = [.. (items is [TorchTuple or TorchList] ? new PythonArgument("shape", items[0]).Items! : items)
            .Select(size => new PythonArgument("shape", size).Integer ?? throw a.Argument("shape").TypeError("integers", null))];
        int open = Array.IndexOf(shape, -1);
        if (open >= 0)
        {
            shape[open] = 1;
            long rest = TensorShape.CountOrThrow(shape);
            shape[open] = rest == 0 ? 0 : tensor.Count / rest;
        }
        if (TensorShape.CountOrThrow(shape) != tensor.Count)
        {
            throw TorchArgumentException.RuntimeError("shape", shape, $"sizes with the product {tensor.Count}",
                $"shape '[{string.Join(", ", shape)}]' is invalid for input of size {tensor.Count}");
        }
        PlannedTensor seen = planner.New(shape, tensor.DType);
        return planner.Do(seen, new CopyStep(seen.Target, tensor.Target));
    }
}
