namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    const int MostNumbers = 4096;

    // Numbers that were elements of a tensor, and what was computed from them: with another default dtype they would be others.
    readonly HashSet<TorchValue> _rounded = new(ReferenceEqualityComparer.Instance);

    /// <summary>The elements of torch.linspace in float32, as the drop rates of deep models are made; null for other values. In another
    /// default dtype their last bits differ, so no tensor may depend on them.</summary>
    TorchValue[]? NumbersOf(ExpressionToken at, TorchValue value)
    {
        if (value is not TorchCall { Name: "linspace" } line || line.Keywords.Any(keyword => keyword.Name is "dtype" or "out"))
        {
            return null;
        }
        return InPython(at, () =>
        {
            InitPlan plan = line.ToPlan();
            if (plan.StateTensors.First().Shape[0] > MostNumbers)
            {
                throw Error(at, $"expected at most {MostNumbers} numbers of linspace");
            }
            float[] elements = plan.Materialize(0, DType.Float32)[""].AsSpan<float>().ToArray();
            TorchValue[] numbers = [.. elements.Select(element => new TorchFloat(element))];
            _rounded.UnionWith(numbers);
            return numbers;
        });
    }

    /// <summary>Notes that a result depends on such numbers.</summary>
    TorchValue Following(TorchValue result, params IEnumerable<TorchValue> operands)
    {
        if (_rounded.Count > 0 && result is TorchFloat && operands.Any(IsRounded)) { _rounded.Add(result); }
        return result;
    }

    bool IsRounded(TorchValue value) => value.Leaves().Any(_rounded.Contains);

    /// <summary>Refuses them where a tensor may depend on them.</summary>
    void CheckRounded(ExpressionToken at, string name, IEnumerable<TorchValue> arguments)
    {
        if (_rounded.Count > 0 && !PythonName.WithoutTorch(name).Contains("Dropout", StringComparison.Ordinal) && arguments.Any(IsRounded))
        {
            throw Error(at, $"expected a number that does not come from torch.linspace as an argument of {Short(name)}: its last bits "
                + "depend on the default dtype");
        }
    }
}
