namespace TorchInit;

public static partial class Modules
{
    /// <summary><c>utils.weight_norm</c>: the weight becomes weight_v, and weight_g its 2-norm along every slice; draws nothing more.</summary>
    /// <param name="module">Has a parameter called <paramref name="name"/>.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="dim">The dimension that keeps its own norms; null for one norm over everything.</param>
    /// <exception cref="ArgumentException">There is no such parameter or dimension.</exception>
    /// <remarks>g equals torch's to the bit only with its portable kernels (docs/compatibility.md).</remarks>
    public static InitPlan WeightNorm(InitPlan module, string name = "weight", int? dim = 0)
        => Norms(module, name, dim, $"{name}_g", $"{name}_v", Title("utils.weight_norm", module?.Title, Unless(name == "weight", $"name='{name}'"), Unless(dim == 0, $"dim={dim?.ToString() ?? "None"}")));

    /// <summary><c>parametrizations.weight_norm</c> (torch 2.1 and later): as <see cref="WeightNorm"/>, stored as original0 (g) and original1 (v).</summary>
    /// <inheritdoc cref="WeightNorm"/>
    /// <exception cref="NotInThisTorchException">The profile is older than 2.1.</exception>
    public static InitPlan ParametrizedWeightNorm(InitPlan module, string name = "weight", int? dim = 0)
    {
        ArgumentNullException.ThrowIfNull(module);
        module.Profile.Require("parametrizations.weight_norm", 2, 1);
        return Norms(module, name, dim, $"parametrizations.{name}.original0", $"parametrizations.{name}.original1",
            Title("parametrizations.weight_norm", module.Title, Unless(name == "weight", $"name='{name}'"), Unless(dim == 0, $"dim={dim?.ToString() ?? "None"}")));
    }

    static InitPlan Norms(InitPlan module, string name, int? dim, string g, string v, string title)
    {
        ArgumentNullException.ThrowIfNull(module);
        ParameterSpec weight = Wrapped(module, name, g.Contains('.', StringComparison.Ordinal) ? "ValueError" : "AttributeError");
        int kept = dim is { } given ? given < 0 ? given + weight.Shape.Count : given : -1;
        if (dim is not null && (kept < 0 || kept >= weight.Shape.Count))
        {
            throw new TorchArgumentException(nameof(dim), dim, $"−{weight.Shape.Count} to {weight.Shape.Count - 1}", "IndexError",
                $"Dimension out of range (expected to be in range of [-{weight.Shape.Count}, {weight.Shape.Count - 1}], but got {dim})");
        }
        ParameterSpec norms = new(g, kept < 0 ? [] : [.. weight.Shape.Select((size, at) => at == kept ? size : 1)]);
        return Reparametrize(module, name, v, [norms], [], [new NormExceptStep(g, v, kept)], title);
    }

    /// <summary>The parameter that a wrapper takes over; without it each wrapper has another of Python's exceptions.</summary>
    static ParameterSpec Wrapped(InitPlan module, string name, string kind)
    {
        if (module.Tensors.FirstOrDefault(tensor => tensor.Name == name) is { } weight) { return weight; }
        string type = module.Title.Split('(')[0];
        throw new TorchArgumentException(nameof(name), name, string.Join(", ", module.Parameters.Select(parameter => parameter.Name)), kind, kind switch
        {
            "AttributeError" => $"'{type}' object has no attribute '{name}'",
            "KeyError" => $"'{name}'",
            _ => $"Module '{type}' has no parameter or buffer with name '{name}'",
        });
    }

    /// <summary>The module with one parameter renamed and moved behind the others, new tensors round it, and more steps at the end.</summary>
    static InitPlan Reparametrize(InitPlan module, string name, string renamed, ParameterSpec[] before, ParameterSpec[] after, InitStep[] steps, string title)
    {
        ParameterSpec weight = module[name];
        IEnumerable<ParameterSpec> others = module.Tensors.Where(tensor => tensor.Name != name);
        ParameterSpec[] tensors =
        [
            .. others.Where(tensor => tensor.Kind == ParameterKind.Parameter), .. before, weight with { Name = renamed },
            .. others.Where(tensor => tensor.Kind != ParameterKind.Parameter), .. after,
        ];
        return new(title, module.Profile, tensors, [.. module.Steps.Select(step => step.Target.Tensor == name ? step with { Target = step.Target with { Tensor = renamed } } : step), .. steps]);
    }
}
