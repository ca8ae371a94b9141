namespace TorchInit;

/// <summary>The fills that torch.nn.init uses: methods of a tensor, given by its shape, and randperm. Python cannot spell the keyword
/// <c>from</c>.</summary>
static class TensorCalls
{
    public static readonly CallRule[] Rules =
    [
        Rule("uniform_", "tensor, from_=0, to=1", (a, profile)
        => FillPlan.Of(a, profile, (plan, target, _) => plan.Uniform(target, a.Double("from_"), a.Double("to")))),
        Rule("normal_", "tensor, mean=0, std=1", (a, profile)
        => FillPlan.Of(a, profile, (plan, target, _) => plan.Normal(target, a.Double("mean"), a.Double("std")))),
        Rule("randperm", "n", RandPerm),
    ];

    static CallRule Rule(string name, string signature, Func<BoundArguments, TorchProfile, InitPlan> plan)
        => new(name, signature, plan) { IsModule = false, Function = PythonFunction.Native };

    static InitPlan RandPerm(BoundArguments a, TorchProfile profile)
    {
        PythonArgument n = a.Argument("n");
        if (n.Value is not TorchInt { Value: var count }) { throw n.TypeError("an integer", null); }
        return new(a.Source.ToString(), profile, [new("", [count], DType: DType.Int64)], [new RandPermStep("")]);
    }
}
