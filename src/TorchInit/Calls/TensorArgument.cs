namespace TorchInit;

/// <summary>A tensor among a module's arguments: <c>ones(7)</c>, <c>zeros(2, 3)</c>, <c>tensor([0.5, 2.0])</c>.</summary>
/// <param name="Shape">Its sizes.</param>
/// <param name="Values">One for all elements, or one per element.</param>
/// <param name="DType">Its own dtype; null for torch's default.</param>
sealed record TensorArgument(long[] Shape, IReadOnlyList<double> Values, DType? DType)
{
    const long MostElements = 1 << 28;

    /// <summary>Whether a call by this name creates a tensor of given values.</summary>
    public static bool IsTensor(string name) => name is "ones" or "zeros" or "tensor" or "empty";

    /// <summary>The tensor of an argument; null if it is not a tensor.</summary>
    /// <exception cref="TorchArgumentException">torch refuses its sizes or values.</exception>
    public static TensorArgument? Of(PythonArgument argument) => argument.Value is not TorchCall call ? null : call.Name switch
    {
        "ones" => Filled(call, 1),
        "zeros" => Filled(call, 0),
        "tensor" => Given(call),
        _ => null,
    };

    /// <summary>The step that sets a tensor of the plan to these values.</summary>
    public InitStep Fill(string name) => Values.Count == 1 && Shape is not [1] ? new FillStep(name, Values[0]) : new DataStep(name, Values);

    static TensorArgument Filled(TorchCall call, double value)
    {
        BoundArguments a = ArgumentBinder.Bind(call, "*size, dtype=None, device=None, requires_grad=False");
        IReadOnlyList<TorchValue> items = a.Items("size");
        PythonArgument[] sizes = [.. (items is [TorchTuple or TorchList] ? new PythonArgument("size", items[0]).Items! : items)
            .Select(item => new PythonArgument("size", item))];
        long[] shape = TorchSizes.Of(sizes);
        return TensorShape.CountOrThrow(shape) <= MostElements ? new(shape, [value], DTypeOf(a))
            : throw new ArgumentException($"{call} has more than {MostElements} elements; allowed: at most that many.", nameof(call));
    }

    static DType? DTypeOf(BoundArguments a) => a["dtype"] switch
    {
        TorchNone => null,
        TorchDType { Value: var dtype } when dtype.IsFloatingPoint() => dtype,
        TorchDType => throw new NotFollowedException($"{a.Source} is a tensor of integers; allowed: floats, for example torch.ones(3)."),
        _ => throw a.Argument("dtype").TypeError("None or a dtype, for example torch.float64", null),
    };

    static TensorArgument Given(TorchCall call)
    {
        BoundArguments a = ArgumentBinder.Bind(call, "data, *, dtype=None, device=None, requires_grad=False");
        PythonArgument data = a.Argument("data");
        List<long> shape = [];
        for (TorchValue at = data.Value; at is TorchTuple or TorchList; at = new PythonArgument("data", at).Items![0])
        {
            shape.Add(new PythonArgument("data", at).Items!.Count);
            if (shape[^1] == 0) { break; }
        }
        List<double> values = [];
        Read(data.Value, 0);
        DType? dtype = DTypeOf(a);
        if (dtype is null && values.Count > 0 && !values.Exists(value => !double.IsInteger(value)) && !HasFloat(data.Value))
        {
            throw new ArgumentException($"{call} is a tensor of integers; allowed: floats, for example torch.tensor([1.0, 2.0]).",
                nameof(call));
        }
        return new([.. shape], values, dtype);

        void Read(TorchValue value, int depth)
        {
            PythonArgument argument = data with { Value = value };
            if (depth < shape.Count)
            {
                IReadOnlyList<TorchValue> items = value is TorchTuple or TorchList && argument.Items!.Count == shape[depth] ? argument.Items
                    : throw data.ValueError("lists of equal lengths", null);
                foreach (TorchValue item in items) { Read(item, depth + 1); }
            }
            else { values.Add(argument.Number ?? throw data.TypeError("numbers in lists", null)); }
        }

        static bool HasFloat(TorchValue value) => value is TorchFloat
            || (value is TorchTuple or TorchList && new PythonArgument("data", value).Items!.Any(HasFloat));
    }
}
