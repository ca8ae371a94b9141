namespace TorchInit;

static class LinearCalls
{
    public static readonly CallRule[] Rules =
    [
        new("Linear", "in_features, out_features, bias=True, device=None, dtype=None", Linear),
        new("NonDynamicallyQuantizableLinear", "in_features, out_features, bias=True, device=None, dtype=None", Linear),
        new("Bilinear", "in1_features, in2_features, out_features, bias=True, device=None, dtype=None", Bilinear),
        CallRule.Lazy("LazyLinear", "out_features, bias=True, device=None, dtype=None", (a, profile) => Modules.LazyLinear(a.LazySize("out_features"), a.Bool("bias"), profile)),
        new("PReLU", "num_parameters=1, init=0.25, device=None, dtype=None",
            (a, profile) => TorchSizes.OfOne(a.Argument("num_parameters")) is var sizes ? Modules.PReLU(sizes, a.Double("init"), profile) : null!),
    ];

    /// <summary>The plan of a Linear, which other classes hold too.</summary>
    public static InitPlan Linear(PythonArgument inFeatures, PythonArgument outFeatures, bool bias, TorchProfile profile)
        => TorchSizes.Of(outFeatures, inFeatures) is [var rows, var columns] ? Modules.Linear(columns, rows, bias, profile) : null!;

    /// <summary>A size of a lazy class, which nobody looks at before the first input.</summary>
    public static long LazySize(this BoundArguments a, string name) => a.Source.Forward is null ? a.Argument(name).Integer ?? 0 : TorchSizes.Of(a.Argument(name))[0];

    static InitPlan Linear(BoundArguments a, TorchProfile profile) => Linear(a.Argument("in_features"), a.Argument("out_features"), a.Bool("bias"), profile);

    static InitPlan Bilinear(BoundArguments a, TorchProfile profile)
    {
        PythonArgument first = a.Argument("in1_features");
        // Read in 2.11; when between 2.6 and 2.11 the check came is not known.
        if (profile.Has(2, 11) && first.IsAtMost(0)) { throw first.ValueError("above 0", $"in1_features must be > 0, but got {first.Text}"); }
        long[] shape = TorchSizes.Of(a.Argument("out_features"), first, a.Argument("in2_features"));
        return Modules.Bilinear(shape[1], shape[2], shape[0], a.Bool("bias"), profile);
    }
}
