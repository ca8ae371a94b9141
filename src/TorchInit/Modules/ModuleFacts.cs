namespace TorchInit;

/// <summary>What a wrapper needs to know of a module besides its tensors. A plan read from JSON knows only its class.</summary>
/// <param name="Class">The class that was constructed, without its wrappers: <c>Linear</c>.</param>
sealed record ModuleFacts(string Class)
{
    static readonly string[] s_wrappers = ["utils.weight_norm(", "utils.spectral_norm(", "parametrizations.weight_norm(",
        "parametrizations.spectral_norm("];

    /// <summary>Parameters and buffers of a Lazy* class that have no shape yet.</summary>
    public IReadOnlyList<(string Name, ParameterKind Kind)> Uninitialized { get; init; } = [];

    /// <summary>The utils wrappers and the names that they took over; each leaves an attribute of that name.</summary>
    public IReadOnlyList<(string Wrapper, string Name)> Hooks { get; init; } = [];

    /// <summary>The parametrizations, in order of registration.</summary>
    public IReadOnlyList<Parametrization> Parametrizations { get; init; } = [];

    /// <summary>type(module).__name__: the first parametrization gives the module its own class.</summary>
    public string TypeName => Parametrizations.Count > 0 ? $"Parametrized{Class}" : Class;

    /// <summary>The facts read from the title of a plan that has no class: an older plan, or one written by hand.</summary>
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
/// <param name="Name">The name of the tensor.</param>
/// <param name="IsWeightNorm">True for weight_norm, which splits a tensor in two; false for spectral_norm.</param>
/// <param name="Dim">The dimension that is kept; −1 if none.</param>
/// <param name="Iterations">spectral_norm: power iterations at each access.</param>
/// <param name="Epsilon">spectral_norm: the smallest divisor.</param>
sealed record Parametrization(string Name, bool IsWeightNorm, int Dim, int Iterations, double Epsilon);
