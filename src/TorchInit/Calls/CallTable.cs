using System.Collections.Frozen;

namespace TorchInit;

/// <summary>Every name that an expression may call: the classes of torch.nn, the functions of torch.nn.init, and the fills that these
/// use.</summary>
static class CallTable
{
    static readonly FrozenDictionary<string, CallRule> s_rules = new[]
    {
        LinearCalls.Rules, ConvCalls.Rules, NormCalls.Rules, EmbeddingCalls.Rules, RecurrentCalls.Rules, AttentionCalls.Rules,
            LossCalls.Rules, CriterionCalls.Rules,
        ContainerCalls.Rules, WrapperCalls.Rules, InitCalls.Rules, TensorCalls.Rules,
    }.SelectMany(rules => rules).ToFrozenDictionary(rule => rule.Name, StringComparer.Ordinal);

    static readonly FrozenDictionary<string, CallRule> s_parameterless = ParameterlessCalls.Rules.ToFrozenDictionary(rule => rule.Name,
        StringComparer.Ordinal);

    /// <summary>All names with tensors, sorted.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_rules.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The plan of a call.</summary>
    /// <exception cref="ArgumentException">The name is unknown, or an argument is refused.</exception>
    /// <param name="call">The call.</param>
    /// <param name="profile">The torch to follow.</param>
    /// <param name="made">Gives the plans of argument modules that already exist; null for none.</param>
    /// <param name="devices">Where the parts of the call are; null for the profile's device.</param>
    public static InitPlan Plan(TorchCall call, TorchProfile profile, Func<TorchCall, InitPlan?>? made = null,
        TextDevices? devices = null)
        => TensorTable.Plan(call, profile, devices) ?? Rule(call).Apply(call, profile, made);

    /// <summary>The plan of a call inside another's arguments; null for <c>ones(7)</c> and <c>zeros(7)</c>, which are tensors.</summary>
    /// <param name="call">The call.</param>
    /// <param name="profile">The torch to follow.</param>
    /// <param name="tensors">Whether the outer call accepts tensors.</param>
    /// <param name="made">Gives the plans of modules that already exist.</param>
    /// <exception cref="ArgumentException">The name is unknown or fills a tensor, or an argument is refused.</exception>
    public static InitPlan? Module(TorchCall call, TorchProfile profile, bool tensors, Func<TorchCall, InitPlan?>? made)
    {
        if (made?.Invoke(call) is { } before) { return before; }
        if (tensors && TensorArgument.IsTensor(call.Name)) { return null; }
        CallRule rule = Rule(call);
        return rule.IsModule ? rule.Apply(call, profile, made)
            : throw new ArgumentException($"{call} is not a module; allowed as an argument: a class of torch.nn, ones(num_classes) or "
                + $"zeros(num_classes).", nameof(call));
    }

    /// <summary>The arguments of a call that was planned before.</summary>
    public static BoundArguments Bind(TorchCall call, TorchProfile profile) => Rule(call).Bind(call, profile, NestedModules.None);

    /// <summary>Whether a class has a device argument.</summary>
    public static bool TakesDevice(string name)
        => s_rules.TryGetValue(name, out CallRule? rule) && rule.Signature.Contains("device=None", StringComparison.Ordinal);

    /// <summary>Whether a name may draw: a class that puts tensors on its device, a wrapper that draws its own, or an init function with a
    /// generator argument.</summary>
    public static bool Draws(string name) => TakesDevice(name) || name.EndsWith("spectral_norm", StringComparison.Ordinal)
        || name == "parametrizations.orthogonal"
        || (s_rules.TryGetValue(name, out CallRule? rule) && rule.Signature.Contains("generator=None", StringComparison.Ordinal));

    /// <summary>Whether any version of torch has this class or function.</summary>
    public static bool Knows(string name) => s_rules.ContainsKey(name) || s_parameterless.ContainsKey(name);

    /// <summary>Refuses a call, or one inside its arguments, whose name no version of torch has.</summary>
    /// <exception cref="ArgumentException">The name is unknown.</exception>
    /// <exception cref="NotFollowedException">The name is torch's, and is not followed.</exception>
    public static void CheckNames(TorchCall call)
    {
        if (!TensorTable.IsFollowed(call)) { _ = Rule(call); }
        foreach (TorchCall inner in call.Parts().SelectMany(part => part.Calls())) { CheckNames(inner); }
    }

    static CallRule Rule(TorchCall call)
        => s_rules.TryGetValue(call.Name, out CallRule? rule) || s_parameterless.TryGetValue(call.Name, out rule) ? rule
            : TensorTable.IsFollowed(call) ? throw new NotFollowedException($"{call} is not followed where a module or the target of a "
                + "function of torch.nn.init is taken; allowed there: a module, torch.empty(…) or a name that was assigned before.")
            : UnfollowedNames.Reason(call.Name) is { } reason ? throw UnfollowedNames.Refused(call.Name, reason)
            : throw new ArgumentException($"'{call.Name}' is not a name of torch.nn or torch.nn.init with initial values; "
                + $"{NearestNames.To(call.Name, [.. Names, .. s_parameterless.Keys])}.", nameof(call));
}
