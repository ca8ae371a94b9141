namespace TorchInit;

public static partial class Modules
{
    /// <summary><c>utils.weight_norm</c>: the weight becomes weight_v, and weight_g is its 2-norm over each slice; draws nothing
    /// more.</summary>
    /// <param name="module">Owns a parameter called <paramref name="name"/>.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="dim">The dimension whose slices have a norm each; null or −1 for one norm over all elements.</param>
    /// <exception cref="TorchArgumentException">There is no such parameter or dimension, it has no elements, or it already has a
    /// weight_norm.</exception>
    /// <remarks>g has torch's bits only with torch's portable kernels (docs/compatibility.md).</remarks>
    public static InitPlan WeightNorm(InitPlan module, string name = "weight", int? dim = 0)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(name);
        TorchWarning.DeprecatedWeightNorm(module.Profile);
        if (module.Facts.Hooks.Contains(("weight_norm", name))) { throw HookedTwice(name, "weight_norm"); }
        switch (ModuleEntries.Of(module, name))
        {
            case ModuleEntry.Parameter: break;
            case ModuleEntry.Missing: throw NoAttribute(module, name);
            case ModuleEntry.UninitializedParameter: throw Uninitialized(name, "WeightNorm", "weight");
            case ModuleEntry.NoParameter:
                throw new TorchArgumentException(nameof(name), name, ParametersOf(module), "TypeError",
                    "norm_except_dim(): argument 'v' (position 1) must be Tensor, not NoneType");
            case ModuleEntry.Parametrized:
                CheckComputes(module, name);
                throw NoKey(module, name);
            default: throw NoKey(module, name);
        }
        ParameterSpec weight = module[name];
        (ParameterSpec norms, NormExceptStep step) = Norms(weight, dim, $"{name}_g", $"{name}_v");
        // The hook computes the weight once, which fails on a tensor without dimensions.
        if (weight.Shape.Count == 0) { throw NoDimensions(dim ?? -1, weight); }
        return Hooked(module, name, step.Source, [norms, weight with { Name = step.Source }], [], [step], "weight_norm",
            WeightNormTitle("utils.weight_norm", module, name, dim));
    }

    /// <summary><c>parametrizations.weight_norm</c> (torch 2.1 and later): as <see cref="WeightNorm"/>, stored as original0 (g) and
    /// original1 (v).</summary>
    /// <param name="module">Owns a parameter or buffer called <paramref name="name"/>.</param>
    /// <param name="name">The parameter or buffer.</param>
    /// <param name="dim">The dimension whose slices have a norm each; null or −1 for one norm over all elements.</param>
    /// <exception cref="TorchArgumentException">There is no such tensor or dimension, or it has no elements.</exception>
    /// <exception cref="NotInThisTorchException">The profile is older than 2.1.</exception>
    /// <remarks>On a tensor that is already parametrized, torch registers it unchecked: no tensor changes, and computing the weight fails
    /// from then on.</remarks>
    public static InitPlan ParametrizedWeightNorm(InitPlan module, string name = "weight", int? dim = 0)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(name);
        module.Profile.Require("parametrizations.weight_norm", 2, 1);
        string title = WeightNormTitle("parametrizations.weight_norm", module, name, dim);
        Parametrization registered = new(name, IsWeightNorm: true, dim ?? -1, 0, 0);
        switch (ModuleEntries.Of(module, name))
        {
            case ModuleEntry.Parametrized: return Parametrized(module, registered, name, [], [], title);
            case ModuleEntry.Parameter or ModuleEntry.Buffer: break;
            case ModuleEntry.UninitializedParameter or ModuleEntry.UninitializedBuffer: throw WithoutShape(name);
            case ModuleEntry.NoParameter or ModuleEntry.NoBuffer:
                throw new TorchArgumentException(nameof(name), name, ParametersOf(module), "AttributeError",
                    "'NoneType' object has no attribute 'shape'");
            default: throw NotOfModule(module, name, "does not have a parameter, a buffer, or a parametrized element with name");
        }
        ParameterSpec weight = module[name];
        string original = $"parametrizations.{name}.original";
        (ParameterSpec norms, NormExceptStep step) = Norms(weight, dim, $"{original}0", $"{original}1");
        ParameterSpec[] originals = [norms with { Kind = weight.Kind }, weight with { Name = step.Source }];
        return Parametrized(module, registered, step.Source, originals, [step], title);
    }

    static string WeightNormTitle(string wrapper, InitPlan module, string name, int? dim)
        => Title(wrapper, module.Title, Unless(name == "weight", $"name='{name}'"),
            Unless(dim == 0, dim is { } slices ? $"dim={slices}" : "dim=None"));

    /// <summary>torch.norm_except_dim: −1 means one norm over all elements, not the last dimension; −2 and below count from the
    /// end.</summary>
    static (ParameterSpec Norms, NormExceptStep Step) Norms(ParameterSpec weight, int? dim, string g, string v)
    {
        int rank = weight.Shape.Count;
        if (dim is null or -1)
        {
            if (weight.DType == DType.Int64)
            {
                throw TorchArgumentException.RuntimeError("name", weight.Name, "a floating tensor",
                    "norm(): input dtype should be either floating point or complex. Got Long instead.");
            }
            return (new(g, [], DType: weight.DType), new(g, v, -1));
        }
        int kept = dim < 0 ? dim.Value + rank : dim.Value;
        if (rank == 0 && dim == 0) { throw NoDimensions(0, weight); }
        if (kept < 0 || kept >= rank)
        {
            int most = Math.Max(rank, 1);
            throw new TorchArgumentException(nameof(dim), dim, rank == 0 ? "None" : $"−{rank} to {rank - 1}, or None", "IndexError",
                $"Dimension out of range (expected to be in range of [-{most}, {most - 1}], but got {dim})");
        }
        // Torch reshapes to (rows, −1), or (−1, columns) for the last dimension; with 0 of them the −1 is ambiguous.
        if (weight.Shape[kept] == 0) { throw Ambiguous(weight, dim == rank - 1 && dim != 0 ? "[-1, 0]" : "[0, -1]"); }
        return (new(g, [.. weight.Shape.Select((size, at) => at == kept ? size : 1)], DType: weight.DType), new(g, v, kept));
    }

    static TorchArgumentException NoDimensions(int dim, ParameterSpec weight)
        => new("name", weight.Name, "a tensor of 1 dimension or more", "IndexError",
            $"Dimension specified as {dim} but tensor has no dimensions");
}
