namespace TorchInit.Parity;

/// <summary>Whether values tell seeds apart: not if rounding leaves hardly any of the draw, as of N(10, 0.001²) in float16.</summary>
static class SeedTells
{
    const int Fewest = 8;
    const double Most = 0.9;

    /// <summary>Whether the next seed draws other values.</summary>
    public static bool Of(DistributionCase item, ulong seed)
    {
        InitPlan plan = item.Plan;
        StateDict one = plan.Materialize(new Generator(seed, plan.Profile), item.DType);
        StateDict next = plan.Materialize(new Generator(seed + 1, plan.Profile), item.DType);
        (long all, long differing) = (0, 0);
        foreach (string name in item.Drawn.Where(one.ContainsKey))
        {
            TensorBuffer tensor = one[name];
            all += tensor.Count;
            differing += BitComparison.Of(tensor.DType, tensor.Bytes(0, tensor.Count), next[name].Bytes(0, tensor.Count)).Differing;
        }
        return differing >= Fewest || all - differing < Most * all;
    }
}
