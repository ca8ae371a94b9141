namespace TorchInit;

public static partial class Modules
{
    /// <summary><c>utils.spectral_norm</c>: weight_orig, and the buffers weight_u and weight_v: normal draws divided by their
    /// norms.</summary>
    /// <param name="module">Owns a parameter called <paramref name="name"/>; drawn first.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="eps">The smallest divisor.</param>
    /// <param name="dim">The dimension that becomes the rows, u's length; null for 1 on transposed convolutions, else 0.</param>
    /// <exception cref="TorchArgumentException">There is no such parameter or dimension, it has no elements, or it already has a
    /// spectral_norm.</exception>
    /// <remarks>Draws u, then v. The draws are torch's; the last bits of u and v depend on how torch vectorises its sums
    /// (docs/compatibility.md).</remarks>
    public static InitPlan SpectralNorm(InitPlan module, string name = "weight", double eps = 1e-12, int? dim = null)
        => SpectralNorm(module, name, nPowerIterations: 1, eps, dim);

    /// <summary><c>parametrizations.spectral_norm</c>: as <see cref="SpectralNorm(InitPlan, string, double, int?)"/>, with power iterations
    /// at construction; a vector gets no buffers.</summary>
    /// <param name="module">Owns a parameter or buffer called <paramref name="name"/>; drawn first. If that is already parametrized, it is
    /// computed first.</param>
    /// <param name="name">The parameter or buffer.</param>
    /// <param name="nPowerIterations">Above 0. Construction runs 15 iterations, then this many, because registering computes the weight
    /// once.</param>
    /// <param name="eps">The smallest divisor.</param>
    /// <param name="dim">The dimension that becomes the rows, u's length; negative counts from the end; null for 1 on transposed
    /// convolutions, else 0.</param>
    /// <exception cref="TorchArgumentException">There is no such tensor or dimension, or <paramref name="nPowerIterations"/> is not
    /// positive (ValueError).</exception>
    /// <exception cref="ArgumentException"><paramref name="nPowerIterations"/> is above 2³¹ − 16.</exception>
    /// <remarks>Draws u, then v. The draws are torch's; the products come from torch's BLAS, so the last bits depend on that library
    /// (docs/compatibility.md).</remarks>
    public static InitPlan ParametrizedSpectralNorm(InitPlan module, string name = "weight", int nPowerIterations = 1, double eps = 1e-12,
        int? dim = null)
        => ParametrizedSpectralNorm(module, name, nPowerIterations, eps, dim, nameof(nPowerIterations));

    /// <param name="module">Owns the tensor.</param>
    /// <param name="name">The parameter or buffer.</param>
    /// <param name="nPowerIterations">Above 0.</param>
    /// <param name="eps">The smallest divisor.</param>
    /// <param name="dim">The dimension that becomes the rows.</param>
    /// <param name="iterations">What the caller calls <paramref name="nPowerIterations"/>.</param>
    internal static InitPlan ParametrizedSpectralNorm(InitPlan module, string name, int nPowerIterations, double eps, int? dim,
        string iterations)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(name);
        ModuleEntry entry = ModuleEntries.Of(module, name);
        if (entry == ModuleEntry.Parametrized) { CheckComputes(module, name); }
        if (entry is ModuleEntry.Missing or ModuleEntry.Attribute or ModuleEntry.NoParameter or ModuleEntry.NoBuffer)
        {
            throw NotOfModule(module, name, "has no parameter or buffer with name");
        }
        // A tensor that has no shape yet counts as a vector until its shape is read.
        bool isShapeless = entry is ModuleEntry.UninitializedParameter or ModuleEntry.UninitializedBuffer;
        ParameterSpec weight = isShapeless ? new(name, [0]) : Source(module, name);
        int rank = weight.Shape.Count;
        int rows = dim ?? RowsOf(module);
        if (rows < -rank || rows >= rank)
        {
            string allowed = rank == 0 ? "none: the tensor has no dimensions" : $"−{rank} to {rank - 1}";
            throw new TorchArgumentException(nameof(dim), rows, allowed, "IndexError",
                $"Dimension out of range (expected to be in range of [-{rank}, {rank - 1}] but got {rows})");
        }
        CheckIterations(nPowerIterations, iterations);
        if (isShapeless) { throw WithoutShape(name); }
        if (entry == ModuleEntry.Tensor)
        {
            throw NotOfModule(module, name, "does not have a parameter, a buffer, or a parametrized element with name");
        }
        Parametrization registered = new(name, IsWeightNorm: false, rows < 0 ? rows + rank : rows, nPowerIterations, eps);
        string title = SpectralTitle("parametrizations.spectral_norm", module, name, nPowerIterations, eps, dim);
        return entry == ModuleEntry.Parametrized
            ? SpectralOnTop(module, registered, weight, title)
            : SpectralFirst(module, registered, weight, title);
    }

    /// <summary>Only the constructor checks n_power_iterations; no iteration runs before the first forward.</summary>
    internal static InitPlan SpectralNorm(InitPlan module, string name, int nPowerIterations, double eps, int? dim)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(name);
        if (module.Facts.Hooks.Contains(("spectral_norm", name))) { throw HookedTwice(name, "spectral_norm"); }
        CheckIterations(nPowerIterations, "n_power_iterations");
        switch (ModuleEntries.Of(module, name))
        {
            case ModuleEntry.Parameter: break;
            case ModuleEntry.UninitializedParameter: throw Uninitialized(name, "SpectralNorm", "spectral");
            case ModuleEntry.NoParameter:
                throw TorchArgumentException.ValueError(nameof(name), name, ParametersOf(module),
                    $"`SpectralNorm` cannot be applied as parameter `{name}` is None");
            default: throw NoKey(module, name);
        }
        ParameterSpec weight = module[name];
        int rank = weight.Shape.Count;
        int rows = dim ?? RowsOf(module);
        if (rows != 0 && (rows < 0 || rows >= rank))
        {
            throw TorchArgumentException.RuntimeError(nameof(dim), rows, $"0 to {Math.Max(0, rank - 1)}",
                "permute(sparse_coo): number of dimensions in the tensor input does not match"
                + $" the length of the desired ordering of dimensions i.e. input.dim() = {rank} is not equal to len(dims) = {rank + 1}");
        }
        if (rank == 0) { throw NoDimensions(0, weight); }
        if (weight.Shape[rows] == 0) { throw Ambiguous(weight, "[0, -1]"); }
        (ParameterSpec u, ParameterSpec v) = Vectors(weight, rows, $"{name}_u", $"{name}_v");
        return Hooked(module, name, $"{name}_orig", [weight with { Name = $"{name}_orig" }], [u, v],
            [new NormalStep(u.Name, 0, 1), new NormalizeStep(u.Name, eps), new NormalStep(v.Name, 0, 1), new NormalizeStep(v.Name, eps)],
            "spectral_norm", SpectralTitle("utils.spectral_norm", module, name, nPowerIterations, eps, dim));
    }

    static string SpectralTitle(string wrapper, InitPlan module, string name, int nPowerIterations, double eps, int? dim)
        => Title(wrapper, module.Title, Unless(name == "weight", $"name='{name}'"),
            Unless(nPowerIterations == 1, $"n_power_iterations={nPowerIterations}"),
            Unless(eps == 1e-12, $"eps={Text(eps)}"), Unless(dim is null, $"dim={dim}"));

    /// <summary>The rows of a transposed convolution's weight are its second dimension.</summary>
    static int RowsOf(InitPlan module) => module.TorchClass.StartsWith("ConvTranspose", StringComparison.Ordinal)
        || module.TorchClass.StartsWith("LazyConvTranspose", StringComparison.Ordinal) ? 1 : 0;

    /// <summary>Refuses what torch refuses, and more iterations than anybody could wait for.</summary>
    /// <param name="iterations">The number, as the caller wrote it.</param>
    /// <param name="argument">Its name, as the caller wrote it.</param>
    internal static int CheckIterations(long iterations, string argument)
    {
        const int Most = int.MaxValue - FirstIterations;
        if (iterations <= 0)
        {
            throw TorchArgumentException.ValueError(argument, iterations, "above 0",
                $"Expected n_power_iterations to be positive, but got n_power_iterations={iterations}");
        }
        return iterations <= Most ? (int)iterations
            : throw new ArgumentException($"{argument} is {iterations}; allowed: at most {Most}.", argument);
    }

    static (ParameterSpec U, ParameterSpec V) Vectors(ParameterSpec weight, int rows, string u, string v)
    {
        long columns = TensorShape.CountOrThrow([.. weight.Shape.Where((_, at) => at != rows)]);
        return (new(u, [weight.Shape[rows]], ParameterKind.Buffer, weight.DType),
            new(v, [columns], ParameterKind.Buffer, weight.DType));
    }
}
