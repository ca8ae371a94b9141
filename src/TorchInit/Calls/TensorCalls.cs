namespace TorchInit;

/// <summary>The fills below torch.nn.init: methods of a tensor, given by its shape, and randperm. Python cannot write the keyword <c>from</c>.</summary>
static class TensorCalls
{
    public static readonly CallRule[] Rules =
    [
        new("uniform_", "tensor, from_=0, to=1", (a, profile) => FillPlan.Of(a, profile, (plan, target, _) => plan.Uniform(target, a.Double("from_"), a.Double("to")))),
        new("normal_", "tensor, mean=0, std=1", (a, profile) => FillPlan.Of(a, profile, (plan, target, _) => plan.Normal(target, a.Double("mean"), a.Double("std")))),
        new("randperm", "n", RandPerm),
    ];

    static InitPlan RandPerm(BoundArguments a, TorchProfile profile)
    {
        long n = a.Long("n");
        return new(a.Source.ToString(), profile, [new("", [n], DType: DType.Int64)], [new RandPermStep("")]);
    }
}
