namespace TorchInit.Parity;

/// <summary>Other torch versions, platforms and kernels that draw exactly these bits. Many draw alike, so all that fit are listed, and
/// a cause is named only if they agree on it.</summary>
static class ProfileHypotheses
{
    const int BeginningElements = 512;
    const int MostSaid = 6;

    /// <summary>Null if none fits. <c>IsOwn</c>: whether one is the torch that was asked for, only built without MKL.</summary>
    public static (Cause Cause, string Said, bool IsOwn)? Of(DistributionCase item, StateDict weights, ulong seed)
    {
        TorchProfile own = item.Plan.Profile;
        TorchProfile[] fitting = [.. Others(own).Where(profile => Fits(item, profile, weights, seed))];
        // A build without MKL is named only where that matters.
        HashSet<string> wheels = [.. fitting.Where(IsWheel).Select(profile => profile.ToString())];
        fitting = [.. fitting.Where(profile => IsWheel(profile) || !wheels.Contains(profile.ToString()))];
        // What the same torch does elsewhere needs no other torch to explain it; but macOS' wheels came from another compiler up to 2.1,
        // whatever the plan is for.
        TorchProfile[] sameVersion = [.. fitting.Where(profile => profile.Version == own.Version)];
        string[] otherCompiler = [.. fitting.Where(profile => profile.Version != own.Version
            && profile is { Platform: TorchPlatform.MacOSArm64, Fused: false }).Select(Name)];
        if (sameVersion.Length > 0) { fitting = sameVersion; }
        if (fitting.Length == 0) { return null; }
        Cause cause = own.Gpu is not null ? Cause.Device
            : sameVersion.Length == 0 ? Cause.Era
            : Array.Exists(sameVersion, profile => !IsWheel(profile)) ? Cause.Platform
            : sameVersion.All(profile => profile.Platform == own.Platform) ? Cause.CpuMode
            : sameVersion.All(profile => profile.Platform != own.Platform) ? Cause.Platform
            : Cause.PlatformOrCpuMode;
        TorchProfile[] nearest = [.. fitting.OrderByDescending(profile => profile.Platform == own.Platform)
            .ThenByDescending(profile => profile.Cpu == own.Cpu)];
        string others = sameVersion.Length > 0 && otherCompiler.Length > 0 ? $"; and of {string.Join(", ", otherCompiler)}" : "";
        return (cause,
            $"these are the bits of "
                + $"{string.Join(", ", nearest.Take(MostSaid).Select(Name))}{(nearest.Length > MostSaid ? ", …" : "")}{others}; not of "
                + $"{own}", Array.Exists(fitting, profile => !IsWheel(profile) && profile.ToString() == own.ToString()));
    }

    /// <summary>The item's own plan, then one of each other era; eras differ in the words and bits of a draw.</summary>
    public static IEnumerable<InitPlan> PlansOfEras(DistributionCase item)
        => new[] { item.Plan.Profile }.Concat(TorchProfile.Landmarks.Select(version
            => TorchProfile.For(version, item.Plan.Profile.Platform, item.Plan.Profile.Cpu))).DistinctBy(profile
            => (profile.Gpu, profile.SameDrawsSince)).Select(profile => Plan(item, profile)).OfType<InitPlan>();

    internal static IEnumerable<TorchProfile> Others(TorchProfile own)
        => (from version in TorchProfile.Landmarks.Prepend(own.Version.ToString()).Distinct()
            from platform in Enum.GetValues<TorchPlatform>()
            from cpu in Enum.GetValues<CpuCapability>()
            let profile = TorchProfile.For(version, platform, cpu)
            from built in Builds(profile)
            where built != own && (built.ToString() != own.ToString() || !IsWheel(built))
            select built).Distinct();

    /// <summary>The official wheel, and on Linux what Debian 12 and 13 build without MKL.</summary>
    static IEnumerable<TorchProfile> Builds(TorchProfile wheel)
    {
        yield return wheel;
        if (wheel.Platform != TorchPlatform.LinuxX64) { yield break; }
        yield return wheel with { Erf = ErfImplementation.Glibc, Lapack = LapackImplementation.Reference311 };
        yield return wheel with { Erf = ErfImplementation.GlibcRounded, Lapack = LapackImplementation.Reference312 };
    }

    static bool IsWheel(TorchProfile profile) => profile.Platform != TorchPlatform.LinuxX64 || profile.Erf == ErfImplementation.Vendor;

    static string Name(TorchProfile profile) => profile.WasRun ? BuildOf(profile) : $"{BuildOf(profile)} (read, not run)";

    /// <summary>The profile, and how it was built if without MKL.</summary>
    internal static string BuildOf(TorchProfile profile) => IsWheel(profile) ? profile.ToString()
        : $"{profile} built without MKL ({(profile.Erf == ErfImplementation.Glibc ? "as in Debian 12" : "as in Debian 13")})";

    internal static InitPlan? Plan(DistributionCase item, TorchProfile profile)
    {
        try
        {
            return item.PlanOf(profile);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return null;        // that torch does not have it
        }
    }

    static bool Fits(DistributionCase item, TorchProfile profile, StateDict weights, ulong seed)
    {
        try
        {
            return Plan(item, profile) is { } plan && Begins(plan, seed, item.DType, weights)
                && FirstDifference.Of(plan.Materialize(new Generator(seed, profile), item.DType), weights) is null;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return false;       // nor in this dtype
        }
    }

    /// <summary>Whether the first drawn tensor begins like the weights: a slice is drawn first, the rest only if it matches.</summary>
    internal static bool Begins(InitPlan plan, ulong seed, DType dtype, StateDict weights)
    {
        InitStep? first = plan.Steps.FirstOrDefault(step
            => step.FillBy(plan.Profile.Fills) is { Rule.Draws: true } && weights.ContainsKey(step.Target.Tensor));
        if (first is null) { return true; }
        string name = first.Target.Tensor;
        TensorBuffer tensor = weights[name];
        int count = Math.Min(tensor.Count, BeginningElements);
        return tensor.DType == (plan[name].TypeOr(dtype))
            && plan.MaterializeSlice(name, 0, count, new Generator(seed, plan.Profile), dtype).Bytes(0,
            count).SequenceEqual(tensor.Bytes(0, count));
    }
}
