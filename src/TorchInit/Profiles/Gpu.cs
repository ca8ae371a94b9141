namespace TorchInit;

/// <summary>
/// The property of a GPU that decides torch's values: how many blocks of 256 threads run at once. Two GPUs with the same numbers draw the
/// same values.
/// </summary>
/// <remarks>A fill of at most 256 · <see cref="Blocks"/> elements is the same on every GPU with at least as many blocks; in a larger fill
/// this number decides which counter makes which element.</remarks>
public sealed partial record Gpu
{
    /// <summary>A GPU by its two numbers, as <c>torch.cuda.get_device_properties()</c> reports them.</summary>
    /// <param name="multiprocessors"><c>multi_processor_count</c>: 1 to 4096. A MIG slice reports its own.</param>
    /// <param name="threadsPerMultiprocessor"><c>max_threads_per_multi_processor</c>: 256 to 65536.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public Gpu(int multiprocessors, int threadsPerMultiprocessor)
    {
        if (multiprocessors is < 1 or > 4096)
        {
            throw new ArgumentOutOfRangeException(nameof(multiprocessors), multiprocessors, "allowed: 1 to 4096.");
        }
        if (threadsPerMultiprocessor is < CudaLaunch.BlockSize or > 65536)
        {
            throw new ArgumentOutOfRangeException(nameof(threadsPerMultiprocessor), threadsPerMultiprocessor, "allowed: 256 to 65536.");
        }
        (Multiprocessors, ThreadsPerMultiprocessor) = (multiprocessors, threadsPerMultiprocessor);
    }

    Gpu(int multiprocessors, int threadsPerMultiprocessor, bool isAny)
        : this(multiprocessors, threadsPerMultiprocessor)
        => IsAny = isAny;

    Gpu AsAny() => new(Multiprocessors, ThreadsPerMultiprocessor, isAny: true);

    /// <summary>Whether this stands for every listed GPU.</summary>
    internal bool IsAny { get; }

    /// <summary><c>multi_processor_count</c>.</summary>
    public int Multiprocessors { get; }

    /// <summary><c>max_threads_per_multi_processor</c>.</summary>
    public int ThreadsPerMultiprocessor { get; }

    /// <summary>The most blocks of 256 threads that a fill uses: multiprocessors · (threads / 256).</summary>
    public int Blocks => Multiprocessors * (ThreadsPerMultiprocessor / CudaLaunch.BlockSize);

    /// <summary>The names of the listed GPUs with these numbers, as <see cref="Parse"/> accepts them; none if no listed GPU has
    /// them.</summary>
    public IEnumerable<string> Names => IsAny ? [] : s_known.Where(known => known.Value == this).Select(known => known.Key);

    /// <summary>The two numbers as <see cref="Parse"/> accepts them, such as <c>132x2048</c>; <c>any</c> for <see cref="Any"/>.</summary>
    public override string ToString() => IsAny ? "any" : $"{Multiprocessors}x{ThreadsPerMultiprocessor}";

    /// <summary>For <see cref="Any"/>, refuses a fill that differs between GPUs.</summary>
    /// <exception cref="ArgumentException">The fill has more elements than the smallest GPU has threads.</exception>
    internal void CheckAlike(long count)
    {
        long most = (long)CudaLaunch.BlockSize * Blocks;
        if (IsAny && count > most)
        {
            throw new ArgumentException($"A fill of {count} elements differs between GPUs; allowed without a GPU's name: up to {most}. "
                + "Name it, or give its two numbers: --device cuda:h100, --device cuda:132x2048, "
                + "TorchProfile.Cuda(\"2.11\", Gpu.H100Sxm).");
        }
    }
}
