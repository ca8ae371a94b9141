namespace TorchInit;

public static partial class Init
{
    /// <summary>Truncated normal: N(mean, std²) restricted to [a, b]; mean + std·√2·erf⁻¹(U) up to torch 2.11, rejection since
    /// 2.12.</summary>
    /// <typeparam name="T">float, double, <see cref="Half"/> or <see cref="BFloat16"/>.</typeparam>
    /// <param name="tensor">All elements are overwritten.</param>
    /// <param name="generator">Up to 2.11 advanced as by <see cref="Uniform{T}"/>; since 2.12 by whole fills until every element is
    /// inside.</param>
    /// <param name="mean">Mean of the normal before truncation.</param>
    /// <param name="std">Its standard deviation.</param>
    /// <param name="a">Lower bound.</param>
    /// <param name="b">Upper bound, at least <paramref name="a"/>.</param>
    /// <exception cref="TorchArgumentException">a &gt; b (RuntimeError), std is 0 (ZeroDivisionError), or Half before torch 2.1
    /// (RuntimeError).</exception>
    /// <remarks>Same bits as <c>torch.nn.init.trunc_normal_</c> since 2.12, and before that where torch uses its own erfinv. Warns like
    /// torch if the mean is more than 2 std outside [a, b].</remarks>
    public static void TruncNormal<T>(Span<T> tensor, Generator generator, double mean = 0, double std = 1, double a = -2, double b = 2)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(generator);
        try { TruncNormalFill.Fill(tensor, mean, std, a, b, generator); }
        catch (TorchArgumentException error) when (error.ParamName is "from" or "to")       // of the uniform draws
        {
            throw error.ParamName == "from" ? error.About(nameof(a), a) : error.About(nameof(b), b);
        }
    }
}
