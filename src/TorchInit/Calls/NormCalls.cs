namespace TorchInit;

static class NormCalls
{
    const string Batch = "num_features, eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None";
    const string Sync = "num_features, eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, process_group=None, device=None, "
        + "dtype=None";
    const string Instance = "num_features, eps=1e-5, momentum=0.1, affine=False, track_running_stats=False, device=None, dtype=None";
    // Not InstanceNorm's defaults: the lazy classes share LazyBatchNorm's.
    const string LazyNorm = "eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None";
    const string Group = "num_groups, num_channels, eps=1e-5, affine=True, device=None, dtype=None";

    public static readonly CallRule[] Rules =
    [
        Running("BatchNorm1d", Batch, "_BatchNorm"), Running("BatchNorm2d", Batch, "_BatchNorm"),
        Running("BatchNorm3d", Batch, "_BatchNorm"), Running("SyncBatchNorm", Sync, "SyncBatchNorm"),
        Running("InstanceNorm1d", Instance, "_InstanceNorm"), Running("InstanceNorm2d", Instance, "_InstanceNorm"),
        Running("InstanceNorm3d", Instance, "_InstanceNorm"),
        Lazy("LazyBatchNorm1d", Modules.LazyBatchNorm1d), Lazy("LazyBatchNorm2d", Modules.LazyBatchNorm2d),
        Lazy("LazyBatchNorm3d", Modules.LazyBatchNorm3d),
        Lazy("LazyInstanceNorm1d", Modules.LazyInstanceNorm1d), Lazy("LazyInstanceNorm2d", Modules.LazyInstanceNorm2d),
        Lazy("LazyInstanceNorm3d", Modules.LazyInstanceNorm3d),
        new("LayerNorm", "normalized_shape, eps=1e-5, elementwise_affine=True, bias=True, device=None, dtype=None",
            (a, profile) => Modules.LayerNorm(Shape(a), a.Bool("elementwise_affine"), a.BoolIfGiven("bias"), profile))
        {
            Older = [(2, 1, "normalized_shape, eps=1e-5, elementwise_affine=True, device=None, dtype=None")],
        },
        new("RMSNorm", "normalized_shape, eps=None, elementwise_affine=True, device=None, dtype=None", (a, profile)
            => Modules.RMSNorm(Shape(a), a.Bool("elementwise_affine"), profile)) { Since = (2, 4) },
        new("GroupNorm", $"{Group}, *, bias=True", GroupNorm) { Older = [(2, 12, Group)] },
    ];

    static CallRule Running(string name, string signature, string owner)
        => new(name, $"{signature}, *, bias=True", (a, profile) =>
        {
            bool affine = a.Bool("affine");
            bool tracks = a.Bool("track_running_stats");
            // torch creates tensors of any given size; without tensors it does not check the size.
            Sizes features = affine || tracks ? TorchSizes.OfOne(a.Argument("num_features")) : a.Argument("num_features").Integer ?? 0;
            return Modules.RunningNorm(name, features, affine, tracks, a.BoolIfGiven("bias"), profile);
        })
        {
            Older = [(2, 12, signature)],
            Function = PythonFunction.Constructor(owner),
        };

    static CallRule Lazy(string name, Func<bool, bool, TorchProfile?, LazyModule> module)
        => CallRule.Lazy(name, LazyNorm, (a, profile) => module(a.Bool("affine"), a.Bool("track_running_stats"), profile)) with
        {
            Function = PythonFunction.Constructor("_LazyNormBase"),
        };

    /// <summary>An integer, or anything that tuple() accepts; its sizes matter only if there is a weight.</summary>
    static Sizes Shape(BoundArguments a)
    {
        PythonArgument shape = a.Argument("normalized_shape");
        if (shape.Integer is null && shape.Items is null)
        {
            throw shape.TypeError("an integer, or integers in a tuple or list", $"'{shape.Type}' object is not iterable");
        }
        return !a.Bool("elementwise_affine") ? shape.Integer ?? 0
            : shape.Items is { } items ? TorchSizes.Of([.. items.Select(item => shape with { Value = item })]) : TorchSizes.Of(shape)[0];
    }

    static InitPlan GroupNorm(BoundArguments a, TorchProfile profile)
    {
        (PythonArgument groups, PythonArgument channels) = (a.Argument("num_groups"), a.Argument("num_channels"));
        if (!channels.Modulo(groups).Equals(0))
        {
            throw channels.ValueError($"a multiple of num_groups = {groups.Value}",
                Modules.GroupNormRule(channels.Text, groups.Text, profile));
        }
        bool affine = a.Bool("affine");
        long size = affine ? TorchSizes.Of(channels)[0] : channels.Integer ?? 0;
        // The number of groups need not be an integer; it affects no shape.
        return Modules.GroupNorm(groups.Integer ?? 1, size, affine, a.BoolIfGiven("bias"), profile);
    }
}
