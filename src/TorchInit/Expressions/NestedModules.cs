namespace TorchInit.Syntax;

/// <summary>The modules among a call's arguments. Python creates them from left to right, before it runs the call itself.</summary>
sealed class NestedModules
{
    public static readonly NestedModules None = new();

    readonly Dictionary<TorchCall, InitPlan> _plans = new(ReferenceEqualityComparer.Instance);
    readonly HashSet<TorchCall> _taken = new(ReferenceEqualityComparer.Instance);

    /// <summary>Plans the modules of a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="plan">The plan of one module; null for a call that is not a module.</param>
    public static NestedModules Of(TorchCall call, Func<TorchCall, InitPlan?> plan)
    {
        NestedModules modules = new();
        foreach (TorchValue value in call.Parts()) { modules.Add(value, plan); }
        return modules;
    }

    /// <summary>The plan of a call among the arguments, now part of the outer plan; null for another call.</summary>
    public InitPlan? Take(TorchCall call) => _plans.TryGetValue(call, out InitPlan? plan) && _taken.Add(call) | true ? plan : null;

    /// <summary>The first module with tensors that no plan has taken.</summary>
    public TorchCall? Left => _plans.FirstOrDefault(pair => !_taken.Contains(pair.Key)
        && (pair.Value.Tensors.Count > 0 || pair.Value.Steps.Count > 0)).Key;

    void Add(TorchValue value, Func<TorchCall, InitPlan?> plan)
    {
        switch (value)
        {
            case TorchCall call when plan(call) is { } made: _plans[call] = made; break;
            case TorchTuple tuple: foreach (TorchValue item in tuple.Items) { Add(item, plan); } break;
            case TorchDict dict: foreach ((_, TorchValue item) in dict.Items) { Add(item, plan); } break;
            case TorchList list: foreach (TorchValue item in list.Items) { Add(item, plan); } break;
        }
    }
}
