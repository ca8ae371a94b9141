namespace TorchInit;

public static partial class Draws
{
    /// <summary><c>torch.randint</c>: whole numbers of [low, high), word mod (high − low) + low.</summary>
    /// <typeparam name="T">The .NET type of any <see cref="DType"/>.</typeparam>
    /// <param name="tensor">All elements are overwritten.</param>
    /// <param name="generator">Advanced by one word an element, by two for a range of 2³² or more (since torch 2.10: 2²⁸).</param>
    /// <param name="low">The least number.</param>
    /// <param name="high">One above the greatest.</param>
    /// <exception cref="TorchArgumentException">The range is empty or not inside of what <typeparamref name="T"/> holds
    /// (RuntimeError).</exception>
    public static void RandInt<T>(Span<T> tensor, Generator generator, long low, long high)
        where T : unmanaged
        => Random(tensor, generator, low, high);

    /// <summary><c>Tensor.random_(from, to)</c>: as <see cref="RandInt"/>; without <paramref name="to"/> as far as the type goes.</summary>
    /// <typeparam name="T">The .NET type of any <see cref="DType"/>.</typeparam>
    /// <param name="tensor">All elements are overwritten.</param>
    /// <param name="generator">Advanced by one or two words an element.</param>
    /// <param name="from">The least number; −2⁶³ without <paramref name="to"/> stands for all 64 bits.</param>
    /// <param name="to">One above the greatest; null for the type's greatest, of floats 2 to the bits of the significand.</param>
    /// <exception cref="TorchArgumentException">The range is empty or not inside of what <typeparamref name="T"/> holds
    /// (RuntimeError).</exception>
    public static void Random<T>(Span<T> tensor, Generator generator, long from, long? to)
        where T : unmanaged
        => Fill(tensor, Rule(generator, "random_", new RandomRule(from, to)), generator);

    /// <summary><c>Tensor.random_()</c>: whole numbers from 0 to the type's greatest, of floats up to 2 to the bits of the
    /// significand.</summary>
    /// <typeparam name="T">The .NET type of any <see cref="DType"/>.</typeparam>
    /// <param name="tensor">All elements are overwritten.</param>
    /// <param name="generator">Advanced by one word an element, two for double and long.</param>
    public static void Random<T>(Span<T> tensor, Generator generator)
        where T : unmanaged
        => Fill(tensor, Rule(generator, "random_", new RandomRule(null, null)), generator);
}
