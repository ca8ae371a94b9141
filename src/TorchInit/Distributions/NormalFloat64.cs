namespace TorchInit;

/// <summary>normal_ of 16 or more doubles: blocks as in <see cref="NormalFloat32"/>, with log, sin and cos of the C library in every
/// version.</summary>
static class NormalFloat64
{
    public static void Fill(Span<double> tensor, double mean, double std, Generator generator)
    {
        if (generator.Profile.FusedFloat64Tail) { Fill<Fused>(tensor, mean, std, generator); }
        else { Fill<Unfused>(tensor, mean, std, generator); }
    }

    static void Fill<TTail>(Span<double> tensor, double mean, double std, Generator generator)
        where TTail : struct, IMultiplyAdd
    {
        // Runs that stay in the L1 cache between the uniforms and the transform.
        int whole = tensor.Length / NormalFill.Block * NormalFill.Block;
        for (int at = 0; at < whole; at += Words.Run)
        {
            Span<double> run = tensor[at..Math.Min(whole, at + Words.Run)];
            FillUnits(run, generator);
            Transform<TTail>(run, mean, std, generator);
        }
        if (whole == tensor.Length) { return; }
        // The remaining elements use words, although a block over the last 16 overwrites them; the stream must still advance.
        generator.Advance(2L * (tensor.Length - whole));
        Span<double> tail = tensor[^NormalFill.Block..];
        FillUnits(tail, generator);
        Transform<TTail>(tail, mean, std, generator);
    }

    static void FillUnits(Span<double> tensor, Generator generator)
        => UniformFloat64.Fill<Unfused>(tensor, 0, 1, halfOpen: false, generator);

    static void Transform<TTail>(Span<double> blocks, double mean, double std, Generator generator)
        where TTail : struct, IMultiplyAdd
    {
        if (generator.Profile.HasGlibc) { BoxMullerFloat64Kernel<TTail>.Transform(blocks, mean, std, generator.Width); }
        else { BoxMullerFloat64.TransformByThisMachine<TTail>(blocks, mean, std); }
    }
}
