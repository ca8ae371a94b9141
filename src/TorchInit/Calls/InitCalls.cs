namespace TorchInit;

/// <summary>torch.nn.init, with a shape where torch takes a tensor: <c>init.kaiming_normal_((64, 32), mode='fan_out')</c>.</summary>
static class InitCalls
{
    const string Kaiming = "tensor, a=0, mode='fan_in', nonlinearity='leaky_relu'";

    static readonly CallRule[] s_functions =
    [
        Drawing("uniform_", "tensor, a=0.0, b=1.0", (a, plan, target, _) => plan.Uniform(target, a.Double("a"), a.Double("b"))),
        Drawing("normal_", "tensor, mean=0.0, std=1.0", (a, plan, target, _) => plan.Normal(target, a.Double("mean"), a.Double("std"))),
        Drawing("trunc_normal_", "tensor, mean=0.0, std=1.0, a=-2.0, b=2.0",
            (a, plan, target, _) =>
            {
                CheckWidth(a);
                plan.Step(new TruncNormalStep(target, a.Double("mean"), a.Double("std"), a.Double("a"), a.Double("b")));
            }),
        Rule("constant_", "tensor, val", (a, plan, target, _) => plan.Fill(target, a.Double("val"))),
        Rule("ones_", "tensor", (_, plan, target, _) => plan.Fill(target, 1)),
        Rule("zeros_", "tensor", (_, plan, target, _) => plan.Fill(target, 0)),
        Rule("eye_", "tensor", (_, plan, target, _) => plan.Step(new EyeStep(target))),
        Rule("dirac_", "tensor, groups=1", (a, plan, target, shape)
        => plan.Step(new DiracStep(target, Groups(a.Argument("groups"), shape)))),
        Drawing("xavier_uniform_", "tensor, gain=1.0", (a, plan, target, shape)
            => Symmetric(plan, target, Init.XavierBound(shape, Factor(a, shape)))),
        Drawing("xavier_normal_", "tensor, gain=1.0", (a, plan, target, shape)
            => plan.Normal(target, 0, Init.XavierStd(shape, Factor(a, shape)))),
        Drawing("kaiming_uniform_", Kaiming, (a, plan, target, shape) =>
        {
            if (!Init.WarnIfEmpty(shape)) { Symmetric(plan, target, Math.Sqrt(3.0) * KaimingStd(a, shape)); }
        }),
        Drawing("kaiming_normal_", Kaiming, (a, plan, target, shape) =>
        {
            if (!Init.WarnIfEmpty(shape)) { plan.Normal(target, 0, KaimingStd(a, shape)); }
        }),
        Drawing("orthogonal_", "tensor, gain=1", (a, plan, target, shape) =>
        {
            OrthogonalFill.CheckShape(shape);
            // torch skips a tensor without elements before it checks the gain.
            plan.Step(new OrthogonalStep(target, shape.Contains(0) ? 1 : a.Double("gain")));
        }),
        Drawing("sparse_", "tensor, sparsity, std=0.01", (a, plan, target, shape) =>
        {
            SparseFill.CheckShape(shape);
            plan.Step(new SparseStep(target, Share(a.Argument("sparsity")), a.Double("std")));
        }),
    ];

    public static readonly CallRule[] Rules =
    [
        .. s_functions, .. s_functions.Where(rule => !rule.Name.EndsWith("trunc_normal_", StringComparison.Ordinal)
            && rule.Name is not ("init.ones_" or "init.zeros_")).Select(Deprecated),
        new("init.calculate_gain", "nonlinearity, param=None", (a, profile) =>
        {
            double gain = GainOf(a, "nonlinearity", "param");
            return new(a.Source.ToString(), profile, [new("", [], DType: DType.Float64)], [new FillStep("", gain)]);
        })
        {
            IsModule = false,
            Function = PythonFunction.Plain("calculate_gain"),
        },
    ];

    static CallRule Rule(string name, string signature, Action<BoundArguments, PlanBuilder, StepTarget, long[]> write)
        => new($"init.{name}", signature, (a, profile) => FillPlan.Of(a, profile, (plan, target, shape) => write(a, plan, target, shape)))
        {
            IsModule = false,
            Function = PythonFunction.Plain(name),
        };

    /// <summary>A function that draws; it takes a generator since 2.3.</summary>
    static CallRule Drawing(string name, string signature, Action<BoundArguments, PlanBuilder, StepTarget, long[]> write)
        => Rule(name, $"{signature}, generator=None", write) with { Older = [(2, 3, signature)] };

    /// <summary>The name without the trailing underscore: warns, then does the same.</summary>
    static CallRule Deprecated(CallRule rule) => rule with
    {
        Name = rule.Name[..^1],
        BeforeBinding = (_, profile) => TorchWarning.Deprecated(rule.Name, profile),
    };

    static void Symmetric(PlanBuilder plan, StepTarget target, double bound) => plan.Uniform(target, -bound, bound);

    /// <summary>The gain of xavier_*, which Python multiplies by a float.</summary>
    static double Factor(BoundArguments a, long[] shape)
    {
        // torch checks the shape first.
        _ = Init.XavierStd(shape, 1);
        PythonArgument gain = a.Argument("gain");
        return gain.Number ?? throw gain.TypeError("a number",
            gain.Items is null ? $"unsupported operand type(s) for *: '{gain.Type}' and 'float'"
                : "can't multiply sequence by non-int of type 'float'");
    }

    /// <summary>The sparsity of sparse_, which Python multiplies by the rows and rounds up.</summary>
    static double Share(PythonArgument sparsity) => sparsity.Number ?? throw sparsity.TypeError("a number",
        sparsity.Items is null ? $"unsupported operand type(s) for *: '{sparsity.Type}' and 'int'"
            : $"must be real number, not {sparsity.Type}");

    /// <summary>With integers, (a − mean) / std raises Python's integer "division by zero".</summary>
    static void CheckWidth(BoundArguments a)
    {
        if (a.Argument("std") is { Integer: 0 } std && a.Argument("mean").Integer is not null && a.Argument("a").Integer is not null)
        {
            throw TorchArgumentException.ZeroDivisionError("std", std.Value, "any number but 0", "division by zero");
        }
    }

    static long Groups(PythonArgument groups, long[] shape)
    {
        Init.CheckDiracRank(shape);
        PythonArgument rows = new("the first size", new TorchInt(shape[0]));
        if (!rows.Modulo(groups).Equals(0))
        {
            throw groups.ValueError($"a divisor of the first size {shape[0]}", "dim 0 must be divisible by groups");
        }
        return groups.Index();
    }

    static double KaimingStd(BoundArguments a, long[] shape)
    {
        PythonArgument given = a.Argument("mode");
        if (given.Value is not TorchString)
        {
            throw new TorchArgumentException(given.Name, given.Value, "'fan_in', 'fan_out'", "AttributeError",
                $"'{given.Type}' object has no attribute 'lower'");
        }
        string mode = given.Text.ToLowerInvariant();
        if (mode is not ("fan_in" or "fan_out"))
        {
            throw TorchArgumentException.ValueError("mode", mode, "fan_in, fan_out",
                $"Mode {mode} not supported, please use one of ['fan_in', 'fan_out']");
        }
        long fan = Fan.OfFill(shape).Select(mode == "fan_in" ? FanMode.FanIn : FanMode.FanOut);
        return GainOf(a, "nonlinearity", "a") / Math.Sqrt(fan);
    }

    /// <summary>The value of calculate_gain inside other arguments; torch returns the integer 1 for linear and sigmoid.</summary>
    public static TorchValue GainValue(TorchCall call)
        => GainOf(ArgumentBinder.Bind(call, "nonlinearity, param=None"), "nonlinearity", "param") is var gain && gain == 1
            ? new TorchInt(1) : new TorchFloat(gain);

    /// <summary>calculate_gain: only a leaky ReLU checks the parameter, and a bool does not count as a number.</summary>
    static double GainOf(BoundArguments a, string nonlinearity, string parameter)
    {
        Nonlinearity kind = Gain.ParseArgument(
            a.Argument(nonlinearity).Value is TorchString text ? text.Value : Unknown(a.Argument(nonlinearity)), "nonlinearity");
        if (kind != Nonlinearity.LeakyReLU) { return Gain.For(kind); }
        PythonArgument slope = a.Argument(parameter);
        return slope.Value switch
        {
            TorchNone => Gain.For(kind),
            TorchInt number => Gain.LeakyReLU(number.Value),
            TorchFloat { Value: var number } when double.IsFinite(number) && double.IsInfinity(number * number)
                => throw new TorchArgumentException(parameter, slope.Value, "a number whose square is finite", "OverflowError",
                "(34, 'Numerical result out of range')"),
            TorchFloat number => Gain.For(kind, number.Value),
            _ => throw slope.ValueError("a number", $"negative_slope {slope.Text} not a valid number"),
        };
    }

    static string Unknown(PythonArgument nonlinearity)
        => throw nonlinearity.ValueError("the name of a nonlinearity", $"Unsupported nonlinearity {nonlinearity.Text}");
}
