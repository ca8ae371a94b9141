namespace TorchInit;

/// <summary>torch.nn.init, with a shape where torch takes a tensor: <c>init.kaiming_normal_((64, 32), mode='fan_out')</c>.</summary>
static class InitCalls
{
    const string Kaiming = "tensor, a=0, mode='fan_in', nonlinearity='leaky_relu'";

    static readonly CallRule[] s_functions =
    [
        Rule("uniform_", "tensor, a=0.0, b=1.0", (a, plan, target, _) => plan.Uniform(target, a.Double("a"), a.Double("b"))),
        Rule("normal_", "tensor, mean=0.0, std=1.0", (a, plan, target, _) => plan.Normal(target, a.Double("mean"), a.Double("std"))),
        Rule("trunc_normal_", "tensor, mean=0.0, std=1.0, a=-2.0, b=2.0",
            (a, plan, target, _) => plan.Step(new TruncNormalStep(target, a.Double("mean"), a.Double("std"), a.Double("a"), a.Double("b")))),
        Rule("constant_", "tensor, val", (a, plan, target, _) => plan.Fill(target, a.Double("val"))),
        Rule("ones_", "tensor", (_, plan, target, _) => plan.Fill(target, 1)),
        Rule("zeros_", "tensor", (_, plan, target, _) => plan.Fill(target, 0)),
        Rule("eye_", "tensor", (_, plan, target, _) => plan.Step(new EyeStep(target))),
        Rule("dirac_", "tensor, groups=1", (a, plan, target, _) => plan.Step(new DiracStep(target, a.Long("groups")))),
        Rule("xavier_uniform_", "tensor, gain=1.0", (a, plan, target, shape) => Symmetric(plan, target, Init.XavierBound(shape, a.Double("gain")))),
        Rule("xavier_normal_", "tensor, gain=1.0", (a, plan, target, shape) => plan.Normal(target, 0, Init.XavierStd(shape, a.Double("gain")))),
        Rule("kaiming_uniform_", Kaiming, (a, plan, target, shape) =>
        {
            if (!Init.WarnIfEmpty(shape)) { Symmetric(plan, target, Math.Sqrt(3.0) * KaimingStd(a, shape)); }
        }),
        Rule("kaiming_normal_", Kaiming, (a, plan, target, shape) =>
        {
            if (!Init.WarnIfEmpty(shape)) { plan.Normal(target, 0, KaimingStd(a, shape)); }
        }),
        Rule("orthogonal_", "tensor, gain=1", (a, plan, target, _) => plan.Step(new OrthogonalStep(target, a.Double("gain")))),
        Rule("sparse_", "tensor, sparsity, std=0.01", (a, plan, target, _) => plan.Step(new SparseStep(target, a.Double("sparsity"), a.Double("std")))),
    ];

    public static readonly CallRule[] Rules =
    [
        .. s_functions, .. s_functions.Where(rule => !rule.Name.EndsWith("trunc_normal_", StringComparison.Ordinal) && rule.Name is not ("init.ones_" or "init.zeros_")).Select(Deprecated),
        new("init.calculate_gain", "nonlinearity, param=None", (a, profile) =>
        {
            double gain = GainOf(a, "nonlinearity", "param");
            return new(a.Source.ToString(), profile, [new("", [], DType: DType.Float64)], [new FillStep("", gain)]);
        }),
    ];

    static CallRule Rule(string name, string signature, Action<BoundArguments, PlanBuilder, StepTarget, long[]> write)
        => new($"init.{name}", signature, (a, profile) => FillPlan.Of(a, profile, (plan, target, shape) => write(a, plan, target, shape)));

    /// <summary>The name without the last underscore: a warning, then the same.</summary>
    static CallRule Deprecated(CallRule rule) => rule with
    {
        Name = rule.Name[..^1],
        Plan = (a, profile) =>
        {
            TorchWarning.Deprecated(rule.Name, profile);
            return rule.Plan(a, profile);
        },
    };

    static void Symmetric(PlanBuilder plan, StepTarget target, double bound) => plan.Uniform(target, -bound, bound);

    static double KaimingStd(BoundArguments a, long[] shape)
    {
        string mode = a.String("mode").ToLowerInvariant();
        if (mode is not ("fan_in" or "fan_out"))
        {
            throw TorchArgumentException.ValueError("mode", mode, "fan_in, fan_out", $"Mode {mode} not supported, please use one of ['fan_in', 'fan_out']");
        }
        long fan = Fan.Of(shape).Select(mode == "fan_in" ? FanMode.FanIn : FanMode.FanOut);
        return GainOf(a, "nonlinearity", "a") / Math.Sqrt(fan);
    }

    /// <summary>calculate_gain: the parameter is looked at for a leaky ReLU only, and a bool is none.</summary>
    static double GainOf(BoundArguments a, string nonlinearity, string parameter)
    {
        Nonlinearity kind = Gain.Parse(a.String(nonlinearity));
        if (kind != Nonlinearity.LeakyReLU) { return Gain.For(kind); }
        return a[parameter] is TorchNone or TorchInt or TorchFloat
            ? Gain.For(kind, a.OptionalDouble(parameter))
            : throw TorchArgumentException.ValueError(parameter, a[parameter], "a number", $"negative_slope {(a[parameter] is TorchString text ? text.Value : a[parameter])} not a valid number");
    }
}
