namespace TorchInit;

/// <summary>How one name of torch's becomes a plan.</summary>
/// <param name="Name">Without <c>torch.nn.</c>.</param>
/// <param name="Signature">Of the newest torch, as after Python's <c>def</c>, without self.</param>
/// <param name="Plan">Makes the plan of bound arguments.</param>
sealed record CallRule(string Name, string Signature, Func<BoundArguments, TorchProfile, InitPlan> Plan)
{
    /// <summary>The signature before torch 2.2, where the order of the arguments was another; null where it was the same.</summary>
    public string? SignatureBefore2_2 { get; init; }

    /// <summary>A Lazy* class: without a first input it has no tensors.</summary>
    public static CallRule Lazy(string name, string signature, Func<BoundArguments, TorchProfile, LazyModule> module)
        => new(name, signature, (a, profile) => module(a, profile) is var lazy && a.Source.Forward is { } shape ? lazy.FirstForward([.. shape]) : lazy.Uninitialized) { IsLazy = true };

    /// <summary>Whether the call may be followed by the shape of a first input.</summary>
    public bool IsLazy { get; private init; }

    public InitPlan Apply(TorchCall call, TorchProfile profile)
    {
        if (call.Forward is not null && !IsLazy)
        {
            throw new ArgumentException($"{call} shows an input to {Name}; allowed: for Lazy* classes, whose tensors depend on it.", nameof(call));
        }
        string signature = profile.Has(2, 2) ? Signature : SignatureBefore2_2 ?? Signature;
        BoundArguments arguments = ArgumentBinder.Bind(call, signature);
        CheckFactoryArguments(arguments, signature);
        return Plan(arguments, profile);
    }

    /// <summary>device and dtype are torch's, but here the dtype is chosen when the plan runs, for all tensors at once, as torch's default dtype.</summary>
    static void CheckFactoryArguments(BoundArguments arguments, string signature)
    {
        if (!signature.Contains("device=None", StringComparison.Ordinal)) { return; }
        if (!arguments.IsNone("device") && arguments["device"] != new TorchString("cpu")) { throw new ArgumentException($"device is {arguments["device"]}; allowed: None or 'cpu'.", nameof(arguments)); }
        if (!arguments.IsNone("dtype")) { throw new ArgumentException($"dtype is {arguments["dtype"]}; allowed: None. The dtype is chosen when the plan runs (--dtype).", nameof(arguments)); }
    }
}
