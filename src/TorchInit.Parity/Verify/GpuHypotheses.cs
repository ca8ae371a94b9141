namespace TorchInit.Parity;

/// <summary>GPUs whose generator draws exactly these bits. Small fills are the same on all GPUs, larger ones on GPUs with the same
/// number of blocks.</summary>
static class GpuHypotheses
{
    static readonly Gpu[] s_gpus = [.. Gpu.KnownNames.Select(Gpu.Parse).Distinct()];

    /// <summary>Null if none fits.</summary>
    public static (Cause Cause, string Said)? Of(DistributionCase item, StateDict weights, ulong seed)
    {
        foreach (InitPlan plan in Plans(item))
        {
            if (!Begins(plan, seed, item, weights)) { continue; }
            string version = plan.Profile.Version.ToString();
            Gpu[] fitting = [.. Different(plan).Where(gpu => Fits(item, TorchProfile.Cuda(version, gpu), weights, seed))];
            if (fitting.Length > 0)
            {
                return (Cause.Device, $"these are the bits of torch {version} on {Name(plan, fitting[0])}; not of "
                    + $"{item.Plan.Profile}");
            }
        }
        return null;
    }

    /// <summary>A usual seed with which a GPU begins like the weights; null if there is none. All GPUs share that beginning.</summary>
    public static ulong? UsualSeed(DistributionCase item, StateDict weights, IEnumerable<ulong> usual)
        => Plans(item).SelectMany(plan => usual.Where(seed => Begins(plan, seed, item, weights))).Cast<ulong?>().FirstOrDefault();

    /// <summary>The GPUs that draw the plan as this one does: <c>CUDA, any GPU</c>, or <c>CUDA, 1056 blocks: h100, h200</c>.</summary>
    public static string Name(InitPlan plan, Gpu gpu)
    {
        if (IsSameEverywhere(plan)) { return "CUDA, any GPU"; }
        string[] names = [.. Gpu.KnownNames.Where(name => Gpu.Parse(name).Blocks == gpu.Blocks)];
        return $"CUDA, {gpu.Blocks} blocks: {(names.Length == 0 ? gpu.ToString() : string.Join(", ", names))}";
    }

    static IEnumerable<InitPlan> Plans(DistributionCase item)
        => new[] { $"{item.Plan.Profile.Version}", "2.11", "2.12", "2.6", "2.0" }.Select(Profile).OfType<TorchProfile>()
            .DistinctBy(profile => profile.SameDrawsSince).Select(profile => ProfileHypotheses.Plan(item, profile)).OfType<InitPlan>();

    static TorchProfile? Profile(string version)
    {
        try { return TorchProfile.Cuda(version, Gpu.H100Sxm); }
        catch (ArgumentException) { return null; }      // its CUDA is not known
    }

    /// <summary>One GPU of each number of blocks, where that matters.</summary>
    static IEnumerable<Gpu> Different(InitPlan plan) => IsSameEverywhere(plan) ? [Gpu.H100Sxm] : s_gpus.DistinctBy(gpu => gpu.Blocks);

    static bool IsSameEverywhere(InitPlan plan)
        => plan.Placed.All(placed => placed.Layout.Count <= CudaLaunch.BlockSize * (long)s_gpus.Min(gpu => gpu.Blocks));

    static bool Begins(InitPlan plan, ulong seed, DistributionCase item, StateDict weights)
    {
        try
        {
            InitStep? first = plan.Steps.FirstOrDefault(step
                => step is TruncNormalStep || step.FillBy(plan.Profile.Fills) is { Rule.Draws: true });
            if (first is null || !weights.TryGetValue(first.Target.Tensor, out TensorBuffer? tensor)) { return false; }
            return first is TruncNormalStep cut ? BeginsWith(cut, plan, seed, tensor)
                : ProfileHypotheses.Begins(plan, seed, item.DType, weights);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return false;       // not in this dtype, or not on a GPU
        }
    }

    /// <summary>trunc_normal_ by erfinv: its first elements are those of a shorter fill.</summary>
    static bool BeginsWith(TruncNormalStep cut, InitPlan plan, ulong seed, TensorBuffer tensor)
    {
        int count = Math.Min(tensor.Count, CudaLaunch.BlockSize);
        if (plan.Profile.TruncatesByRejection && count < tensor.Count) { return false; }      // it redraws until no element is outside
        InitPlan beginning = new(plan.Title, plan.Profile, [new("", [count])], [cut with { Target = "" }]);
        TensorBuffer drawn = beginning.Materialize(new Generator(seed, plan.Profile), tensor.DType).Values.Single();
        return drawn.Bytes(0, count).SequenceEqual(tensor.Bytes(0, count));
    }

    static bool Fits(DistributionCase item, TorchProfile profile, StateDict weights, ulong seed)
    {
        try
        {
            return ProfileHypotheses.Plan(item, profile) is { } plan
                && FirstDifference.Of(plan.Materialize(new Generator(seed, profile), item.DType), weights) is null;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
