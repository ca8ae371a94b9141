namespace TorchInit;

/// <summary>
/// What of a GPU decides the values that torch draws on it: how many blocks of 256 threads run at once. Two GPUs with the same numbers draw
/// the same.
/// </summary>
/// <remarks>A fill of at most 256 · <see cref="Blocks"/> elements is the same on every GPU; above, this number decides which counter makes
/// which element.</remarks>
public sealed partial record Gpu
{
    /// <summary>A GPU by its two numbers, as <c>torch.cuda.get_device_properties()</c> gives them.</summary>
    /// <param name="multiprocessors"><c>multi_processor_count</c>: 1 to 4096. A MIG slice reports its own.</param>
    /// <param name="threadsPerMultiprocessor"><c>max_threads_per_multi_processor</c>: 256 to 65536.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is outside its range.</exception>
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

    /// <summary>Whether it stands for every GPU that is listed.</summary>
    internal bool IsAny { get; }

    /// <summary><c>multi_processor_count</c>.</summary>
    public int Multiprocessors { get; }

    /// <summary><c>max_threads_per_multi_processor</c>.</summary>
    public int ThreadsPerMultiprocessor { get; }

    /// <summary>Blocks of 256 threads that a fill has at most: multiprocessors · (threads / 256).</summary>
    public int Blocks => Multiprocessors * (ThreadsPerMultiprocessor / CudaLaunch.BlockSize);

    /// <summary>The names of the GPUs with these numbers, as <see cref="Parse"/> takes them; none for numbers that were given.</summary>
    public IEnumerable<string> Names => IsAny ? [] : s_known.Where(known => known.Value == this).Select(known => known.Key);

    /// <summary>The numbers: <c>132x2048</c>, as <see cref="Parse"/> takes them; of <see cref="Any"/> <c>any</c>.</summary>
    public override string ToString() => IsAny ? "any" : $"{Multiprocessors}x{ThreadsPerMultiprocessor}";

    /// <summary>Refuses of <see cref="Any"/> a fill that differs between GPUs.</summary>
    /// <exception cref="ArgumentException">It has more elements than the smallest GPU has threads.</exception>
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
