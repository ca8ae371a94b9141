namespace TorchInit;

/// <summary>Writes the plan of a tensor expression: the calls of a tree from the leaves up, as Python runs them. A tensor that only a
/// part of the
/// expression sees is changed in place, where torch makes a new one of the same values.</summary>
/// <param name="profile">The torch to follow.</param>
sealed class TensorPlanner(TorchProfile profile)
{
    readonly List<ParameterSpec> _tensors = [];
    readonly List<InitStep> _steps = [];

    public TorchProfile Profile => profile;

    /// <summary>A tensor of zeros.</summary>
    public PlannedTensor New(long[] shape, DType? dtype, long[]? strides = null)
    {
        _ = TensorShape.CountOrThrow(shape);
        string name = $"t{_tensors.Count}";
        // A dense view's memory has as many elements, whatever their order.
        _tensors.Add(new(name, strides is null ? shape : [TensorShape.CountOrThrow(shape)], ParameterKind.Scratch, dtype));
        Limits.Check(_tensors.Count, _steps.Count, "The expression");
        return new(name, shape, dtype, strides);
    }

    public PlannedTensor Do(PlannedTensor tensor, InitStep step)
    {
        _steps.Add(step);
        return tensor;
    }

    /// <summary>The tensor of a call, or the view <c>(20, 30).T</c> of an empty one.</summary>
    public PlannedTensor Tensor(TorchValue value, string argument)
    {
        if (value is TorchTransposed view)
        {
            return ArithmeticCalls.Transposed(New(TensorSizes.Of(argument, view.Shape.Items), null));
        }
        TorchCall call = value as TorchCall ?? throw new PythonArgument(argument, value).TypeError("a tensor, for example rand(3, 2)",
            null);
        return TensorTable.Evaluate(call, this) is [var tensor] ? tensor
            : throw new ArgumentException($"{argument} is {call}; allowed: one tensor.", nameof(value));
    }

    /// <summary>The finished plan. One tensor has no name; of several each has its number.</summary>
    public InitPlan Build(string title, IReadOnlyList<PlannedTensor> results)
    {
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        List<ParameterSpec> shown = [];
        for (int i = 0; i < results.Count; i++)
        {
            PlannedTensor result = results[i];
            string name = results.Count == 1 ? "" : $"{i}";
            shown.Add(new(name, result.Shape, DType: result.DType));
            if (result.Strides is null && names.TryAdd(result.Memory, name)) { continue; }
            _steps.Add(new CopyStep($"={name}", result.Target));
            names[$"={name}"] = name;
        }
        string Renamed(string name) => names.GetValueOrDefault(name, name);
        return new(title, profile, [.. shown, .. _tensors.Where(tensor => !names.ContainsKey(tensor.Name))],
            [.. _steps.Select(step => step.Renamed(Renamed))]);
    }
}
