namespace TorchInit;

/// <summary>What a wrapper looks at in a module besides its tensors. A plan read from JSON knows its class only.</summary>
/// <param name="Class">The class that was constructed, under all wrappers: <c>Linear</c>.</param>
sealed record ModuleFacts(string Class)
{
    static readonly string[] s_wrappers = ["utils.weight_norm(", "utils.spectral_norm(", "parametrizations.weight_norm(",
        "parametrizations.spectral_norm("];

    /// <summary>Parameters and buffers of a Lazy* class that have no shape yet.</summary>
    public IReadOnlyList<(string Name, ParameterKind Kind)> Uninitialized { get; init; } = [];

    /// <summary>The utils wrappers and the names that they have taken; each leaves an attribute of that name.</summary>
    public IReadOnlyList<(string Wrapper, string Name)> Hooks { get; init; } = [];

    /// <summary>The parametrizations, in order of registration.</summary>
    public IReadOnlyList<Parametrization> Parametrizations { get; init; } = [];

    /// <summary>As type(module).__name__: the first parametrization gives the module a class of its own.</summary>
    public string TypeName => Parametrizations.Count > 0 ? $"Parametrized{Class}" : Class;

    /// <summary>What the title of a plan says: one that was written before plans had a class, or by hand.</summary>
    public static ModuleFacts Of(string title)
    {
        while (s_wrappers.FirstOrDefault(wrapper => title.StartsWith(wrapper, StringComparison.Ordinal)) is { } wrapper)
        {
            title = title[wrapper.Length..];
        }
        return new(title.Split('(')[0]);
    }

    /// <summary>The parametrizations of one tensor, the first registered first.</summary>
    public Parametrization[] ParametrizationsOf(string name) => [.. Parametrizations.Where(registered => registered.Name == name)];
}

/// <summary>One entry of <c>module.parametrizations[name]</c>.</summary>
/// <param name="Name">The tensor.</param>
/// <param name="IsWeightNorm">weight_norm, which makes two tensors of one; else spectral_norm.</param>
/// <param name="Dim">The dimension that is kept; −1 for none.</param>
/// <param name="Iterations">spectral_norm: rounds at each access.</param>
/// <param name="Epsilon">spectral_norm: smallest divisor.</param>
sealed record Parametrization(string Name, bool IsWeightNorm, int Dim, int Iterations, double Epsilon);
