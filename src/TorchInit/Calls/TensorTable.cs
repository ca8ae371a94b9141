using System.Collections.Frozen;
using TorchInit.Syntax;

namespace TorchInit;

/// <summary>Every name that returns a tensor in an expression: torch's factories, draws, arithmetic and views.</summary>
static class TensorTable
{
    static readonly FrozenDictionary<string, TensorRule> s_rules = new[]
    {
        FactoryCalls.Rules, DrawCalls.Rules, LawCalls.Rules, SamplerCalls.Rules, LoaderCalls.Rules, GeneratorCalls.Rules,
        ArithmeticCalls.Rules, ViewCalls.Rules, IndexCalls.Rules, SplitCalls.Rules, JoinCalls.Rules,
    }.SelectMany(rules => rules).ToFrozenDictionary(rule => rule.Name, StringComparer.Ordinal);

    /// <summary>Whether a name returns a tensor, with or without <c>torch.</c>.</summary>
    public static bool IsName(string name) => s_rules.ContainsKey(PythonName.WithoutTorch(name));

    /// <summary>Whether a function uses its tensor's values, so that a shape cannot replace the tensor.</summary>
    public static bool IsArithmetic(string name) => ArithmeticCalls.Rules.Any(rule => rule.Name == PythonName.WithoutTorch(name));

    static readonly FrozenSet<string> s_draws = DrawCalls.Rules.Concat(SamplerCalls.Rules).Concat(LoaderCalls.Rules)
        .Concat(LawCalls.Rules.Where(rule => rule.Signature.Contains("generator=None", StringComparison.Ordinal)))
        .Select(rule => rule.Name).Where(name => name != "epoch").ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a name draws.</summary>
    public static bool Draws(string name) => s_draws.Contains(name);

    /// <summary>Whether a call returns a tensor.</summary>
    public static bool IsTensor(TorchCall call) => s_rules.ContainsKey(call.Name);

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
            : throw new ArgumentException($"{call} is not a tensor; allowed: a call that returns one, for example rand(3, 2).",
                nameof(call));
}
