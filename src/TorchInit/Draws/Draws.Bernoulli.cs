namespace TorchInit;

public static partial class Draws
{
    /// <summary><c>Tensor.bernoulli_(p)</c>: 1 with probability p, else 0; u &lt; p, u a double of [0, 1).</summary>
    /// <typeparam name="T">The .NET type of any <see cref="DType"/>.</typeparam>
    /// <param name="tensor">All elements are overwritten.</param>
    /// <param name="generator">Advanced by two words an element, of any type.</param>
    /// <param name="p">0 to 1.</param>
    /// <exception cref="TorchArgumentException"><paramref name="p"/> is outside (RuntimeError).</exception>
    /// <exception cref="NotFollowedException">The profile is an official x86-64 wheel before 2.10, where MKL may draw.</exception>
    public static void Bernoulli<T>(Span<T> tensor, Generator generator, double p = 0.5)
        where T : unmanaged
        => Fill(tensor, Rule(generator, "bernoulli_", BernoulliRule.Instance, p), generator);

    /// <summary><c>torch.bernoulli(p)</c> and <c>Tensor.bernoulli_(p)</c> with a probability for every element.</summary>
    /// <typeparam name="T">The .NET type of any <see cref="DType"/>.</typeparam>
    /// <typeparam name="TProbability">float, double, <see cref="Half"/> or <see cref="BFloat16"/>.</typeparam>
    /// <param name="tensor">All elements are overwritten.</param>
    /// <param name="p">As many as <paramref name="tensor"/> has, each 0 to 1.</param>
    /// <param name="generator">Advanced by one word an element, two where p is double.</param>
    /// <exception cref="TorchArgumentException">A probability is outside (RuntimeError); the elements before it are drawn.</exception>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    /// <remarks>MKL has no part in it.</remarks>
    public static void Bernoulli<T, TProbability>(Span<T> tensor, ReadOnlySpan<TProbability> p, Generator generator)
        where T : unmanaged
        where TProbability : unmanaged
    {
        ArgumentNullException.ThrowIfNull(generator);
        CheckLength(nameof(p), p.Length, tensor.Length);
        BernoulliTensor.Check<T, TProbability>(generator.Profile);
        BernoulliTensor.Fill(tensor, p, generator);
    }

    /// <summary><c>F.dropout(input, p)</c> while training: each element to 0 with probability p, else times 1 / (1 − p).</summary>
    /// <typeparam name="T">float, double, <see cref="Half"/> or <see cref="BFloat16"/>.</typeparam>
    /// <param name="tensor">In: the input. Out: what is left of it.</param>
    /// <param name="generator">Advanced by two words an element; by none where p is 0 or 1.</param>
    /// <param name="p">The probability of a zero, 0 to 1.</param>
    /// <exception cref="TorchArgumentException"><paramref name="p"/> is outside (ValueError), or <typeparamref name="T"/> is no real
    /// type.</exception>
    /// <exception cref="NotFollowedException">The profile is an official x86-64 wheel before 2.10, where MKL may draw.</exception>
    public static void Dropout<T>(Span<T> tensor, Generator generator, double p = 0.5)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(generator);
        DropoutMask.Check<T>(p);
        if (p == 0 || tensor.IsEmpty) { return; }
        if (p == 1)
        {
            ElementMath.Multiply(tensor, default);
            return;
        }
        T[] mask = new T[tensor.Length];
        DropoutMask.Fill<T>(mask, generator, p);
        ElementMath.Multiply<T>(tensor, mask);
    }

    /// <summary><c>torch.multinomial</c>: places of weights, drawn by them; without replacement none twice.</summary>
    /// <typeparam name="T">float, double, <see cref="Half"/> or <see cref="BFloat16"/>.</typeparam>
    /// <param name="samples">rows times the number of samples; all are overwritten, row by row.</param>
    /// <param name="weights">rows times the number of categories, row by row, finite and 0 or more; they need not add up to 1.</param>
    /// <param name="generator">Advanced by two words a sample with replacement; without, and for a single sample, by two a weight.</param>
    /// <param name="replacement">Whether a category may come again.</param>
    /// <param name="rows">How many distributions.</param>
    /// <exception cref="TorchArgumentException">A weight or a number is refused (RuntimeError).</exception>
    /// <exception cref="ArgumentException">The lengths are no multiple of <paramref name="rows"/>.</exception>
    /// <exception cref="NotFollowedException">Two categories come out equal, so that torch's sorting decides, or the profile's exponential_
    /// may be MKL's.</exception>
    public static void Multinomial<T>(Span<long> samples, ReadOnlySpan<T> weights, Generator generator, bool replacement = false,
        int rows = 1)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(generator);
        if (rows < 1 || samples.Length % rows != 0 || weights.Length % rows != 0)
        {
            throw new ArgumentException($"rows is {rows}; allowed: a divisor of {samples.Length} samples and {weights.Length} weights.",
                nameof(rows));
        }
        MultinomialDraw.Fill(samples, weights, rows, replacement, generator);
    }
}
