namespace TorchInit;

static class LinearCalls
{
    public static readonly CallRule[] Rules =
    [
        new("Linear", "in_features, out_features, bias=True, device=None, dtype=None", Linear),
        new("NonDynamicallyQuantizableLinear", "in_features, out_features, bias=True, device=None, dtype=None", Linear),
        new("Bilinear", "in1_features, in2_features, out_features, bias=True, device=None, dtype=None", Bilinear),
        CallRule.Lazy("LazyLinear", "out_features, bias=True, device=None, dtype=None", LazyLinear),
        new("PReLU", "num_parameters=1, init=0.25, device=None, dtype=None", PReLU),
    ];

    static InitPlan Linear(PythonArgument inFeatures, PythonArgument outFeatures, bool bias, TorchProfile profile)
    {
        long[] shape = TorchSizes.Of(outFeatures, inFeatures);
        return Modules.Linear(shape[1], shape[0], bias, profile);
    }

    static LazyModule LazyLinear(BoundArguments a, TorchProfile profile)
    {
        // torch checks the input first.
        if (a.Source.Forward is { } shape && a["out_features"] is not TorchInt)
        {
            _ = Modules.LazyLinear(0, a.Bool("bias"), profile).Forward([.. shape]);
        }
        return Modules.LazyLinear(a.LazySize("out_features"), a.Bool("bias"), profile);
    }

    /// <summary>A size of a lazy class, which torch does not check before the first input; a negative one is refused with the whole
    /// shape.</summary>
    public static long LazySize(this BoundArguments a, string name) => a.Argument(name) switch
    {
        { Value: TorchInt, Integer: { } size } => size,
        var argument => a.Source.Forward is null ? argument.Integer ?? 0 : TorchSizes.Of(argument)[0],
    };

    static InitPlan Linear(BoundArguments a, TorchProfile profile)
        => Linear(a.Argument("in_features"), a.Argument("out_features"), a.Bool("bias"), profile);

    static InitPlan Bilinear(BoundArguments a, TorchProfile profile)
    {
        PythonArgument first = a.Argument("in1_features");
        // Read in 2.11; which version between 2.6 and 2.11 added the check is not known.
        if (profile.Has(2, 11) && first.IsAtMost(0))
        {
            throw first.ValueError("above 0", $"in1_features must be > 0, but got (in1_features={first.Text})");
        }
        long[] shape = TorchSizes.Of(a.Argument("out_features"), first, a.Argument("in2_features"));
        return Modules.Bilinear(shape[1], shape[2], shape[0], a.Bool("bias"), profile);
    }

    static InitPlan PReLU(BoundArguments a, TorchProfile profile)
    {
        PythonArgument count = a.Argument("num_parameters");
        // torch assigns it before Module.__init__, so a module cannot be stored.
        if (count.Value is TorchCall)
        {
            throw new TorchArgumentException(count.Name, count.Value, "an integer", "AttributeError",
                "cannot assign module before Module.__init__() call");
        }
        return Modules.PReLU(TorchSizes.OfOne(count), a.Double("init"), profile);
    }
}
