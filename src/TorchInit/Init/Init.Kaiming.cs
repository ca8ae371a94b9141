namespace TorchInit;

public static partial class Init
{
    /// <summary>Kaiming (He) uniform: fills <paramref name="weight"/> from U(−bound, bound), bound = gain · √(3 / fan).</summary>
    /// <typeparam name="T">float, double, <see cref="Half"/> or <see cref="BFloat16"/>.</typeparam>
    /// <param name="weight">The elements, row-major; all are overwritten.</param>
    /// <param name="shape">(out, in, *kernel): 2 or more sizes whose product is the length of <paramref name="weight"/>.</param>
    /// <param name="generator">Advanced by one 32-bit draw per element, two for double.</param>
    /// <param name="a">Negative slope of the leaky ReLU after this layer, a ratio; no other nonlinearity uses it.</param>
    /// <param name="mode">The fan that divides; <see cref="FanMode.FanIn"/> keeps the forward variance.</param>
    /// <param name="nonlinearity">What follows this layer; it sets the gain.</param>
    /// <exception cref="TorchArgumentException"><paramref name="shape"/> has fewer than 2 sizes (ValueError).</exception>
    /// <remarks>
    /// Same bits as <c>torch.nn.init.kaiming_uniform_</c>. A weight without elements is left unchanged, with torch's warning. torch's
    /// layers use a = √5, which gives U(±1/√fan_in). Source: He et al. 2015, arXiv:1502.01852, section 2.2.
    /// </remarks>
    public static void KaimingUniform<T>(Span<T> weight, ReadOnlySpan<long> shape, Generator generator,
        double a = 0, FanMode mode = FanMode.FanIn, Nonlinearity nonlinearity = Nonlinearity.LeakyReLU)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(generator);
        CheckCount(shape, weight.Length, nameof(weight));
        if (WarnIfEmpty(shape)) { return; }
        double bound = KaimingBound(shape, a, mode, nonlinearity);
        try { Uniform(weight, generator, -bound, bound); }
        catch (TorchArgumentException error) when (error.ParamName is "from" or "to") { throw error.Through(nameof(a)); }
    }

    /// <summary>Kaiming (He) normal: fills <paramref name="weight"/> from N(0, std²), std = gain / √fan.</summary>
    /// <typeparam name="T">float, double, <see cref="Half"/> or <see cref="BFloat16"/>.</typeparam>
    /// <param name="weight">The elements, row-major; all are overwritten.</param>
    /// <param name="shape">(out, in, *kernel): 2 or more sizes whose product is the length of <paramref name="weight"/>.</param>
    /// <param name="generator">Advanced as by <see cref="Normal{T}"/>.</param>
    /// <param name="a">Negative slope of the leaky ReLU after this layer, a ratio; no other nonlinearity uses it.</param>
    /// <param name="mode">The fan that divides; <see cref="FanMode.FanIn"/> keeps the forward variance.</param>
    /// <param name="nonlinearity">What follows this layer; it sets the gain.</param>
    /// <exception cref="TorchArgumentException"><paramref name="shape"/> has fewer than 2 sizes (ValueError).</exception>
    /// <remarks>Same bits as <c>torch.nn.init.kaiming_normal_</c>. A weight without elements is left unchanged, with torch's warning.
    /// Source: He et al. 2015, arXiv:1502.01852, section 2.2.</remarks>
    public static void KaimingNormal<T>(Span<T> weight, ReadOnlySpan<long> shape, Generator generator,
        double a = 0, FanMode mode = FanMode.FanIn, Nonlinearity nonlinearity = Nonlinearity.LeakyReLU)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(generator);
        CheckCount(shape, weight.Length, nameof(weight));
        if (WarnIfEmpty(shape)) { return; }
        double std = KaimingStd(shape, a, mode, nonlinearity);
        try { Normal(weight, generator, 0, std); }
        catch (TorchArgumentException error) when (error.ParamName == nameof(std)) { throw error.Through(nameof(a)); }
    }
}
