using System.Collections.Frozen;

namespace TorchInit;

/// <summary>Every name that an expression may call: the classes of torch.nn, the functions of torch.nn.init, and the fills below them.</summary>
static class CallTable
{
    static readonly FrozenDictionary<string, CallRule> s_rules = new[]
    {
        LinearCalls.Rules, ConvCalls.Rules, NormCalls.Rules, EmbeddingCalls.Rules, RecurrentCalls.Rules, AttentionCalls.Rules, LossCalls.Rules,
        WrapperCalls.Rules, InitCalls.Rules, TensorCalls.Rules,
    }.SelectMany(rules => rules).ToFrozenDictionary(rule => rule.Name, StringComparer.Ordinal);

    /// <summary>All names that have tensors, sorted.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_rules.Keys.Concat(ContainerCalls.Names).Order(StringComparer.Ordinal)];

    /// <summary>The plan of a call.</summary>
    /// <exception cref="ArgumentException">The name is unknown, or an argument is refused.</exception>
    public static InitPlan Plan(TorchCall call, TorchProfile profile)
    {
        if (s_rules.TryGetValue(call.Name, out CallRule? rule)) { return rule.Apply(call, profile); }
        if (ContainerCalls.Plan(call, profile) is { } container) { return container; }
        // What has no tensors draws nothing, whatever its arguments: they are kept in the title, and torch alone checks them.
        return ParameterlessNames.All.Contains(call.Name)
            ? Modules.Parameterless(call.ToString(), profile)
            : throw new ArgumentException($"'{call.Name}' is not a name of torch.nn or torch.nn.init with initial values; allowed: {string.Join(", ", Names)}.", nameof(call));
    }
}
