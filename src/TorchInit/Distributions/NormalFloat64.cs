namespace TorchInit;

/// <summary>normal_ of 16 doubles or more: blocks as in <see cref="NormalFloat32"/>, log, sin and cos of the C library in every version.</summary>
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
        FillUnits(tensor, generator);
        for (int at = 0; at <= tensor.Length - Normal.Block; at += Normal.Block) { Transform<TTail>(tensor.Slice(at, Normal.Block), mean, std); }
        if (tensor.Length % Normal.Block == 0) { return; }
        Span<double> tail = tensor[^Normal.Block..];
        FillUnits(tail, generator);
        Transform<TTail>(tail, mean, std);
    }

    static void FillUnits(Span<double> tensor, Generator generator) => UniformFloat64.Fill<Unfused>(tensor, 0, 1, halfOpen: false, generator);

    static void Transform<TTail>(Span<double> block, double mean, double std)
        where TTail : struct, IMultiplyAdd
    {
        for (int j = 0; j < Normal.Block / 2; j++)
        {
            double radius = Math.Sqrt(-2.0 * Math.Log(1.0 - block[j]));
            double theta = 2.0 * Math.PI * block[j + Normal.Block / 2];
            block[j] = TTail.MultiplyAdd(radius * Math.Cos(theta), std, mean);
            block[j + Normal.Block / 2] = TTail.MultiplyAdd(radius * Math.Sin(theta), std, mean);
        }
    }
}
