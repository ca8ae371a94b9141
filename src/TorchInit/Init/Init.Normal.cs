namespace TorchInit;

public static partial class Init
{
    /// <summary>Normal: fills <paramref name="tensor"/> from N(mean, std²) by Box–Muller: 16 elements or more in blocks of 16, fewer in
    /// pairs.</summary>
    /// <typeparam name="T">float, double, <see cref="Half"/> or <see cref="BFloat16"/>.</typeparam>
    /// <param name="tensor">All elements are overwritten.</param>
    /// <param name="generator">16 elements or more: advanced by one 32-bit draw per element (two for double), plus 16 (32) if the length is
    /// not a multiple of 16. Fewer: by 4 draws per pair; the second value of a pair stays cached in the generator for the next small fill.
    /// float16 and bfloat16 since 2.12: by 16 draws per block, also for a partial block.
    /// </param>
    /// <param name="mean">The mean.</param>
    /// <param name="std">The standard deviation, 0 or more.</param>
    /// <exception cref="TorchArgumentException"><paramref name="std"/> is negative or NaN, or <typeparamref name="T"/> is an integer type
    /// or bool (RuntimeError; since 2.8 for the type NotImplementedError).</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is the type of no <see cref="DType"/>.</exception>
    /// <remarks>Same bits as <c>torch.nn.init.normal_</c> on a contiguous CPU tensor, for the generator's profile. Source: Box and Muller
    /// 1958.</remarks>
    public static void Normal<T>(Span<T> tensor, Generator generator, double mean = 0, double std = 1)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(generator);
        NormalFill.Fill(tensor, mean, std, generator, contiguous: true);
    }
}
