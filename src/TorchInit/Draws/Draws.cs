namespace TorchInit;

/// <summary>
/// What torch draws besides initial weights, on spans: each function gives the values of torch's function of that name for the generator's
/// state and profile, and leaves the generator where torch leaves it. docs/draws.md says how many words each draw takes on a CPU,
/// docs/cuda.md which draws work on a GPU; there the others throw <see cref="NotFollowedException"/>. A span of a .NET type that no
/// <see cref="DType"/> has throws <see cref="NotSupportedException"/>.
/// </summary>
public static partial class Draws
{
    /// <summary><c>torch.rand</c>: uniform in [0, 1), multiples of 2⁻²⁴ (float32) or 2⁻⁵³ (float64).</summary>
    /// <typeparam name="T">float, double, <see cref="Half"/> or <see cref="BFloat16"/>.</typeparam>
    /// <param name="tensor">All elements are overwritten.</param>
    /// <param name="generator">Advanced by one 32-bit word per element, two for double.</param>
    /// <exception cref="TorchArgumentException"><typeparamref name="T"/> is an integer type or bool.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is the type of no <see cref="DType"/>.</exception>
    public static void Rand<T>(Span<T> tensor, Generator generator)
        where T : unmanaged
        => Init.Uniform(tensor, generator);

    /// <summary><c>torch.randn</c>: standard normals by Box–Muller.</summary>
    /// <typeparam name="T">float, double, <see cref="Half"/> or <see cref="BFloat16"/>.</typeparam>
    /// <param name="tensor">All elements are overwritten.</param>
    /// <param name="generator">Advanced as by <see cref="Init.Normal"/>.</param>
    /// <exception cref="TorchArgumentException"><typeparamref name="T"/> is an integer type or bool.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is the type of no <see cref="DType"/>.</exception>
    public static void Randn<T>(Span<T> tensor, Generator generator)
        where T : unmanaged
        => Init.Normal(tensor, generator);

    /// <summary><c>torch.randperm</c>: the integers 0 to n − 1 in random order.</summary>
    /// <param name="permutation">n elements; all are overwritten.</param>
    /// <param name="generator">Advanced by n − 1 words.</param>
    /// <exception cref="ArgumentException">n is 214748364 or more; torch's order was not measured there.</exception>
    public static void RandPerm(Span<long> permutation, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        TorchInit.RandPerm.Fill(permutation, generator);
    }

    /// <summary>Draws all of a tensor from the generator's position.</summary>
    static void Fill<T>(Span<T> tensor, ElementFill fill, Generator generator)
        where T : unmanaged
    {
        TorchProfile profile = generator.Profile;
        try { fill.Check<T>(profile); }
        catch (TorchArgumentException refused)
            when (tensor.IsEmpty && refused.ParamName == "dtype" && profile.Gpu is null && profile.Has(2, 6))
        {
            return;        // torch leaves an empty tensor before it looks for a kernel: measured in 2.6; 1.13 looks first
        }
        fill.Draw(tensor, new(generator.Position, 0, new(tensor.Length)), generator);
    }

    /// <summary>The generator's device's version of a CPU draw.</summary>
    static ElementFill Rule(Generator generator, string name, FillRule rule, double a = 0, double b = 0)
    {
        ArgumentNullException.ThrowIfNull(generator);
        return generator.Profile.Fills.Draw(name, rule, a, b);
    }
}
