namespace TorchInit;

public static partial class Modules
{
    /// <summary><c>utils.spectral_norm</c>: weight_orig, and buffers weight_u and weight_v, normals divided by their norms.</summary>
    /// <param name="module">Has a parameter called <paramref name="name"/>; drawn first.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="eps">Smallest divisor.</param>
    /// <param name="dim">The dimension that becomes rows: u's length; null for 1 on transposed convolutions, else 0.</param>
    /// <exception cref="ArgumentException">There is no such parameter or dimension.</exception>
    /// <remarks>Draws u, then v. The draws are torch's; the last bits of u and v depend on how its sums are vectorised (docs/compatibility.md).</remarks>
    public static InitPlan SpectralNorm(InitPlan module, string name = "weight", double eps = 1e-12, int? dim = null)
        => Spectral(module, name, eps, dim, $"{name}_orig", $"{name}_u", $"{name}_v", iterations: 0, "utils.spectral_norm");

    /// <summary><c>parametrizations.spectral_norm</c>: as <see cref="SpectralNorm"/>, with power iterations at construction; a vector gets no buffers.</summary>
    /// <param name="module">Has a parameter called <paramref name="name"/>; drawn first.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="nPowerIterations">Above 0: 15 iterations, then this many more, because registering computes the weight once.</param>
    /// <param name="eps">Smallest divisor.</param>
    /// <param name="dim">The dimension that becomes rows: u's length; null for 1 on transposed convolutions, else 0.</param>
    /// <exception cref="ArgumentException">There is no such parameter or dimension, or no iteration (ValueError).</exception>
    /// <remarks>Draws u, then v. The draws are torch's; its products come from BLAS, so the last bits are the library's own (docs/compatibility.md).</remarks>
    public static InitPlan ParametrizedSpectralNorm(InitPlan module, string name = "weight", int nPowerIterations = 1, double eps = 1e-12, int? dim = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        if (nPowerIterations <= 0)
        {
            throw TorchArgumentException.ValueError(nameof(nPowerIterations), nPowerIterations, "above 0", $"Expected n_power_iterations to be positive, but got n_power_iterations={nPowerIterations}");
        }
        string original = $"parametrizations.{name}.original";
        // Registering computes the normalised vector once and throws it away.
        ParameterSpec scratch = new($"parametrizations.{name}.computed", Wrapped(module, name, "ValueError").Shape, ParameterKind.Scratch);
        return scratch.Shape.Count == 1
            ? Reparametrize(module, name, original, [], [scratch], [new CopyStep(scratch.Name, original), new NormalizeStep(scratch.Name, eps)], Title("parametrizations.spectral_norm", module.Title))
            : Spectral(module, name, eps, dim, original, $"parametrizations.{name}.0._u", $"parametrizations.{name}.0._v", iterations: checked(15 + nPowerIterations), "parametrizations.spectral_norm");
    }

    static InitPlan Spectral(InitPlan module, string name, double eps, int? dim, string original, string u, string v, int iterations, string title)
    {
        ArgumentNullException.ThrowIfNull(module);
        ParameterSpec weight = Wrapped(module, name, "KeyError");
        int rows = dim ?? (module.Title.StartsWith("ConvTranspose", StringComparison.Ordinal) ? 1 : 0);
        if (rows < 0 || rows >= weight.Shape.Count)
        {
            throw TorchArgumentException.RuntimeError(nameof(dim), rows, $"0 to {weight.Shape.Count - 1}, the dimensions of {weight}", "permute: number of dimensions in the tensor input does not match the length of the desired ordering of dimensions");
        }
        long height = weight.Shape[rows];
        long width = height == 0 ? 0 : weight.Count / height;
        List<InitStep> steps = iterations == 0
            ? [new NormalStep(u, 0, 1), new NormalizeStep(u, eps), new NormalStep(v, 0, 1), new NormalizeStep(v, eps)]
            : [new NormalStep(u, 0, 1), new NormalStep(v, 0, 1), new NormalizeStep(u, eps), new NormalizeStep(v, eps), new PowerIterationStep(u, v, original, rows, iterations, eps)];
        return Reparametrize(module, name, original, [], [new(u, [height], ParameterKind.Buffer), new(v, [width], ParameterKind.Buffer)], [.. steps],
            Title(title, module.Title, Unless(name == "weight", $"name='{name}'"), Unless(eps == 1e-12, $"eps={Text(eps)}"), Unless(dim is null, $"dim={dim}")));
    }
}
