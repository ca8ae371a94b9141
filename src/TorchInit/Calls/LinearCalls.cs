namespace TorchInit;

static class LinearCalls
{
    public static readonly CallRule[] Rules =
    [
        new("Linear", "in_features, out_features, bias=True, device=None, dtype=None", Linear),
        new("NonDynamicallyQuantizableLinear", "in_features, out_features, bias=True, device=None, dtype=None", Linear),
        new("Bilinear", "in1_features, in2_features, out_features, bias=True, device=None, dtype=None",
            (a, profile) => Modules.Bilinear(a.Long("in1_features"), a.Long("in2_features"), a.Long("out_features"), a.Bool("bias"), profile)),
        CallRule.Lazy("LazyLinear", "out_features, bias=True, device=None, dtype=None", (a, profile) => Modules.LazyLinear(a.Long("out_features"), a.Bool("bias"), profile)),
        new("PReLU", "num_parameters=1, init=0.25, device=None, dtype=None", (a, profile) => Modules.PReLU(a.Long("num_parameters"), a.Double("init"), profile)),
    ];

    static InitPlan Linear(BoundArguments a, TorchProfile profile) => Modules.Linear(a.Long("in_features"), a.Long("out_features"), a.Bool("bias"), profile);
}
