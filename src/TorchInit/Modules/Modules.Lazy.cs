namespace TorchInit;

public static partial class Modules
{
    /// <summary>LazyLinear: <see cref="Linear"/> whose in_features is the last size of the first input.</summary>
    /// <param name="outFeatures">Rows of the weight.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    public static LazyModule LazyLinear(long outFeatures, bool bias = true, TorchProfile? profile = null)
        => new(Title("LazyLinear", $"{outFeatures}", Unless(bias, "bias=False")), profile ?? TorchProfile.Default, LazyInputs.Last, inFeatures => Linear(inFeatures, outFeatures, bias, profile));

    /// <summary>LazyConv1d: <see cref="Conv1d"/> whose in_channels is the second size of the first input.</summary>
    /// <param name="outChannels">Divisible by <paramref name="groups"/>.</param>
    /// <param name="kernelSize">One size, or one a dimension.</param>
    /// <param name="groups">Above 0.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    public static LazyModule LazyConv1d(long outChannels, Sizes kernelSize, long groups = 1, bool bias = true, TorchProfile? profile = null)
        => LazyConv(1, outChannels, kernelSize, groups, bias, profile, Conv1d);

    /// <inheritdoc cref="LazyConv1d"/>
    public static LazyModule LazyConv2d(long outChannels, Sizes kernelSize, long groups = 1, bool bias = true, TorchProfile? profile = null)
        => LazyConv(2, outChannels, kernelSize, groups, bias, profile, Conv2d);

    /// <inheritdoc cref="LazyConv1d"/>
    public static LazyModule LazyConv3d(long outChannels, Sizes kernelSize, long groups = 1, bool bias = true, TorchProfile? profile = null)
        => LazyConv(3, outChannels, kernelSize, groups, bias, profile, Conv3d);

    /// <inheritdoc cref="LazyConv1d"/>
    public static LazyModule LazyConvTranspose1d(long outChannels, Sizes kernelSize, long groups = 1, bool bias = true, TorchProfile? profile = null)
        => LazyConv(1, outChannels, kernelSize, groups, bias, profile, ConvTranspose1d);

    /// <inheritdoc cref="LazyConv1d"/>
    public static LazyModule LazyConvTranspose2d(long outChannels, Sizes kernelSize, long groups = 1, bool bias = true, TorchProfile? profile = null)
        => LazyConv(2, outChannels, kernelSize, groups, bias, profile, ConvTranspose2d);

    /// <inheritdoc cref="LazyConv1d"/>
    public static LazyModule LazyConvTranspose3d(long outChannels, Sizes kernelSize, long groups = 1, bool bias = true, TorchProfile? profile = null)
        => LazyConv(3, outChannels, kernelSize, groups, bias, profile, ConvTranspose3d);

    static LazyModule LazyConv(int dimensions, long outChannels, Sizes kernelSize, long groups, bool bias, TorchProfile? profile, Func<long, long, Sizes, long, bool, TorchProfile?, InitPlan> eager)
    {
        // Everything but in_channels is checked at construction; 0 channels fit any groups.
        InitPlan empty = eager(0, outChannels, kernelSize, groups, bias, profile);
        string name = $"Lazy{empty.Title.Split('(')[0]}";
        return new(Title(name, $"{outChannels}", $"{kernelSize}", Unless(groups == 1, $"groups={groups}"), Unless(bias, "bias=False")), empty.Profile, LazyInputs.Channels(name, dimensions),
            inChannels => eager(inChannels, outChannels, kernelSize, groups, bias, profile));
    }
}
