namespace TorchInit;

public static partial class Draws
{
    /// <summary><c>torch.randint</c>: integers in [low, high), each word mod (high − low) + low.</summary>
    /// <typeparam name="T">The .NET type of any <see cref="DType"/>.</typeparam>
    /// <param name="tensor">All elements are overwritten.</param>
    /// <param name="generator">Advanced by one word per element, by two for a range of 2³² or more (2²⁸ since torch 2.10).</param>
    /// <param name="low">The smallest value.</param>
    /// <param name="high">One above the largest value.</param>
    /// <exception cref="TorchArgumentException">The range is empty, or <typeparamref name="T"/> cannot hold it (RuntimeError).</exception>
    public static void RandInt<T>(Span<T> tensor, Generator generator, long low, long high)
        where T : unmanaged
    {
        try { Random(tensor, generator, low, high); }
        catch (TorchArgumentException error) when (error.ParamName is "from" or "to")
        {
            (string name, long value) = error.ParamName == "from" ? (nameof(low), low) : (nameof(high), high);
            throw new TorchArgumentException(name, value, error.Allowed, error.TorchKind, error.TorchMessage);
        }
    }

    /// <summary><c>Tensor.random_(from, to)</c>: like <see cref="RandInt"/>; without <paramref name="to"/>, up to the type's
    /// limit.</summary>
    /// <typeparam name="T">The .NET type of any <see cref="DType"/>.</typeparam>
    /// <param name="tensor">All elements are overwritten.</param>
    /// <param name="generator">Advanced by one or two words per element.</param>
    /// <param name="from">The smallest value; −2⁶³ without <paramref name="to"/> means all 64 bits.</param>
    /// <param name="to">One above the largest value. Null: the largest is the type's maximum, for floating-point types 2 to the power of
    /// the significand's bits.</param>
    /// <exception cref="TorchArgumentException">The range is empty, or <typeparamref name="T"/> cannot hold it (RuntimeError).</exception>
    public static void Random<T>(Span<T> tensor, Generator generator, long from, long? to)
        where T : unmanaged
        => Fill(tensor, Rule(generator, "random_", new RandomRule(from, to)), generator);

    /// <summary><c>Tensor.random_()</c>: integers from 0 to the type's maximum, for floating-point types to 2 to the power of the
    /// significand's bits.</summary>
    /// <typeparam name="T">The .NET type of any <see cref="DType"/>.</typeparam>
    /// <param name="tensor">All elements are overwritten.</param>
    /// <param name="generator">Advanced by one word per element, two for double and long.</param>
    public static void Random<T>(Span<T> tensor, Generator generator)
        where T : unmanaged
        => Fill(tensor, Rule(generator, "random_", new RandomRule(null, null)), generator);
}
