namespace TorchInit.Parity;

/// <summary>Which GPU drew printed numbers, and from which seed.</summary>
static class PrintedByGpu
{
    const int Opening = CudaLaunch.BlockSize;

    /// <summary>A seed that gives all numbers, and the plan for that GPU; null if there is none.</summary>
    /// <param name="places">The numbers and their elements.</param>
    /// <param name="item">The plan and the dtype.</param>
    /// <param name="seeds">Those to try.</param>
    public static (ulong Seed, InitPlan Plan)? Of(List<PrintedPlace> places, DistributionCase item, ulong[] seeds)
    {
        if (places.Count == 0 || item.Drawn.Count == 0) { return null; }
        string name = places.Find(place => item.Drawn.Contains(place.Tensor))?.Tensor ?? places[0].Tensor;
        PrintedPlace[] opening = [.. places.Where(place => place.Tensor == name && place.Index < Opening)];
        // Plans that open alike are told apart only where a seed fits the opening.
        var openings = GpuHypotheses.Plans(item).Where(plan => !GpuHypotheses.IsOwn(plan.Profile, item.Plan.Profile))
            .Select(plan => (Plan: plan, Drawn: Draw(plan, name, 0, item.DType))).Where(entry => entry.Drawn is not null)
            .GroupBy(entry => Convert.ToBase64String(entry.Drawn!.Bytes(0, entry.Drawn.Count)), entry => entry.Plan);
        foreach (InitPlan[] plans in openings.Select(group => group.ToArray()))
        {
            foreach (ulong seed in seeds)
            {
                TensorBuffer? drawn = Draw(plans[0], name, seed, item.DType);
                if (drawn is null || !Array.TrueForAll(opening, place => place.Fits(drawn))) { continue; }
                foreach (InitPlan plan in plans)
                {
                    StateDict all = plan.Materialize(new Generator(seed, plan.Profile), item.DType);
                    if (places.TrueForAll(place => place.Fits(all[place.Tensor]))) { return (seed, plan); }
                }
            }
        }
        return null;
    }

    /// <summary>The beginning of a tensor; null if that torch refuses it.</summary>
    static TensorBuffer? Draw(InitPlan plan, string name, ulong seed, DType dtype)
    {
        try
        {
            return plan.MaterializeSlice(name, 0, (int)Math.Min(Opening, plan[name].Count), new Generator(seed, plan.Profile), dtype);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
