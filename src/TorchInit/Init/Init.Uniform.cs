namespace TorchInit;

/// <summary>
/// <c>torch.nn.init</c> on spans: each function fills a row-major weight with the values of torch's function of that name for the
/// generator's state and profile. Elements may be float, double, <see cref="Half"/> or <see cref="BFloat16"/>.
/// </summary>
public static partial class Init
{
    /// <summary>Uniform: fills <paramref name="tensor"/> from U[from, to): x = u · (to − from) + from with u a multiple of 2⁻²⁴ (float32)
    /// or 2⁻⁵³ (float64).</summary>
    /// <typeparam name="T">float, double, <see cref="Half"/> or <see cref="BFloat16"/>.</typeparam>
    /// <param name="tensor">All elements are overwritten.</param>
    /// <param name="generator">Advanced by one 32-bit draw per element, two for double.</param>
    /// <param name="from">Lower bound; finite in <typeparamref name="T"/>.</param>
    /// <param name="to">Upper bound, at least <paramref name="from"/>.</param>
    /// <exception cref="TorchArgumentException">A bound is not finite in <typeparamref name="T"/>, from &gt; to, or to − from overflows
    /// (RuntimeError); or <typeparamref name="T"/> is an integer type or bool (RuntimeError; since 2.8 NotImplementedError).</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is the type of no <see cref="DType"/>.</exception>
    /// <remarks>Same bits as <c>torch.nn.init.uniform_</c> and <c>Tensor.uniform_</c> on a contiguous CPU tensor, for the generator's
    /// profile.</remarks>
    public static void Uniform<T>(Span<T> tensor, Generator generator, double from = 0, double to = 1)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(generator);
        UniformFill.Fill(tensor, from, to, generator);
    }
}
