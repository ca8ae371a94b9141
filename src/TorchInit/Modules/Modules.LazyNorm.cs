namespace TorchInit;

public static partial class Modules
{
    /// <summary>LazyBatchNorm1d: <see cref="BatchNorm1d"/> whose num_features is the second size of the first input; draws nothing.</summary>
    /// <param name="affine">Whether there are weight and bias.</param>
    /// <param name="trackRunningStats">Whether there are running statistics.</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    /// <remarks>The values before the forward's own statistics are added, as in evaluation mode.</remarks>
    public static LazyModule LazyBatchNorm1d(bool affine = true, bool trackRunningStats = true, TorchProfile? profile = null)
        => LazyNorm(1, features => BatchNorm1d(features, affine, trackRunningStats, profile: profile));

    /// <inheritdoc cref="LazyBatchNorm1d"/>
    public static LazyModule LazyBatchNorm2d(bool affine = true, bool trackRunningStats = true, TorchProfile? profile = null)
        => LazyNorm(2, features => BatchNorm2d(features, affine, trackRunningStats, profile: profile));

    /// <inheritdoc cref="LazyBatchNorm1d"/>
    public static LazyModule LazyBatchNorm3d(bool affine = true, bool trackRunningStats = true, TorchProfile? profile = null)
        => LazyNorm(3, features => BatchNorm3d(features, affine, trackRunningStats, profile: profile));

    /// <summary>LazyInstanceNorm1d: <see cref="InstanceNorm1d"/> whose num_features is the second size of the first input; by default it has weights and statistics.</summary>
    /// <inheritdoc cref="LazyBatchNorm1d"/>
    public static LazyModule LazyInstanceNorm1d(bool affine = true, bool trackRunningStats = true, TorchProfile? profile = null)
        => LazyNorm(1, features => InstanceNorm1d(features, affine, trackRunningStats, profile: profile));

    /// <inheritdoc cref="LazyBatchNorm1d"/>
    public static LazyModule LazyInstanceNorm2d(bool affine = true, bool trackRunningStats = true, TorchProfile? profile = null)
        => LazyNorm(2, features => InstanceNorm2d(features, affine, trackRunningStats, profile: profile));

    /// <inheritdoc cref="LazyBatchNorm1d"/>
    public static LazyModule LazyInstanceNorm3d(bool affine = true, bool trackRunningStats = true, TorchProfile? profile = null)
        => LazyNorm(3, features => InstanceNorm3d(features, affine, trackRunningStats, profile: profile));

    static LazyModule LazyNorm(int dimensions, Func<long, InitPlan> eager)
    {
        InitPlan empty = eager(0);
        return new($"Lazy{empty.Title.Replace("(0, ", "(", StringComparison.Ordinal).Replace("(0)", "()", StringComparison.Ordinal)}", empty.Profile, LazyInputs.Features(dimensions), eager);
    }
}
