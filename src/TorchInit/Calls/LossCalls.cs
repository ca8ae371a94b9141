namespace TorchInit;

static class LossCalls
{
    public static readonly CallRule[] Rules =
    [
        new("AdaptiveLogSoftmaxWithLoss", "in_features, n_classes, cutoffs, div_value=4.0, head_bias=False, device=None, dtype=None",
            (a, profile) => Modules.AdaptiveLogSoftmaxWithLoss(a.Long("in_features"), a.Long("n_classes"), a.LongOrTuple("cutoffs"), a.Double("div_value"), a.Bool("head_bias"), profile)),
        new("LinearCrossEntropyLoss", "in_features, num_classes, *, out_features=(), bias=False, weight=None, device=None, dtype=None",
            (a, profile) => Modules.LinearCrossEntropyLoss(a.Long("in_features"), a.Long("num_classes"), a.LongOrTuple("out_features"), a.Bool("bias"), Weight(a), profile)),
    ];

    /// <summary>Class weights: <c>ones(7)</c> or <c>zeros(7)</c>.</summary>
    static double[] Weight(BoundArguments a)
    {
        if (a.OptionalCall("weight") is not { } call) { return []; }
        double value = call.Name switch
        {
            "ones" => 1,
            "zeros" => 0,
            _ => throw new ArgumentException($"weight is {call}; allowed: None, ones(num_classes), zeros(num_classes).", nameof(a)),
        };
        long count = ArgumentBinder.Bind(call, "size").Long("size");
        // Torch itself takes any length; more than the classes are never read.
        return count is >= 0 and <= 1 << 28 ? [.. Enumerable.Repeat(value, (int)count)] : throw new ArgumentException($"weight has {count} elements; allowed: 0 to {1 << 28}.", nameof(a));
    }
}
