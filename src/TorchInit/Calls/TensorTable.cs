using System.Collections.Frozen;
using TorchInit.Syntax;

namespace TorchInit;

/// <summary>Every name that returns a tensor in an expression: torch's factories, draws, arithmetic and views.</summary>
static class TensorTable
{
    // They draw nothing, and make no part of a module.
    static readonly TensorRule[] s_computing = [.. ArithmeticCalls.Rules, .. ViewCalls.Rules, .. IndexCalls.Rules, .. SplitCalls.Rules,
        .. JoinCalls.Rules, .. GridCalls.Rules];

    static readonly FrozenDictionary<string, TensorRule> s_rules = new[]
    {
        FactoryCalls.Rules, DrawCalls.Rules, LawCalls.Rules, SamplerCalls.Rules, LoaderCalls.Rules, GeneratorCalls.Rules, s_computing,
    }.SelectMany(rules => rules).ToFrozenDictionary(rule => rule.Name, StringComparer.Ordinal);

    /// <summary>Whether a name returns a tensor, with or without <c>torch.</c>.</summary>
    public static bool IsName(string name) => PythonName.WithoutTorch(name) is var plain
        && (s_rules.ContainsKey(plain) || UnfollowedNames.IsTensor(plain));

    /// <summary>Whether a function uses its tensor's values, so that a shape cannot replace the tensor.</summary>
    public static bool IsArithmetic(string name) => ArithmeticCalls.Rules.Any(rule => rule.Name == PythonName.WithoutTorch(name));

    static readonly FrozenSet<string> s_draws = DrawCalls.Rules.Concat(SamplerCalls.Rules).Concat(LoaderCalls.Rules)
        .Concat(LawCalls.Rules.Where(rule => rule.Signature.Contains("generator=None", StringComparison.Ordinal)))
        .Select(rule => rule.Name).Where(name => name != "epoch").ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a name draws.</summary>
    public static bool Draws(string name) => s_draws.Contains(name);

    /// <summary>Whether a call returns a tensor.</summary>
    public static bool IsTensor(TorchCall call) => s_rules.ContainsKey(call.Name) || UnfollowedNames.IsTensor(call.Name);

    /// <summary>Whether a call returns a tensor whose values are known here.</summary>
    public static bool IsFollowed(TorchCall call) => s_rules.ContainsKey(call.Name);

    static readonly FrozenSet<string> s_views = ViewCalls.Rules.Concat(IndexCalls.Rules).Concat(SplitCalls.Rules)
        .Select(rule => rule.Name).Concat(["meshgrid", "to"]).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether the result of a call may share memory with its tensors.</summary>
    public static bool MayShare(string name) => s_views.Contains(name) || UnfollowedNames.MayShare(name);

    static readonly FrozenSet<string> s_values = s_computing.Select(rule => rule.Name)
        .Concat(["zeros_like", "ones_like", "full_like", "empty_like", "linspace", "arange"])
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a call only computes or views: it draws nothing and makes no part of a module.</summary>
    public static bool OnlyComputes(string name) => s_values.Contains(name) || UnfollowedNames.IsTensor(name);

    /// <summary>The plan of a call that returns tensors; null for other calls, and for a fill of a shape by itself.</summary>
    public static InitPlan? Plan(TorchCall call, TorchProfile profile, TextDevices? devices = null)
    {
        if (!s_rules.TryGetValue(call.Name, out TensorRule? rule) || (rule.IsFill && call.Arguments is not [TorchCall,
            ..])) { return null; }
        if (call.Name == "randperm" && call.Keywords.Count == 0) { return null; }
        if (GeneratorCalls.IsGenerator(call))
        {
            throw new ArgumentException($"{call} is a generator; allowed: a draw from it, for example "
                + $"randperm(5, generator={call}).", nameof(call));
        }
        TensorPlanner planner = TensorPlanner.Of(call, profile,
            devices ?? TextDevices.Of(call, profile.Gpu is null ? DeviceArgument.Cpu : DeviceArgument.FirstGpu));
        return planner.Build(call.ToString(), planner.Evaluate(call));
    }

    /// <summary>Runs a call inside an expression.</summary>
    public static IReadOnlyList<PlannedTensor> Apply(TorchCall call, TensorPlanner planner)
        => s_rules.TryGetValue(call.Name, out TensorRule? rule) ? rule.Apply(call, planner)
            : UnfollowedNames.Reason(call.Name) is { } reason ? throw UnfollowedNames.Refused(call.Name, reason)
            : throw new ArgumentException($"{call} is not a tensor; allowed: a call that returns one, for example rand(3, 2).",
                nameof(call));
}
