namespace TorchInit;

public static partial class Draws
{
    /// <summary><c>Tensor.bernoulli_(p)</c>: 1 with probability p, else 0; compares p with a double in [0, 1).</summary>
    /// <typeparam name="T">The .NET type of any <see cref="DType"/>.</typeparam>
    /// <param name="tensor">All elements are overwritten.</param>
    /// <param name="generator">Advanced by two words per element, whatever the type.</param>
    /// <param name="p">The probability of a 1, 0 to 1.</param>
    /// <exception cref="TorchArgumentException"><paramref name="p"/> is outside [0, 1] (RuntimeError).</exception>
    /// <exception cref="NotFollowedException">The profile is an official x86-64 wheel before 2.10, where MKL may draw.</exception>
    public static void Bernoulli<T>(Span<T> tensor, Generator generator, double p = 0.5)
        where T : unmanaged
        => Fill(tensor, Rule(generator, "bernoulli_", BernoulliRule.Instance, p), generator);

    /// <summary><c>torch.bernoulli(p)</c> and <c>Tensor.bernoulli_(p)</c> with one probability per element.</summary>
    /// <typeparam name="T">The .NET type of any <see cref="DType"/>.</typeparam>
    /// <typeparam name="TProbability">float, double, <see cref="Half"/> or <see cref="BFloat16"/>.</typeparam>
    /// <param name="tensor">All elements are overwritten.</param>
    /// <param name="p">One per element of <paramref name="tensor"/>, each 0 to 1.</param>
    /// <param name="generator">Advanced by one word per element, two if p is double; on a GPU, moved by 12.</param>
    /// <exception cref="TorchArgumentException">A probability is outside [0, 1] (RuntimeError); on a CPU, the elements before it have been
    /// drawn.</exception>
    /// <exception cref="ArgumentException"><paramref name="p"/> and <paramref name="tensor"/> differ in length.</exception>
    /// <remarks>MKL never makes these draws. All GPUs draw alike.</remarks>
    public static void Bernoulli<T, TProbability>(Span<T> tensor, ReadOnlySpan<TProbability> p, Generator generator)
        where T : unmanaged
        where TProbability : unmanaged
    {
        ArgumentNullException.ThrowIfNull(generator);
        CheckLength(nameof(p), p.Length, tensor.Length);
        BernoulliTensor.Check<T, TProbability>(generator.Profile);
        BernoulliTensor.Fill(tensor, p, generator);
    }

    /// <summary><c>F.dropout(input, p)</c> in training: each element becomes 0 with probability p, else is multiplied by 1 / (1 −
    /// p).</summary>
    /// <typeparam name="T">float, double, <see cref="Half"/> or <see cref="BFloat16"/>.</typeparam>
    /// <param name="tensor">On entry the input, on return the result.</param>
    /// <param name="generator">Advanced by two words per element; on a GPU, moved by 4 for each draw of a thread; not at all if p is 0 or
    /// 1.</param>
    /// <param name="p">The probability of a zero, 0 to 1.</param>
    /// <exception cref="TorchArgumentException"><paramref name="p"/> is outside [0, 1] (ValueError; NaN: RuntimeError), or
    /// <typeparamref name="T"/> is not a floating-point type (RuntimeError).</exception>
    /// <exception cref="NotFollowedException">The profile is an official x86-64 wheel before 2.10, where MKL may draw; or a GPU's before
    /// 2.11, if <typeparamref name="T"/> has not 32 bits and the number of elements makes a difference there.</exception>
    /// <remarks>On a GPU, the elements are those of a tensor that begins its allocation.</remarks>
    public static void Dropout<T>(Span<T> tensor, Generator generator, double p = 0.5)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(generator);
        DropoutMask.Check<T>(p, generator.Profile);
        if (p == 0 || tensor.IsEmpty) { return; }
        if (p == 1)
        {
            foreach (ref T element in tensor) { element = ElementMath.Multiply<T>(element, default); }
            return;
        }
        if (generator.Profile.Gpu is not null)
        {
            int neighbours = CudaDropout.Neighbours<T>(tensor.Length, CudaDropout.MostNeighbours, generator.Profile);
            CudaDropout.Apply(tensor, p, neighbours, generator);
            return;
        }
        T[] mask = new T[tensor.Length];
        DropoutMask.Fill<T>(mask, generator, p);
        ElementMath.Multiply<T>(tensor, mask);
    }

    /// <summary><c>torch.multinomial</c>: indices drawn with probability proportional to their weights; without replacement each at most
    /// once.</summary>
    /// <typeparam name="T">float, double, <see cref="Half"/> or <see cref="BFloat16"/>.</typeparam>
    /// <param name="samples">rows × number of samples, row by row; all are overwritten.</param>
    /// <param name="weights">rows × number of categories, row by row; finite and 0 or more; they need not sum to 1.</param>
    /// <param name="generator">With replacement, advanced by two words per sample; without, or for a single sample, by two per
    /// weight.</param>
    /// <param name="replacement">Whether a category may be drawn more than once.</param>
    /// <param name="rows">The number of distributions; 0 draws nothing.</param>
    /// <exception cref="TorchArgumentException">torch refuses a weight or the number of samples (RuntimeError).</exception>
    /// <exception cref="ArgumentException">A length is not a multiple of <paramref name="rows"/>.</exception>
    /// <exception cref="NotFollowedException">Two categories tie, so the result depends on torch's sort, or MKL may make the profile's
    /// exponential_ draws.</exception>
    public static void Multinomial<T>(Span<long> samples, ReadOnlySpan<T> weights, Generator generator, bool replacement = false,
        int rows = 1)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(generator);
        // Without rows there is nothing to draw; their numbers of samples and weights, which torch checks, are not known here.
        if (rows == 0 && samples.IsEmpty && weights.IsEmpty) { return; }
        if (rows < 1 || samples.Length % rows != 0 || weights.Length % rows != 0)
        {
            throw new ArgumentException($"rows is {rows}; allowed: a divisor of {samples.Length} samples and {weights.Length} weights.",
                nameof(rows));
        }
        MultinomialDraw.Fill(samples, weights, rows, replacement, generator);
    }
}
