namespace TorchInit;

/// <summary>parametrizations.spectral_norm as a tensor's first parametrization, and on top of others, which are computed first.</summary>
public static partial class Modules
{
    /// <summary>Power iterations of the constructor, before any access.</summary>
    const int FirstIterations = 15;

    static InitPlan SpectralFirst(InitPlan module, Parametrization registered, ParameterSpec weight, string title)
    {
        string original = $"parametrizations.{registered.Name}.original";
        if (weight.Shape.Count == 1)
        {
            // Registering computes the normalised vector once and discards it.
            ParameterSpec computed = Computed(weight, registered.Name);
            return Parametrized(module, registered, original, [weight with { Name = original }, computed],
                [new CopyStep(computed.Name, original), new NormalizeStep(computed.Name, registered.Epsilon)], title);
        }
        (ParameterSpec u, ParameterSpec v) = Vectors(weight, registered.Dim, $"parametrizations.{registered.Name}.0._u",
            $"parametrizations.{registered.Name}.0._v");
        return Parametrized(module, registered, original, [weight with { Name = original }, u, v],
        [
            .. NormalisedNormals(u, v, registered.Epsilon),
            Iterate(u, v, original, registered, checked(FirstIterations + registered.Iterations)),
        ], title);
    }

    /// <summary>
    /// Torch computes the weight twice, each time after one round of every earlier parametrization: the new one is initialised from the
    /// first value and tried on the second.
    /// </summary>
    static InitPlan SpectralOnTop(InitPlan module, Parametrization registered, ParameterSpec weight, string title)
    {
        if (weight.Shape.Count == 1) { return Parametrized(module, registered, registered.Name, [], [], title); }
        int index = module.Facts.ParametrizationsOf(registered.Name).Length;
        ParameterSpec computed = Computed(weight, $"{registered.Name}.{index}");
        (ParameterSpec u, ParameterSpec v) = Vectors(weight, registered.Dim, $"parametrizations.{registered.Name}.{index}._u",
            $"parametrizations.{registered.Name}.{index}._v");
        return Parametrized(module, registered, registered.Name, [u, v, computed],
        [
            .. Compute(module, registered.Name, computed.Name),
            .. NormalisedNormals(u, v, registered.Epsilon), Iterate(u, v, computed.Name, registered, FirstIterations),
            .. Compute(module, registered.Name, computed.Name), Iterate(u, v, computed.Name, registered, registered.Iterations),
        ], title);
    }

    /// <summary>Refuses what torch cannot compute: a weight_norm that is not the first parametrization gets one tensor where it needs
    /// two.</summary>
    static void CheckComputes(InitPlan module, string name)
    {
        Parametrization[] chain = module.Facts.ParametrizationsOf(name);
        if (chain[0].IsWeightNorm && Source(module, name) is { Shape.Count: 0 } scalar) { throw NoDimensions(chain[0].Dim, scalar); }
        if (chain.Skip(1).Any(later => later.IsWeightNorm))
        {
            throw new TorchArgumentException(nameof(name), name, "a tensor whose weight_norm is its first parametrization", "TypeError",
                "_WeightNorm.forward() missing 1 required positional argument: 'weight_v'");
        }
    }

    /// <summary>The tensor of the plan that has the shape of <paramref name="name"/>: the tensor itself, or what a parametrization or hook
    /// replaced it with.</summary>
    static ParameterSpec Source(InitPlan module, string name)
    {
        string[] names = [name, $"parametrizations.{name}.original", $"parametrizations.{name}.original1"];
        return module.Tensors.FirstOrDefault(tensor => names.Contains(tensor.Name))
            ?? Source(module, module.Facts.Hooks.Contains(("spectral_norm", name)) ? $"{name}_orig" : $"{name}_v");
    }

    static ParameterSpec Computed(ParameterSpec weight, string name)
        => new($"parametrizations.{name}.computed", weight.Shape, ParameterKind.Scratch, weight.DType);

    /// <summary>The steps of one access: they write the value of a parametrized tensor into another; every spectral_norm updates its u and
    /// v.</summary>
    static IEnumerable<InitStep> Compute(InitPlan module, string name, string into)
    {
        string prefix = $"parametrizations.{name}.";
        Parametrization[] chain = module.Facts.ParametrizationsOf(name);
        yield return chain[0].IsWeightNorm
            ? new WeightNormStep(into, $"{prefix}original0", $"{prefix}original1", chain[0].Dim)
            : new CopyStep(into, $"{prefix}original");
        for (int i = 0; i < chain.Length; i++)
        {
            if (chain[i].IsWeightNorm) { continue; }
            (string u, string v) = ($"{prefix}{i}._u", $"{prefix}{i}._v");
            yield return new PowerIterationStep(u, v, into, chain[i].Dim, chain[i].Iterations, chain[i].Epsilon);
            yield return new SpectralScaleStep(into, u, v, chain[i].Dim);
        }
    }

    static InitStep[] NormalisedNormals(ParameterSpec u, ParameterSpec v, double eps)
        => [new NormalStep(u.Name, 0, 1), new NormalStep(v.Name, 0, 1), new NormalizeStep(u.Name, eps), new NormalizeStep(v.Name, eps)];

    static PowerIterationStep Iterate(ParameterSpec u, ParameterSpec v, string weight, Parametrization registered, int iterations)
        => new(u.Name, v.Name, weight, registered.Dim, iterations, registered.Epsilon);
}
