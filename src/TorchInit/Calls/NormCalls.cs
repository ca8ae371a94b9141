namespace TorchInit;

static class NormCalls
{
    const string Batch = "num_features, eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None, *, bias=True";
    const string Sync = "num_features, eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, process_group=None, device=None, dtype=None, *, bias=True";
    const string Instance = "num_features, eps=1e-5, momentum=0.1, affine=False, track_running_stats=False, device=None, dtype=None, *, bias=True";
    // Not InstanceNorm's defaults: the lazy classes share LazyBatchNorm's.
    const string LazyNorm = "eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None";

    public static readonly CallRule[] Rules =
    [
        Running("BatchNorm1d", Batch, Modules.BatchNorm1d), Running("BatchNorm2d", Batch, Modules.BatchNorm2d), Running("BatchNorm3d", Batch, Modules.BatchNorm3d),
        Running("SyncBatchNorm", Sync, Modules.SyncBatchNorm),
        Running("InstanceNorm1d", Instance, Modules.InstanceNorm1d), Running("InstanceNorm2d", Instance, Modules.InstanceNorm2d), Running("InstanceNorm3d", Instance, Modules.InstanceNorm3d),
        Lazy("LazyBatchNorm1d", LazyNorm, Modules.LazyBatchNorm1d), Lazy("LazyBatchNorm2d", LazyNorm, Modules.LazyBatchNorm2d), Lazy("LazyBatchNorm3d", LazyNorm, Modules.LazyBatchNorm3d),
        Lazy("LazyInstanceNorm1d", LazyNorm, Modules.LazyInstanceNorm1d), Lazy("LazyInstanceNorm2d", LazyNorm, Modules.LazyInstanceNorm2d), Lazy("LazyInstanceNorm3d", LazyNorm, Modules.LazyInstanceNorm3d),
        new("LayerNorm", "normalized_shape, eps=1e-5, elementwise_affine=True, bias=True, device=None, dtype=None",
            (a, profile) => Modules.LayerNorm(a.Sizes("normalized_shape"), a.Bool("elementwise_affine"), a.BoolIfGiven("bias"), profile)),
        new("RMSNorm", "normalized_shape, eps=None, elementwise_affine=True, device=None, dtype=None",
            (a, profile) => Modules.RMSNorm(a.Sizes("normalized_shape"), a.Bool("elementwise_affine"), profile)),
        new("GroupNorm", "num_groups, num_channels, eps=1e-5, affine=True, device=None, dtype=None, *, bias=True",
            (a, profile) => Modules.GroupNorm(a.Long("num_groups"), a.Long("num_channels"), a.Bool("affine"), a.BoolIfGiven("bias"), profile)),
    ];

    static CallRule Running(string name, string signature, Func<long, bool, bool, bool?, TorchProfile?, InitPlan> module)
        => new(name, signature, (a, profile) => module(a.Long("num_features"), a.Bool("affine"), a.Bool("track_running_stats"), a.BoolIfGiven("bias"), profile));

    static CallRule Lazy(string name, string signature, Func<bool, bool, TorchProfile?, LazyModule> module)
        => CallRule.Lazy(name, signature, (a, profile) => module(a.Bool("affine"), a.Bool("track_running_stats"), profile));
}
