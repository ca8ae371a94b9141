namespace TorchInit;

/// <summary>How one torch name creates tensors.</summary>
/// <param name="Name">The name without <c>torch.</c>.</param>
/// <param name="Signature">The signature, as after Python's <c>def</c>.</param>
/// <param name="Make">Creates the tensors from bound arguments.</param>
sealed record TensorRule(string Name, string Signature, Func<BoundArguments, TensorPlanner, IReadOnlyList<PlannedTensor>> Make)
{
    const string Factory = "*, dtype=None, device=None, requires_grad=False, generator=None, layout=None, out=None, pin_memory=False, "
        + "memory_format=None";

    /// <summary>Whether the name may also be called with a shape: <c>uniform_((3, 5))</c>.</summary>
    public bool IsFill { get; init; }

    /// <summary>Whether the call draws from a generator argument.</summary>
    public bool TakesGenerator { get; init; }

    /// <summary>A factory: one tensor, with a dtype.</summary>
    public static TensorRule Of(string name, string signature, Func<BoundArguments, TensorPlanner, DType?, PlannedTensor> make)
        => new(name, signature.Contains('*', StringComparison.Ordinal) ? $"{signature}, {Factory["*, ".Length..]}"
            : $"{signature}, {Factory}",
            (a, planner) => [make(a, planner, DTypeOf(a, name, planner.Profile))]);

    /// <summary>A method of a tensor, its first argument: a call or, for in-place methods, the shape of an empty tensor.</summary>
    public static TensorRule Method(string name, string rest, Func<BoundArguments, TensorPlanner, PlannedTensor, PlannedTensor> make)
        => new(name, $"input{(rest.Length > 0 ? ", " : "")}{rest}", (a, planner) => [make(a, planner, Input(a, planner, name))]);

    public IReadOnlyList<PlannedTensor> Apply(TorchCall call, TensorPlanner planner)
    {
        BoundArguments arguments = ArgumentBinder.Bind(call, Signature, PythonFunction.Native, NestedModules.None);
        if (!TakesGenerator) { GeneratorCalls.Refuse(arguments, Name); }
        return Make(arguments, planner);
    }

    // In-place methods whose result does not depend on what the tensor held.
    static readonly HashSet<string> s_overwriting = ["normal_", "uniform_", "fill_", "zero_", "exponential_", "cauchy_", "log_normal_",
        "geometric_", "random_"];

    static PlannedTensor Input(BoundArguments a, TensorPlanner planner, string name)
        => name.EndsWith('_') && a["input"] is TorchTuple or TorchList ? planner.New(a.Shape("input"), null)
            : s_overwriting.Contains(name) ? planner.Filled(a["input"], "input") : planner.Tensor(a["input"], "input");

    /// <summary>Checks a factory's arguments; a tensor that is not drawn may be on any device.</summary>
    public static DType? DTypeOf(BoundArguments a, string name, TorchProfile profile)
    {
        if (TensorTable.Draws(name)) { DeviceArgument.Check(a.Argument("device"), profile); }
        else { DeviceArgument.CheckKnown(a.Argument("device")); }
        foreach (string unused in new[] { "layout", "out" })
        {
            if (!a.IsNone(unused)) { throw a.Argument(unused).TypeError("None", null); }
        }
        return a["dtype"] switch
        {
            TorchNone => null,
            TorchDType dtype => dtype.Value,
            _ => throw a.Argument("dtype").TypeError("None or a dtype, for example torch.float64", null),
        };
    }
}
