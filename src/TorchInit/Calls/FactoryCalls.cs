namespace TorchInit;

/// <summary>Tensors of given values: <c>empty</c>, <c>zeros</c>, <c>ones</c>, <c>full</c>, <c>arange</c>, <c>linspace</c>, <c>tensor</c>,
/// and functions that return their argument.</summary>
static class FactoryCalls
{
    public static readonly TensorRule[] Rules =
    [
        Sized("empty", null), Sized("zeros", null), Sized("ones", 1),
        Like("empty_like", null), Like("zeros_like", 0), Like("ones_like", 1),
        TensorRule.Of("full", "size, fill_value", Full),
        TensorRule.Of("arange", "*args", Arange),
        TensorRule.Of("linspace", "start, end, steps", (a, planner, dtype) =>
        {
            PlannedTensor line = planner.New(TensorSizes.Of("steps", [a["steps"]]), dtype);
            return planner.Do(line, new SequenceStep(line.Target, a.Double("start"), a.Double("end"), 0));
        }),
        TensorRule.Of("tensor", "data", Given),
        Passing("Parameter", "data, requires_grad=True"), Passing("parameter.Parameter", "data, requires_grad=True"),
        Passing("Buffer", "data, persistent=True"), Passing("parameter.Buffer", "data, persistent=True"),
        new("list", "iterable", (a, planner) => planner.Evaluate(a.Call("iterable"))),
        new("ParameterList", "values=None", (a, planner) => a.IsNone("values") ? []
            : [.. planner.Tensors(a["values"], "values").Select((tensor, at) => tensor with { Key = $"{at}" })]),
        new("ParameterDict", "parameters=None", (a, planner) => a["parameters"] switch
        {
            TorchNone => [],
            TorchDict dict => [.. dict.Items.Select(item => planner.Tensor(item.Value, item.Key) with { Key = item.Key })],
            _ => throw a.Argument("parameters").TypeError("a dict of tensors", null),
        }),
        TensorRule.Of("eye", "n, m=None", (a, planner, dtype) =>
        {
            PlannedTensor square = planner.New(TensorSizes.Of("n", [a["n"], a.IsNone("m") ? a["n"] : a["m"]]), dtype);
            return planner.Do(square, new EyeStep(square.Target));
        }),
    ];

    /// <summary>A Parameter or Buffer is its tensor argument.</summary>
    static TensorRule Passing(string name, string signature) => new(name, signature, (a, planner) =>
    {
        PlannedTensor tensor = planner.Tensor(a["data"], "data");
        return !a.Has("requires_grad") || !a.Bool("requires_grad") || tensor.IsFloatingPoint ? [tensor with { IsTemporary = false }]
            : throw TorchArgumentException.RuntimeError("data", $"a tensor of {tensor.TypeName}", "a tensor of floats",
                "Only Tensors of floating point and complex dtype can require gradients");
    });

    static TensorRule Sized(string name, double? value)
        => TensorRule.Of(name, "*size", (a, planner, dtype) => Filled(planner, planner.New(TensorSizes.Of("size", a.Items("size")),
            dtype), value));

    static TensorRule Like(string name, double? value) => TensorRule.Of(name, "input", (a, planner, dtype)
        => Filled(planner, LikeOf(a, planner, dtype), value));

    /// <summary>A new tensor with the sizes and strides of another.</summary>
    public static PlannedTensor LikeOf(BoundArguments a, TensorPlanner planner, DType? dtype)
    {
        PlannedTensor model = planner.Tensor(a["input"], "input");
        return planner.New(model.Shape, dtype ?? model.DType, Strided.OfResult(model.Shape, model));
    }

    static PlannedTensor Filled(TensorPlanner planner, PlannedTensor tensor, double? value)
        => value is { } number ? planner.Do(tensor, new FillStep(tensor.Target, number)) : tensor;

    static PlannedTensor Full(BoundArguments a, TensorPlanner planner, DType? dtype)
    {
        DType? type = dtype ?? a["fill_value"] switch { TorchInt => DType.Int64, TorchBool => DType.Bool, _ => null };
        return Filled(planner, planner.New(TensorSizes.Of("size", [a["size"]]), type), a.Double("fill_value"));
    }

    static PlannedTensor Arange(BoundArguments a, TensorPlanner planner, DType? dtype)
    {
        PythonArgument[] numbers = [.. a.Items("args").Select(value => new PythonArgument("args", value))];
        if (numbers.Length is 0 or > 3) { throw a.Argument("args").TypeError("end; start and end; or start, end and step", null); }
        bool isWhole = numbers.All(number => number.Integer is not null);
        (double start, double end, double step) = numbers.Select(number => number.Number ?? throw number.TypeError("a number",
            null)).ToArray() switch
        {
            [var only] => (0, only, 1),
            [var first, var last] => (first, last, 1),
            var all => (all[0], all[1], all[2]),
        };
        if (step == 0) { throw TorchArgumentException.RuntimeError("args", a["args"], "a step other than 0", "step must be nonzero"); }
        if (!double.IsFinite(start) || !double.IsFinite(end) || !double.IsFinite(step))
        {
            throw TorchArgumentException.RuntimeError("args", a["args"], "finite numbers", "unsupported range");
        }
        if (!double.IsInteger(start) || !double.IsInteger(step))
        {
            throw new NotFollowedException($"arange of {a["args"]} is not followed: torch adds the step in blocks, which rounds in an "
                + "order that is not known; allowed: an integer start and step.");
        }
        double count = Math.Ceiling((end - start) / step);
        if (count < 0)
        {
            throw TorchArgumentException.RuntimeError("args", a["args"], "an end not before the start in the step's direction",
                "upper bound and larger bound inconsistent with step sign");
        }
        PlannedTensor line = planner.New([checked((long)count)], dtype ?? (isWhole ? DType.Int64 : null));
        return planner.Do(line, new SequenceStep(line.Target, start, end, step));
    }

    /// <summary>tensor([…]): numbers in lists of equal lengths.</summary>
    static PlannedTensor Given(BoundArguments a, TensorPlanner planner, DType? dtype)
    {
        List<long> shape = [];
        for (TorchValue at = a["data"]; at is TorchTuple or TorchList && shape.Count < Limits.Current.Dimensions;)
        {
            IReadOnlyList<TorchValue> items = new PythonArgument("data", at).Items!;
            shape.Add(items.Count);
            if (items.Count == 0) { break; }
            at = items[0];
        }
        List<TorchValue> values = [];
        Collect(a["data"], 0);
        bool whole = values.Count > 0 && values.TrueForAll(value => value is TorchInt);
        bool flags = values.Count > 0 && values.TrueForAll(value => value is TorchBool);
        PlannedTensor tensor = planner.New([.. shape], dtype ?? (whole ? DType.Int64 : flags ? DType.Bool : null));
        return planner.Do(tensor, new DataStep(tensor.Target, [.. values.Select(value => new PythonArgument("data", value).Number
            ?? throw a.Argument("data").TypeError("numbers in lists", null))]));

        void Collect(TorchValue value, int depth)
        {
            if (depth == shape.Count)
            {
                values.Add(value);
                return;
            }
            IReadOnlyList<TorchValue>? items = value is TorchTuple or TorchList ? new PythonArgument("data", value).Items : null;
            if (items?.Count != shape[depth]) { throw a.Argument("data").ValueError("lists of equal lengths", null); }
            foreach (TorchValue item in items) { Collect(item, depth + 1); }
        }
    }
}
