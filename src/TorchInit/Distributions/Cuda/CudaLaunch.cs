namespace TorchInit;

/// <summary>
/// One launch of a fill on a GPU: T threads, of which thread t makes the elements t, t + T, t + 2T, …, so many of them from each of its
/// draws. Any element is made from the place where the launch begins, its number, and T.
/// </summary>
/// <param name="Offset">The generator's offset when the launch begins.</param>
/// <param name="Threads">T.</param>
readonly record struct CudaLaunch(ulong Offset, long Threads)
{
    /// <summary>Threads of a block.</summary>
    public const int BlockSize = 256;

    /// <summary>The threads of a launch: whole blocks, no more than needed, and no more than run at once.</summary>
    /// <exception cref="ArgumentException">The GPU is not named, and GPUs differ in so many elements.</exception>
    public static long ThreadsOf(long count, Gpu gpu)
    {
        gpu.CheckAlike(count);
        return BlockSize * Math.Min((count + BlockSize - 1) / BlockSize, gpu.Blocks);
    }

    /// <summary>What a launch takes of the offset: 4 for each draw of a thread.</summary>
    /// <param name="count">Elements.</param>
    /// <param name="perDraw">Elements of a draw, as torch counts them.</param>
    /// <param name="gpu">Where it runs.</param>
    public static long Increment(long count, int perDraw, Gpu gpu)
        => count == 0 ? 0 : 4 * ((count - 1) / (ThreadsOf(count, gpu) * perDraw) + 1);
}
