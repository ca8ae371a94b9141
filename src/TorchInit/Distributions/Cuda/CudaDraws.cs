namespace TorchInit;

/// <summary>What draws beside initialisation share on a GPU: one launch that makes all elements from where the generator stands.</summary>
static class CudaDraws
{
    public static Gpu GpuOf(Generator generator)
        => generator.Profile.Gpu ?? throw new ArgumentException($"generator follows {generator.Profile}; allowed: one of a GPU.",
            nameof(generator));

    public static CudaPart Whole(int count, Generator generator, Gpu gpu)
        => new(new(generator.Offset!.Value, CudaLaunch.ThreadsOf(count, gpu)), generator.InitialSeed, 0);

    public static void Advance(long increment, Generator generator) => generator.MoveTo(unchecked(generator.Position + increment));
}
