namespace TorchInit;

public static partial class Modules
{
    /// <summary>LazyLinear: <see cref="Linear"/> whose in_features is the last size of the first input.</summary>
    /// <param name="outFeatures">Rows of the weight.</param>
    /// <param name="bias">Whether the module has a bias.</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    public static LazyModule LazyLinear(long outFeatures, bool bias = true, TorchProfile? profile = null)
        => Lazy(Title("LazyLinear", $"{outFeatures}", Unless(bias, "bias=False")), profile, bias, shape =>
        {
            long inFeatures = LazyInput.Last(shape);
            return Materialized(inFeatures, () => Linear(inFeatures, outFeatures, bias, profile));
        });

    /// <summary>LazyConv1d: <see cref="Conv1d"/> whose in_channels is the second size of the first input.</summary>
    /// <param name="outChannels">Torch never checks that <paramref name="groups"/> divides it; a transposed convolution rounds
    /// down.</param>
    /// <param name="kernelSize">One size, or one per dimension.</param>
    /// <param name="groups">Above 0.</param>
    /// <param name="bias">Whether the module has a bias.</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    public static LazyModule LazyConv1d(long outChannels, Sizes kernelSize, long groups = 1, bool bias = true, TorchProfile? profile = null)
        => LazyConv(1, transposed: false, outChannels, kernelSize, groups, bias, profile);

    /// <inheritdoc cref="LazyConv1d"/>
    public static LazyModule LazyConv2d(long outChannels, Sizes kernelSize, long groups = 1, bool bias = true, TorchProfile? profile = null)
        => LazyConv(2, transposed: false, outChannels, kernelSize, groups, bias, profile);

    /// <inheritdoc cref="LazyConv1d"/>
    public static LazyModule LazyConv3d(long outChannels, Sizes kernelSize, long groups = 1, bool bias = true, TorchProfile? profile = null)
        => LazyConv(3, transposed: false, outChannels, kernelSize, groups, bias, profile);

    /// <inheritdoc cref="LazyConv1d"/>
    public static LazyModule LazyConvTranspose1d(long outChannels, Sizes kernelSize, long groups = 1, bool bias = true,
        TorchProfile? profile = null)
        => LazyConv(1, transposed: true, outChannels, kernelSize, groups, bias, profile);

    /// <inheritdoc cref="LazyConv1d"/>
    public static LazyModule LazyConvTranspose2d(long outChannels, Sizes kernelSize, long groups = 1, bool bias = true,
        TorchProfile? profile = null)
        => LazyConv(2, transposed: true, outChannels, kernelSize, groups, bias, profile);

    /// <inheritdoc cref="LazyConv1d"/>
    public static LazyModule LazyConvTranspose3d(long outChannels, Sizes kernelSize, long groups = 1, bool bias = true,
        TorchProfile? profile = null)
        => LazyConv(3, transposed: true, outChannels, kernelSize, groups, bias, profile);

    static LazyModule LazyConv(int dimensions, bool transposed, long outChannels, Sizes kernelSize, long groups, bool bias,
        TorchProfile? profile)
    {
        string eager = $"Conv{(transposed ? "Transpose" : "")}{dimensions}d";
        // The constructor makes the class with 0 channels: it checks groups and kernel but not the channels.
        _ = TorchWarning.Silently(() => Conv(eager, dimensions, transposed, 0, 0, kernelSize, groups, false, profile));
        string title = Title($"Lazy{eager}", $"{outChannels}", $"{kernelSize}", Unless(groups == 1, $"groups={groups}"),
            Unless(bias, "bias=False"));
        return Lazy(title, profile, bias, shape =>
        {
            long inChannels = LazyInput.Channels(shape, $"Lazy{eager}", dimensions);
            CheckInChannels(inChannels, groups);
            return Materialized(inChannels,
                () => UncheckedConv(eager, dimensions, transposed, inChannels, outChannels, kernelSize, groups, bias, profile));
        });
    }

    static LazyModule Lazy(string title, TorchProfile? profile, bool bias, LazyForward forward)
    {
        string[] names = bias ? ["weight", "bias"] : ["weight"];
        InitPlan uninitialized = new(title, profile ?? TorchProfile.Default, [], [], resetSteps: [])
        {
            Facts = ModuleFacts.Of(title) with { Uninitialized = [.. names.Select(name => (name, ParameterKind.Parameter))] },
        };
        return new(uninitialized, forward);
    }

    /// <summary>The eager class as the first forward makes it; with 0 features reset_parameters does not run.</summary>
    static InitPlan Materialized(long features, Func<InitPlan> eager)
    {
        if (features != 0) { return eager(); }
        InitPlan plan = TorchWarning.Silently(eager);
        return new(plan.Title, plan.Profile, plan.Tensors, [], plan.ResetSteps)
        {
            TorchClass = plan.TorchClass,
            ResetWarnings = plan.ResetWarnings,
        };
    }
}
