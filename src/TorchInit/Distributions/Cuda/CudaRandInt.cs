namespace TorchInit;

/// <summary>
/// <c>random_(low, high)</c> and <c>randint</c> on a GPU. Cost: one word an element, two where high − low is 2²⁸ or more (before 2.7: 2³²).
/// </summary>
static class CudaRandInt
{
    const ulong Range28Bits = 1UL << 28;
    const ulong Range32Bits = 1UL << 32;

    /// <summary>int64 elements from low on, below low + range.</summary>
    public static void Fill(Span<long> tensor, long low, ulong range, Generator generator)
        => Fill(tensor, low, range, range >= (generator.Profile.TakesTwoWordsFrom28Bits ? Range28Bits : Range32Bits), generator);

    /// <summary>The same, with the number of words told.</summary>
    public static void Fill(Span<long> tensor, long low, ulong range, bool takesTwoWords, Generator generator)
    {
        if (range == 0) { throw new ArgumentOutOfRangeException(nameof(range), range, "allowed: 1 or more."); }
        Gpu gpu = CudaDraws.GpuOf(generator);
        CudaPart part = CudaDraws.Whole(tensor.Length, generator, gpu);
        if (takesTwoWords) { part.Fill(tensor, new CudaIntegers<TwoWords>(low, range), generator.Width); }
        else { part.Fill(tensor, new CudaIntegers<OneWord>(low, range), generator.Width); }
        CudaDraws.Advance(CudaLaunch.Increment(tensor.Length, takesTwoWords ? 2 : 4, gpu), generator);
    }
}
