namespace TorchInit;

/// <summary>A tensor among a module's arguments: <c>ones(7)</c>, <c>zeros(2, 3)</c>, <c>tensor([0.5, 2.0])</c>.</summary>
/// <param name="Shape">Its sizes.</param>
/// <param name="Values">One for all elements, or one per element.</param>
sealed record TensorArgument(long[] Shape, IReadOnlyList<double> Values)
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
        return TensorShape.CountOrThrow(shape) <= MostElements ? new(shape, [value])
            : throw new ArgumentException($"{call} has more than {MostElements} elements; allowed: at most that many.", nameof(call));
    }

    static TensorArgument Given(TorchCall call)
    {
        PythonArgument data = ArgumentBinder.Bind(call, "data, *, dtype=None, device=None, requires_grad=False").Argument("data");
        List<long> shape = [];
        for (TorchValue at = data.Value; at is TorchTuple or TorchList; at = new PythonArgument("data", at).Items![0])
        {
            shape.Add(new PythonArgument("data", at).Items!.Count);
            if (shape[^1] == 0) { break; }
        }
        List<double> values = [];
        Read(data.Value, 0);
        if (values.Count > 0 && !values.Exists(value => !double.IsInteger(value)) && !HasFloat(data.Value))
        {
            throw new ArgumentException($"{call} is a tensor of integers; allowed: floats, for example torch.tensor([1.0, 2.0]).",
                nameof(call));
        }
        return new([.. shape], values);

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
