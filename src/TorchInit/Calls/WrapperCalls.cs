namespace TorchInit;

static class WrapperCalls
{
    const string Weight = "module, name='weight', dim=0";
    const string Spectral = "module, name='weight', n_power_iterations=1, eps=1e-12, dim=None";

    public static readonly CallRule[] Rules =
    [
        new("utils.weight_norm", Weight,
            (a, profile) => Modules.WeightNorm(Hooked(a, profile, "_forward_pre_hooks"), a.String("name"), NormDimension(a))),
        // Python looks the function up before it creates the module.
        new("parametrizations.weight_norm", Weight,
            (a, profile)
                => Modules.ParametrizedWeightNorm(Hooked(a, profile, "training"), a.String("name"), NormDimension(a))) { Since = (2, 1) },
        new("utils.spectral_norm", Spectral,
            (a, profile)
            => Modules.SpectralNorm(Hooked(a, profile, "_forward_pre_hooks"), a.String("name"), LaterIterations(a), a.Double("eps"),
            Dimension(a))),
        new("parametrizations.spectral_norm", Spectral,
            (a, profile)
            => Modules.ParametrizedSpectralNorm(Parametrized(a, profile), a.String("name"), Iterations(a), a.Double("eps"),
            Dimension(a), "n_power_iterations")),
    ];

    /// <summary>The module that a call changes and returns; null for calls that make a new one.</summary>
    public static TorchCall? ChangedBy(TorchCall call)
        => !Array.Exists(Rules, rule => rule.Name == call.Name) ? null
            : (call.Arguments.Count > 0 ? call.Arguments[0] : call.Keywords.FirstOrDefault(keyword => keyword.Name == "module")?.Value)
                as TorchCall;

    /// <summary>The module that a call, and those in it, change.</summary>
    public static TorchCall Innermost(TorchCall call)
    {
        while (ChangedBy(call) is { } inner) { call = inner; }
        return call;
    }

    /// <summary>The parameter that a call replaces, as written; null for other calls.</summary>
    public static string? NameOf(TorchCall call) => ChangedBy(call) is null ? null : ((call.Arguments.Count > 1 ? call.Arguments[1]
        : call.Keywords.FirstOrDefault(keyword => keyword.Name == "name")?.Value) as TorchString)?.Value ?? "weight";

    /// <summary>The module; for anything else torch fails at the first attribute it reads.</summary>
    static InitPlan Hooked(BoundArguments a, TorchProfile profile, string attribute)
        => a.Argument("module") is { Value: not TorchCall } other
            ? throw new TorchArgumentException("module", other.Value, "a module", "AttributeError",
                $"'{other.Type}' object has no attribute '{attribute}'")
            : a.Module("module", profile);

    /// <summary>The module; for anything else torch fails to find the tensor to parametrize.</summary>
    static InitPlan Parametrized(BoundArguments a, TorchProfile profile)
        => a.Argument("module") is { Value: not TorchCall } other
            ? throw TorchArgumentException.ValueError("module", other.Value, "a module",
                $"Module '{other.Value}' has no parameter or buffer with name '{a.String("name")}'")
            : a.Module("module", profile);

    /// <summary>A dimension that no int holds is one of no tensor.</summary>
    static int? Dimension(BoundArguments a) => a.OptionalLong("dim") switch
    {
        null => null,
        >= int.MinValue and <= int.MaxValue and var dim => (int)dim,
        var dim => throw new TorchArgumentException("dim", dim, "a dimension of the tensor",
            a.Source.Name == "utils.spectral_norm" ? "RuntimeError" : "IndexError", null),
    };

    /// <summary>norm_except_dim takes no bool for an integer.</summary>
    static int? NormDimension(BoundArguments a)
        => a["dim"] is TorchBool ? throw a.Argument("dim").TypeError("an integer or None", null) : Dimension(a);

    /// <summary>utils.spectral_norm only compares the number; only a forward pass would require an integer.</summary>
    static int LaterIterations(BoundArguments a) => a["n_power_iterations"] is TorchFloat { Value: not <= 0 } ? 1 : Iterations(a);

    static int Iterations(BoundArguments a)
    {
        long number = a.Long("n_power_iterations");
        return number is >= int.MinValue and <= 0 ? (int)number : Modules.CheckIterations(number, "n_power_iterations");
    }
}
