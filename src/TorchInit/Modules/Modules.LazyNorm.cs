namespace TorchInit;

public static partial class Modules
{
    /// <summary>LazyBatchNorm1d: <see cref="BatchNorm1d"/> whose num_features is the second size of the first input; draws
    /// nothing.</summary>
    /// <param name="affine">Whether the module has weight and bias.</param>
    /// <param name="trackRunningStats">Whether the module has running statistics.</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    /// <remarks>The first forward's own statistics are not added, as in evaluation mode.</remarks>
    public static LazyModule LazyBatchNorm1d(bool affine = true, bool trackRunningStats = true, TorchProfile? profile = null)
        => LazyNorm(1, affine, trackRunningStats, profile, features => BatchNorm1d(features, affine, trackRunningStats, profile: profile));

    /// <inheritdoc cref="LazyBatchNorm1d"/>
    public static LazyModule LazyBatchNorm2d(bool affine = true, bool trackRunningStats = true, TorchProfile? profile = null)
        => LazyNorm(2, affine, trackRunningStats, profile, features => BatchNorm2d(features, affine, trackRunningStats, profile: profile));

    /// <inheritdoc cref="LazyBatchNorm1d"/>
    public static LazyModule LazyBatchNorm3d(bool affine = true, bool trackRunningStats = true, TorchProfile? profile = null)
        => LazyNorm(3, affine, trackRunningStats, profile, features => BatchNorm3d(features, affine, trackRunningStats, profile: profile));

    /// <summary>LazyInstanceNorm1d: <see cref="InstanceNorm1d"/> whose num_features is the second size of the first input; by default with
    /// weights and statistics.</summary>
    /// <inheritdoc cref="LazyBatchNorm1d"/>
    public static LazyModule LazyInstanceNorm1d(bool affine = true, bool trackRunningStats = true, TorchProfile? profile = null)
        => LazyNorm(1, affine, trackRunningStats, profile, features => InstanceNorm1d(features, affine, trackRunningStats, null, profile));

    /// <inheritdoc cref="LazyBatchNorm1d"/>
    public static LazyModule LazyInstanceNorm2d(bool affine = true, bool trackRunningStats = true, TorchProfile? profile = null)
        => LazyNorm(2, affine, trackRunningStats, profile, features => InstanceNorm2d(features, affine, trackRunningStats, null, profile));

    /// <inheritdoc cref="LazyBatchNorm1d"/>
    public static LazyModule LazyInstanceNorm3d(bool affine = true, bool trackRunningStats = true, TorchProfile? profile = null)
        => LazyNorm(3, affine, trackRunningStats, profile, features => InstanceNorm3d(features, affine, trackRunningStats, null, profile));

    static LazyModule LazyNorm(int dimensions, bool affine, bool trackRunningStats, TorchProfile? profile, Func<long, InitPlan> eager)
    {
        profile ??= TorchProfile.Default;
        string name = eager(0).TorchClass;
        string title = Title($"Lazy{name}", Unless(affine, "affine=False"), Unless(trackRunningStats, "track_running_stats=False"));
        IEnumerable<(string, ParameterKind)> learned
            = affine ? [("weight", ParameterKind.Parameter), ("bias", ParameterKind.Parameter)] : [];
        IEnumerable<(string, ParameterKind)> running
            = trackRunningStats ? [("running_mean", ParameterKind.Buffer), ("running_var", ParameterKind.Buffer)] : [];
        ParameterSpec[] counter = trackRunningStats ? [new("num_batches_tracked", [], ParameterKind.Buffer, DType.Int64)] : [];
        InitPlan uninitialized = new(title, profile, counter, [], resetSteps: [])
        {
            Facts = new($"Lazy{name}") { Uninitialized = [.. learned, .. running] },
        };
        LazyNorm norm = new(name.StartsWith("Instance", StringComparison.Ordinal), dimensions, affine, trackRunningStats, profile);
        return new(uninitialized, shape =>
        {
            // No tensors to make: torch does not even read the second size.
            long features = uninitialized.Facts.Uninitialized.Count == 0 ? 0 : LazyInput.Second(shape);
            norm.Check(shape, features);
            InitPlan plan = eager(features);
            InitStep[] lost = norm.LosesStatistics(shape)
                ? [new FillStep("running_mean", double.NaN), new FillStep("running_var", double.NaN)]
                : [];
            return new(plan.Title, profile, plan.Tensors, [.. plan.Steps, .. lost], plan.ResetSteps) { TorchClass = name };
        });
    }
}
