namespace TorchInit.Cli;

/// <summary>The rows of the side-by-side run.</summary>
static class BenchCases
{
    public static IEnumerable<BenchCase> All { get; } =
    [
        .. from count in (long[])[1_000, 100_000, 10_000_000, 100_000_000] select new BenchCase($"uniform_ {Text(count)}",
            [BenchFill.Uniform(count)]),
        .. from count in (long[])[1_000, 100_000, 10_000_000, 100_000_000] select new BenchCase($"normal_ {Text(count)}",
            [BenchFill.Normal(count)]),
        new("uniform_ 1e8, fresh memory", [BenchFill.Uniform(100_000_000)], Fresh: true),
        new("normal_ 1e8, fresh memory", [BenchFill.Normal(100_000_000)], Fresh: true),
        .. from dtype in (DType[])[DType.Float64, DType.Float16, DType.BFloat16]
           from fill in (BenchFill[])[BenchFill.Uniform(10_000_000), BenchFill.Normal(10_000_000)]
           select new BenchCase($"{fill.Torch} 1e7 {dtype.TorchName()}", [fill], dtype),
        new("trunc_normal_ 1e7 (by rejection, 2.12 and later)", [BenchFill.TruncNormal(10_000_000, rejection: true)], Profile: TorchProfile.Default),
        new("orthogonal_ 512 × 512", [BenchFill.Orthogonal(512)]),
        new("Linear(4096, 4096)", [BenchFill.Uniform(4096 * 4096), BenchFill.Uniform(4096, 4096 * 4096)]),
        new("ResNet-50", ResNet50()),
        new("GPT-2 124M", Gpt2()),
        BenchCase.Recorded("resnet50"),
        .. from count in (long[])[10_000_000, 100_000_000]
           from fill in (BenchFill[])[BenchFill.Uniform(count), BenchFill.Normal(count)]
           select new BenchCase($"{fill.Torch} {Text(count)} as on an H100", [fill], Profile: TorchProfile.Cuda("2.11", Gpu.H100Sxm)),
        .. from dtype in (DType[])[DType.Float64, DType.BFloat16]
           from fill in (BenchFill[])[BenchFill.Uniform(10_000_000), BenchFill.Normal(10_000_000)]
           select new BenchCase($"{fill.Torch} 1e7 {dtype.TorchName()} as on an H100", [fill], dtype,
               Profile: TorchProfile.Cuda("2.11", Gpu.H100Sxm)),
    ];

    static string Text(long count) => $"1e{(int)Math.Log10(count)}";

    /// <summary>torchvision's: each convolution's own uniform draw, the last layer, then kaiming_normal_ over all convolutions.</summary>
    static List<BenchFill> ResNet50()
    {
        List<long> convolutions = [64 * 3 * 49];
        int channels = 64;
        foreach ((int planes, int blocks) in ((int, int)[])[(64, 3), (128, 4), (256, 6), (512, 3)])
        {
            for (int block = 0; block < blocks; block++)
            {
                convolutions.AddRange([(long)channels * planes, (long)planes * planes * 9, (long)planes * planes * 4]);
                if (block == 0) { convolutions.Add((long)channels * planes * 4); }
                channels = 4 * planes;
            }
        }
        List<BenchFill> fills = [];
        long at = 0;
        foreach (long count in (long[])[.. convolutions, 2048 * 1000, 1000])
        {
            fills.Add(BenchFill.Uniform(count, at));
            at += count;
        }
        fills.AddRange(fills.Take(convolutions.Count).ToArray().Select(fill => BenchFill.Normal(fill.Count, fill.Offset)));
        return fills;
    }

    /// <summary>nanoGPT's: embeddings, each layer's own draw, then N over all weights, and the projections into the residual
    /// again.</summary>
    static List<BenchFill> Gpt2()
    {
        const long Width = 768, Vocabulary = 50257, Context = 1024;
        List<BenchFill> own = [];
        List<BenchFill> again = [];
        List<BenchFill> projections = [];
        long at = 0;
        Add(Vocabulary * Width, uniform: false);
        Add(Context * Width, uniform: false);
        for (int layer = 0; layer < 12; layer++)
        {
            Linear(3 * Width, Width, projection: false);
            Linear(Width, Width, projection: true);
            Linear(4 * Width, Width, projection: false);
            Linear(Width, 4 * Width, projection: true);
        }
        Add(Vocabulary * Width, uniform: true);
        return [.. own, .. again, .. projections];

        void Linear(long rows, long columns, bool projection)
        {
            Add(rows * columns, uniform: true);
            if (projection) { projections.Add(again[^1]); }
            own.Add(BenchFill.Uniform(rows, at));
            at += rows;
        }

        void Add(long count, bool uniform)
        {
            own.Add(uniform ? BenchFill.Uniform(count, at) : BenchFill.Normal(count, at));
            again.Add(BenchFill.Normal(count, at));
            at += count;
        }
    }
}
