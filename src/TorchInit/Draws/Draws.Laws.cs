namespace TorchInit;

public static partial class Draws
{
    /// <summary><c>Tensor.exponential_</c>: −ln(1 − u) / lambda for a double u in [0, 1).</summary>
    /// <typeparam name="T">float, double, <see cref="Half"/> or <see cref="BFloat16"/>.</typeparam>
    /// <param name="tensor">All elements are overwritten.</param>
    /// <param name="generator">Advanced by two words per element, whatever the type.</param>
    /// <param name="lambda">The rate, above 0.</param>
    /// <exception cref="TorchArgumentException"><paramref name="lambda"/> is 0 or less, or <typeparamref name="T"/> is an integer type or
    /// bool (RuntimeError; since 2.8 for the type NotImplementedError); an empty span of those is accepted since 2.6.</exception>
    /// <exception cref="NotFollowedException">The profile is an official x86-64 wheel of 2.1 to 2.9, where MKL may draw.</exception>
    public static void Exponential<T>(Span<T> tensor, Generator generator, double lambda = 1)
        where T : unmanaged
        => Fill(tensor, Rule(generator, "exponential_", ExponentialRule.Instance, lambda), generator);

    /// <summary><c>Tensor.log_normal_</c>: exp(std·z + mean) for standard normals z, drawn in pairs like those of a small normal
    /// fill.</summary>
    /// <typeparam name="T">float, double, <see cref="Half"/> or <see cref="BFloat16"/>.</typeparam>
    /// <param name="tensor">All elements are overwritten.</param>
    /// <param name="generator">Advanced by four words per pair; uses and leaves a cached normal.</param>
    /// <param name="mean">Mean of the logarithm.</param>
    /// <param name="std">Standard deviation of the logarithm, above 0.</param>
    /// <exception cref="TorchArgumentException"><paramref name="std"/> is 0 or less, or <typeparamref name="T"/> is an integer type or
    /// bool (RuntimeError; since 2.8 for the type NotImplementedError); an empty span of those is accepted since 2.6.</exception>
    public static void LogNormal<T>(Span<T> tensor, Generator generator, double mean = 1, double std = 2)
        where T : unmanaged
        => Fill(tensor, Rule(generator, "log_normal_", LogNormalRule.Instance, mean, std), generator);

    /// <summary><c>Tensor.cauchy_</c>: median + sigma·tan(π·(u − ½)) for a double u in [0, 1).</summary>
    /// <typeparam name="T">float, double, <see cref="Half"/> or <see cref="BFloat16"/>.</typeparam>
    /// <param name="tensor">All elements are overwritten.</param>
    /// <param name="generator">Advanced by two words per element, whatever the type.</param>
    /// <param name="median">The median.</param>
    /// <param name="sigma">Half the interquartile range; above 0 since torch 2.1.</param>
    /// <exception cref="TorchArgumentException">torch refuses <paramref name="sigma"/>, or <typeparamref name="T"/> is an integer type or
    /// bool (RuntimeError; since 2.8 for the type NotImplementedError); an empty span of those is accepted since 2.6.</exception>
    public static void Cauchy<T>(Span<T> tensor, Generator generator, double median = 0, double sigma = 1)
        where T : unmanaged
        => Fill(tensor, Rule(generator, "cauchy_", CauchyRule.Instance, median, sigma), generator);

    /// <summary><c>Tensor.geometric_</c>: ⌈ln u / ln(1 − p)⌉, the number of trials until the first success.</summary>
    /// <typeparam name="T">The .NET type of any <see cref="DType"/> but bool.</typeparam>
    /// <param name="tensor">All elements are overwritten.</param>
    /// <param name="generator">Advanced by two words per element, whatever the type.</param>
    /// <param name="p">The probability of success, above 0 and below 1.</param>
    /// <exception cref="TorchArgumentException"><paramref name="p"/> is outside (0, 1), or <typeparamref name="T"/> is bool
    /// (RuntimeError).</exception>
    public static void Geometric<T>(Span<T> tensor, Generator generator, double p)
        where T : unmanaged
        => Fill(tensor, Rule(generator, "geometric_", GeometricRule.Instance, p), generator);

    /// <summary><c>torch.normal(mean, std)</c> with one mean per element: 0 + std·z, then + mean, each rounded to the type.</summary>
    /// <typeparam name="T">float, double, <see cref="Half"/> or <see cref="BFloat16"/>.</typeparam>
    /// <param name="tensor">All elements are overwritten.</param>
    /// <param name="mean">One per element of <paramref name="tensor"/>.</param>
    /// <param name="generator">Advanced as by <see cref="Init.Normal"/>.</param>
    /// <param name="std">The same for all elements, 0 or more.</param>
    /// <exception cref="TorchArgumentException"><paramref name="std"/> is negative or NaN (RuntimeError).</exception>
    /// <exception cref="ArgumentException"><paramref name="mean"/> and <paramref name="tensor"/> differ in length.</exception>
    public static void Normal<T>(Span<T> tensor, ReadOnlySpan<T> mean, Generator generator, double std = 1)
        where T : unmanaged
    {
        CheckLength(nameof(mean), mean.Length, tensor.Length);
        Init.Normal(tensor, generator, 0, std);
        ElementMath.Add(tensor, mean);
    }

    /// <summary><c>torch.normal(mean, std)</c> with one mean and one standard deviation per element: z·std, then + mean, each rounded to
    /// the type.</summary>
    /// <typeparam name="T">float, double, <see cref="Half"/> or <see cref="BFloat16"/>.</typeparam>
    /// <param name="tensor">All elements are overwritten.</param>
    /// <param name="mean">One per element of <paramref name="tensor"/>, or one for all.</param>
    /// <param name="std">One per element of <paramref name="tensor"/>, each 0 or more.</param>
    /// <param name="generator">Advanced as by <see cref="Init.Normal"/>.</param>
    /// <exception cref="TorchArgumentException">An element of <paramref name="std"/> is negative or NaN (RuntimeError).</exception>
    /// <exception cref="ArgumentException"><paramref name="mean"/> or <paramref name="std"/> has another length.</exception>
    public static void Normal<T>(Span<T> tensor, ReadOnlySpan<T> mean, ReadOnlySpan<T> std, Generator generator)
        where T : unmanaged
    {
        if (mean.Length != 1) { CheckLength(nameof(mean), mean.Length, tensor.Length); }
        CheckLength(nameof(std), std.Length, tensor.Length);
        ElementMath.CheckStd(std);
        Init.Normal(tensor, generator);
        ElementMath.Multiply(tensor, std);
        if (mean.Length == tensor.Length) { ElementMath.Add(tensor, mean); }
        else { ElementMath.Add(tensor, mean[0]); }
    }

    static void CheckLength(string name, int actual, int expected)
    {
        if (actual != expected)
        {
            throw new ArgumentException($"{name} has {actual} elements; allowed: {expected}, the length of the tensor.", name);
        }
    }
}
