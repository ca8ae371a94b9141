namespace TorchInit;

public static partial class Init
{
    /// <summary>Xavier (Glorot) uniform: fills <paramref name="weight"/> from U(−bound, bound), bound = gain · √(6 / (fan_in +
    /// fan_out)).</summary>
    /// <typeparam name="T">float, double, <see cref="Half"/> or <see cref="BFloat16"/>.</typeparam>
    /// <param name="weight">The elements, row-major; all are overwritten.</param>
    /// <param name="shape">(out, in, *kernel): 2 or more sizes whose product is the length of <paramref name="weight"/>.</param>
    /// <param name="generator">Advanced by one 32-bit draw per element, two for double.</param>
    /// <param name="gain">Factor on the bound, 0 or more.</param>
    /// <exception cref="TorchArgumentException">Fewer than 2 sizes (ValueError), both fans 0 (ZeroDivisionError), a negative or NaN gain
    /// (RuntimeError).</exception>
    /// <remarks>Same bits as <c>torch.nn.init.xavier_uniform_</c>. Source: Glorot and Bengio 2010, equation 16.</remarks>
    public static void XavierUniform<T>(Span<T> weight, ReadOnlySpan<long> shape, Generator generator, double gain = 1)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(generator);
        CheckCount(shape, weight.Length, nameof(weight));
        double bound = XavierBound(shape, gain);
        try { Uniform(weight, generator, -bound, bound); }
        catch (TorchArgumentException error) when (error.ParamName is "from" or "to") { throw error.Through(nameof(gain)); }
    }

    /// <summary>Xavier (Glorot) normal: fills <paramref name="weight"/> from N(0, std²), std = gain · √(2 / (fan_in + fan_out)).</summary>
    /// <typeparam name="T">float, double, <see cref="Half"/> or <see cref="BFloat16"/>.</typeparam>
    /// <param name="weight">The elements, row-major; all are overwritten.</param>
    /// <param name="shape">(out, in, *kernel): 2 or more sizes whose product is the length of <paramref name="weight"/>.</param>
    /// <param name="generator">Advanced as by <see cref="Normal{T}"/>.</param>
    /// <param name="gain">Factor on the standard deviation, 0 or more.</param>
    /// <exception cref="TorchArgumentException">Fewer than 2 sizes (ValueError), both fans 0 (ZeroDivisionError), a negative or NaN gain
    /// (RuntimeError).</exception>
    /// <remarks>Same bits as <c>torch.nn.init.xavier_normal_</c>. Source: Glorot and Bengio 2010, equation 12.</remarks>
    public static void XavierNormal<T>(Span<T> weight, ReadOnlySpan<long> shape, Generator generator, double gain = 1)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(generator);
        CheckCount(shape, weight.Length, nameof(weight));
        double std = XavierStd(shape, gain);
        try { Normal(weight, generator, 0, std); }
        catch (TorchArgumentException error) when (error.ParamName == nameof(std)) { throw error.Through(nameof(gain)); }
    }
}
