namespace TorchInit;

public static partial class Modules
{
    /// <summary>BatchNorm1d: weight 1, bias 0, running_mean 0, running_var 1, num_batches_tracked 0; draws nothing.</summary>
    /// <param name="numFeatures">Elements of each tensor.</param>
    /// <param name="affine">Whether the module has weight and bias.</param>
    /// <param name="trackRunningStats">Whether the module has running_mean, running_var and num_batches_tracked (int64).</param>
    /// <param name="bias">Since torch 2.12: false omits the bias; null for torch's default.</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    /// <exception cref="NotInThisTorchException"><paramref name="bias"/> is given and the profile is older than 2.12.</exception>
    public static InitPlan BatchNorm1d(long numFeatures, bool affine = true, bool trackRunningStats = true, bool? bias = null,
        TorchProfile? profile = null)
        => RunningNorm("BatchNorm1d", numFeatures, affine, trackRunningStats, bias, profile);

    /// <inheritdoc cref="BatchNorm1d"/>
    public static InitPlan BatchNorm2d(long numFeatures, bool affine = true, bool trackRunningStats = true, bool? bias = null,
        TorchProfile? profile = null)
        => RunningNorm("BatchNorm2d", numFeatures, affine, trackRunningStats, bias, profile);

    /// <inheritdoc cref="BatchNorm1d"/>
    public static InitPlan BatchNorm3d(long numFeatures, bool affine = true, bool trackRunningStats = true, bool? bias = null,
        TorchProfile? profile = null)
        => RunningNorm("BatchNorm3d", numFeatures, affine, trackRunningStats, bias, profile);

    /// <inheritdoc cref="BatchNorm1d"/>
    public static InitPlan SyncBatchNorm(long numFeatures, bool affine = true, bool trackRunningStats = true, bool? bias = null,
        TorchProfile? profile = null)
        => RunningNorm("SyncBatchNorm", numFeatures, affine, trackRunningStats, bias, profile);

    /// <summary>InstanceNorm1d: as <see cref="BatchNorm1d"/>, but by default without weights and statistics.</summary>
    /// <inheritdoc cref="BatchNorm1d"/>
    public static InitPlan InstanceNorm1d(long numFeatures, bool affine = false, bool trackRunningStats = false, bool? bias = null,
        TorchProfile? profile = null)
        => RunningNorm("InstanceNorm1d", numFeatures, affine, trackRunningStats, bias, profile);

    /// <inheritdoc cref="InstanceNorm1d"/>
    public static InitPlan InstanceNorm2d(long numFeatures, bool affine = false, bool trackRunningStats = false, bool? bias = null,
        TorchProfile? profile = null)
        => RunningNorm("InstanceNorm2d", numFeatures, affine, trackRunningStats, bias, profile);

    /// <inheritdoc cref="InstanceNorm1d"/>
    public static InitPlan InstanceNorm3d(long numFeatures, bool affine = false, bool trackRunningStats = false, bool? bias = null,
        TorchProfile? profile = null)
        => RunningNorm("InstanceNorm3d", numFeatures, affine, trackRunningStats, bias, profile);

    internal static InitPlan RunningNorm(string name, Sizes numFeatures, bool affine, bool trackRunningStats, bool? bias,
        TorchProfile? profile)
    {
        bool usual = !name.StartsWith("Instance", StringComparison.Ordinal);       // affine and track_running_stats by default
        PlanBuilder plan = new(profile) { Asked = Named(nameof(numFeatures), numFeatures) };
        if (bias is not null) { plan.Profile.Require($"{name}(bias=…)", 2, 12); }
        bool hasBias = affine && bias != false;
        if (affine) { plan.Parameter("weight", numFeatures.Values); }
        if (hasBias) { plan.Parameter("bias", numFeatures.Values); }
        if (trackRunningStats)
        {
            plan.Buffer("running_mean", numFeatures.Values).Buffer("running_var", numFeatures.Values).Buffer("num_batches_tracked", [],
                DType.Int64);
        }
        plan.Resettable(reset =>
        {
            if (trackRunningStats) { reset.Fill("running_mean", 0).Fill("running_var", 1).Fill("num_batches_tracked", 0); }
            if (affine) { reset.Fill("weight", 1); }
            if (hasBias) { reset.Fill("bias", 0); }
        });
        return plan.BuildClass(name, $"{numFeatures}", Unless(affine == usual, $"affine={(affine ? "True" : "False")}"),
            Unless(trackRunningStats == usual, $"track_running_stats={(trackRunningStats ? "True" : "False")}"), Unless(bias != false,
                "bias=False"));
    }
}
