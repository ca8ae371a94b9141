namespace TorchInit.Parity;

/// <summary>GPUs, and versions of torch on them, whose generators draw exactly these bits. A fill is the same on all GPUs with enough
/// blocks for it; larger fills differ with the number of blocks.</summary>
static class GpuHypotheses
{
    static readonly Gpu[] s_gpus = [.. Gpu.KnownNames.Select(Gpu.Parse).DistinctBy(gpu => gpu.Blocks)];

    // The measured version first, then the newest of each span of versions that draw alike.
    static readonly string[] s_versions = [.. TorchProfile.Versions.Reverse().Where(version => ProfileOf(version) is not null)
        .OrderByDescending(version => version == TorchProfile.MeasuredOnCuda)
        .DistinctBy(version => ProfileOf(version)!.SameDrawsSince)];

    /// <summary>Null if none fits.</summary>
    /// <param name="item">The plan and the dtype.</param>
    /// <param name="weights">Named as in the plan.</param>
    /// <param name="seed">The seed.</param>
    public static (Cause Cause, string Said)? Of(DistributionCase item, StateDict weights, ulong seed)
    {
        InitPlan? fitting = Plans(item).FirstOrDefault(plan => !IsOwn(plan.Profile, item.Plan.Profile)
            && DrawnBeginning.Of(plan, item.DType, weights)?.IsOf(seed) == true && LateHypotheses.Fits(plan, item.DType, weights, seed));
        return fitting is null ? null : (CauseOf(fitting.Profile, item.Plan.Profile),
            $"these are the bits of {Said(fitting)}; not of {item.Plan.Profile}{Default(item.Plan.Profile, fitting.Profile)}");
    }

    /// <summary>A seed with which a GPU begins like the weights; null if there is none.</summary>
    /// <param name="item">The plan and the dtype.</param>
    /// <param name="weights">Named as in the plan.</param>
    /// <param name="seeds">Those to try.</param>
    public static ulong? UsualSeed(DistributionCase item, StateDict weights, IEnumerable<ulong> seeds)
        => LateHypotheses.UsualSeed(Plans(item), item, weights, seeds);

    /// <summary>The GPUs that draw the plan as this one does: <c>CUDA, any GPU</c> if no fill needs more than one block; else
    /// <c>CUDA, any GPU of 469 blocks or more: h100, …</c>, or <c>CUDA, 160 blocks: t4</c>.</summary>
    public static string Name(InitPlan plan, Gpu gpu)
    {
        long needed = BlocksNeeded(plan);
        if (needed <= 1) { return "CUDA, any GPU"; }
        bool isEnough = gpu.Blocks >= needed;
        string[] names = [.. Gpu.KnownNames.Where(name => Gpu.Parse(name).Blocks is var blocks
            && (isEnough ? blocks >= needed : blocks == gpu.Blocks))];
        string listed = names.Length == Gpu.KnownNames.Count ? "" : $": {(names.Length == 0 ? gpu.ToString() : string.Join(", ", names))}";
        return isEnough ? $"CUDA, any GPU of {needed} blocks or more{listed}"
            : $"CUDA, {gpu.Blocks} block{(gpu.Blocks == 1 ? "" : "s")}{listed}";
    }

    /// <summary>The plan for all GPUs that may draw it differently, in all versions that draw differently: the item's own version and GPU
    /// first.</summary>
    public static IEnumerable<InitPlan> Plans(DistributionCase item)
    {
        TorchProfile own = item.Plan.Profile;
        bool takesHost = item.Plan.Steps.Any(step => step is SparseStep);
        bool?[] defaults = takesHost ? [.. ((bool?[])[own.IsDefaultDevice ?? false, true, false]).Distinct()] : [own.IsDefaultDevice];
        return s_versions.Prepend($"{own.Version}").Select(version => ProfileOf(version, own.Gpu)).OfType<TorchProfile>()
            .DistinctBy(profile => profile.SameDrawsSince)
            .SelectMany(profile => defaults.Select(isDefault => ProfileHypotheses.Plan(item, profile with { IsDefaultDevice = isDefault })))
            .OfType<InitPlan>().SelectMany(plan => Different(plan).Select(gpu => gpu == plan.Profile.Gpu ? plan : On(plan, gpu)));
    }

    /// <summary>Why the draws of one profile are not another's, if one of them is a GPU's.</summary>
    public static Cause CauseOf(TorchProfile drawn, TorchProfile own)
        => drawn.Gpu == own.Gpu && drawn.IsDefaultDevice == own.IsDefaultDevice ? Cause.Era : Cause.Device;

    /// <summary>The version and the GPUs, in words.</summary>
    public static string Said(InitPlan plan) => $"torch {plan.Profile.Version} on {Name(plan, plan.Profile.Gpu!)}";

    /// <summary>Whether it is the profile that the plan follows anyway.</summary>
    public static bool IsOwn(TorchProfile profile, TorchProfile own)
        => profile.Gpu == own.Gpu && profile.Version == own.Version && profile.IsDefaultDevice == own.IsDefaultDevice;

    /// <summary>The plan on another GPU.</summary>
    public static InitPlan On(InitPlan plan, Gpu gpu)
        => new(plan.Title, TorchProfile.Cuda($"{plan.Profile.Version}", gpu) with { IsDefaultDevice = plan.Profile.IsDefaultDevice },
            plan.Tensors, plan.Steps);

    /// <summary>For sparse_: which generator made its permutations, if not the plan's.</summary>
    static string Default(TorchProfile own, TorchProfile drawn)
    {
        if (drawn.IsDefaultDevice is not { } isDefault || isDefault == own.IsDefaultDevice) { return ""; }
        return $"; sparse_ took its permutations from the {(isDefault ? "GPU" : "CPU")}, the default device";
    }

    static TorchProfile? ProfileOf(string version, Gpu? gpu = null)
    {
        try { return TorchProfile.Cuda(version, gpu ?? Gpu.H100Sxm); }
        catch (ArgumentException) { return null; }      // its CUDA is not known
    }

    /// <summary>The plan's GPU, and one of each other number of blocks that draws the plan differently.</summary>
    static IEnumerable<Gpu> Different(InitPlan plan)
    {
        long needed = BlocksNeeded(plan);
        return s_gpus.Prepend(plan.Profile.Gpu!).DistinctBy(gpu => Math.Min(gpu.Blocks, needed));
    }

    /// <summary>A GPU with this many blocks runs every fill of the plan as any larger one does.</summary>
    static long BlocksNeeded(InitPlan plan)
        => plan.Placed.Select(placed => (placed.Layout.Count - 1) / CudaLaunch.BlockSize + 1).DefaultIfEmpty(0).Max();
}
