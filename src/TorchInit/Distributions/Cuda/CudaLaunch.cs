namespace TorchInit;

/// <summary>
/// One launch of a fill on a GPU: T threads. Thread t computes the elements t, t + T, t + 2T, …, several from each of its draws. The offset
/// at the start of the launch, the element's index, and T determine any element.
/// </summary>
/// <param name="Offset">The generator's offset at the start of the launch.</param>
/// <param name="Threads">T.</param>
readonly record struct CudaLaunch(ulong Offset, long Threads)
{
    /// <summary>Threads per block.</summary>
    public const int BlockSize = 256;

    /// <summary>The threads of a launch: whole blocks, at most as many as needed, and at most as many as run at once.</summary>
    /// <exception cref="ArgumentException">The GPU is not named, and GPUs differ for so many elements.</exception>
    public static long ThreadsOf(long count, Gpu gpu)
    {
        gpu.CheckAlike(count);
        return BlockSize * Math.Min((count + BlockSize - 1) / BlockSize, gpu.Blocks);
    }

    /// <summary>How far a launch advances the offset: 4 for each draw of a thread.</summary>
    /// <param name="count">The number of elements.</param>
    /// <param name="perDraw">Elements per draw, as torch counts them.</param>
    /// <param name="gpu">The GPU on which it runs.</param>
    public static long Increment(long count, int perDraw, Gpu gpu)
        => count == 0 ? 0 : 4 * ((count - 1) / (ThreadsOf(count, gpu) * perDraw) + 1);
}
