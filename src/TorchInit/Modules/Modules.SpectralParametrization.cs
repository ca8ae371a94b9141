namespace TorchInit;

/// <summary>parametrizations.spectral_norm as the first of a tensor, and on top of others, which it computes first.</summary>
public static partial class Modules
{
    /// <summary>Rounds that the constructor runs before any access.</summary>
    const int FirstIterations = 15;

    static InitPlan SpectralFirst(InitPlan module, Parametrization registered, ParameterSpec weight, string title)
    {
        string original = $"parametrizations.{registered.Name}.original";
        if (weight.Shape.Count == 1)
        {
            // Registering computes the normalised vector once and throws it away.
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
    /// Torch computes the weight twice, each time with a round of every parametrization before: the new one starts from the first value,
    /// and is tried on the second.
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

    /// <summary>Refuses to compute what torch cannot: a weight_norm that is not the first gets one tensor where it needs two.</summary>
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

    /// <summary>The tensor of the plan that has the shape of <paramref name="name"/>: itself, or what a parametrization or a hook made of
    /// it.</summary>
    static ParameterSpec Source(InitPlan module, string name)
    {
        string[] names = [name, $"parametrizations.{name}.original", $"parametrizations.{name}.original1"];
        return module.Tensors.FirstOrDefault(tensor => names.Contains(tensor.Name))
            ?? Source(module, module.Facts.Hooks.Contains(("spectral_norm", name)) ? $"{name}_orig" : $"{name}_v");
    }

    static ParameterSpec Computed(ParameterSpec weight, string name)
        => new($"parametrizations.{name}.computed", weight.Shape, ParameterKind.Scratch, weight.DType);

    /// <summary>The steps of an access: the value of a parametrized tensor, into another; u and v of every spectral_norm take their
    /// rounds.</summary>
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
