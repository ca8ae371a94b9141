namespace TorchInit.Parity;

/// <summary>Silent bugs that initialisers were shipped with: 18 of them, each as a switchable fault.</summary>
public static class Museum
{
    static readonly Generator s_global = new(2026);
    static ulong s_calls;

    /// <summary>In the order of their numbers.</summary>
    public static IReadOnlyList<Mutant> Shipped =>
    [
        Mutant.OfStep<NormalStep>("1", "xavier_normal_ draws uniforms", "TorchSharp",
            "xavier_uniform_ is called: the same standard deviation, another shape", ["init.xavier_normal_((64, 32))"],
            (step, _) => new UniformStep(step.Target, step.Mean - step.Std * Math.Sqrt(3), step.Mean + step.Std * Math.Sqrt(3))),
        Mutant.OfStep<TruncNormalStep>("2", "trunc_normal_ is constant", "TorchSharp",
            "mean and std are swapped before the clamp: every weight is 1", ["init.trunc_normal_((64, 32))"], (step, _)
            => new FillStep(step.Target, 1)),
        new("3", "the generator argument is ignored", "TorchSharp", "draws come from a global generator; the caller's does not move",
            ["init.uniform_((64, 32))"], GlobalGenerator),
        new("4", "the seed is ignored", "TorchSharp 962", "every construction starts where the last one ended", ["Linear(32, 16)"],
            (request, draw) => draw(request with { Seed = Interlocked.Increment(ref s_calls) })),
        Mutant.OfStep<UniformStep>("5", "Glorot uniform draws normals", "Gorgonia", "the normal version is called",
            ["init.xavier_uniform_((64, 32))"], (step, _)
            => new NormalStep(step.Target, (step.From + step.To) / 2, (step.To - step.From) / Math.Sqrt(12))),
        Mutant.OfStep<UniformStep>("6", "3/√fan for √(3/fan)", "DL4J", "√3 too wide", ["init.kaiming_uniform_((64, 32))"],
            (step, _) => step with { From = step.From * Math.Sqrt(3), To = step.To * Math.Sqrt(3) }),
        Mutant.OfStep<NormalStep>("7", "√(2/fan_in + fan_out)", "R torch 555", "a parenthesis is missing: the fan is added to the ratio",
            ["init.xavier_normal_((4, 64))", "init.xavier_normal_((64, 4))"],
            (step, plan) => step with { Std = Math.Sqrt(2.0 / plan.Tensors[0].Shape[1] + plan.Tensors[0].Shape[0]) }),
        Mutant.OfStep<NormalStep>("8", "a std below 1 is ignored", "tch-rs", "a comparison without absolute value",
            ["init.normal_((64, 32), mean=0.0, std=0.02)", "init.normal_((64, 32), mean=0.0, std=2.0)"], (step, _)
            => step with { Std = Math.Max(1, step.Std) }),
        Mutant.OfStep<NormalStep>("9a", "an Embedding of zeros", "candle, aprender 2167", "the weight is allocated and never drawn",
            ["Embedding(64, 32)"], (step, _) => new FillStep(step.Target, 0)),
        Mutant.OfStep<UniformStep>("9b", "a bias of zeros", "aprender 2167", "torch draws the bias; the port leaves zeros",
            ["Linear(32, 64)"], (step, _) => step.Target.Tensor == "bias" ? new FillStep(step.Target, 0) : step),
        new("10a", "chunks of one seed", "tt-metal 47431", "a chunk's seed is truncated: blocks of 256 repeat", ["init.normal_((64, 64))"],
            (request, draw) => RepeatBlocks(draw(request), 256)),
        new("10b", "the number of cores decides", "AiDotNet 2038", "each thread seeds its own chunk", ["init.normal_((64, 64))"],
            (request, draw) => draw(request with { Seed = request.Seed + (ulong)request.Threads - 1 })),
        new("11", "the state is restored for each parameter", "torchtitan 3106, pytorch 180088", "all parameters are the same draws",
            ["Sequential(Linear(32, 32), Linear(32, 32), Linear(32, 32))"], EachFromTheSameState),
        new("12", "all shards are equal", "OLMo-core 307", "every rank draws its part from the same state", ["init.normal_((64, 64))"],
            EqualShards) { DrawsShards = true },
        new("13", "outliers of 1000 σ at the bounds", "pytorch before 2.12",
            "erfinv(−1) = −∞ is clamped to the lower bound, in bfloat16 once in 256 draws", ["init.trunc_normal_((64, 64), std=0.002)"],
            (request, draw)
                => draw(request with { Plan = InitPlan.Of(request.Expression, TorchProfile.For("2.11")) })) { DType = DType.BFloat16 },
        new("14", "seeds that differ above bit 32", "PyTorch Lightning 20412",
            "worker k gets seed + k·2³², of which mt19937 takes the low half", ["Linear(32, 16)"], (request, draw)
            => draw(request)) { Seeds = (seed, worker) => seed + ((ulong)worker << 32) },
        new("15", "mt19937 is off by one", "MathNet 359", "one draw of 65,536 lacks its last bit", ["init.uniform_((256, 256))"], LoseABit),
        Mutant.OfStep<UniformStep>("16a", "fan_in without groups", "tinygrad", "a grouped convolution divides by all channels",
            ["Conv2d(8, 16, 3)", "Conv2d(8, 16, 3, groups=4)"], WithoutGroups),
        Mutant.OfStep<UniformStep>("16b", "fan_in of a transposed convolution", "equinox",
            "the input channels are taken, torch takes the second size", ["ConvTranspose2d(8, 8, 3)", "ConvTranspose2d(8, 32, 3)"],
            Transposed),
        Mutant.OfStep<UniformStep>("17a", "a = 0.01", "tinygrad", "kaiming_uniform_'s default slope is another: 50 millionths narrower",
            ["init.kaiming_uniform_((1024, 1024))"],
            (step, _) => step with { From = step.From / Math.Sqrt(1.0001), To = step.To / Math.Sqrt(1.0001) }),
        Mutant.OfStep<UniformStep>("17b", "Linear by kaiming normal", "Furnace, candle", "torch's standard deviation, another shape",
            ["Linear(64, 32)"], (step, _) => new NormalStep(step.Target, 0, step.To / Math.Sqrt(3))),
        Mutant.OfStep<TruncNormalStep>("18", "a truncated normal near zero", "tfjs 415", "the standard deviation is applied twice",
            ["init.trunc_normal_((64, 32), std=0.02)"], (step, _) => step with { Std = step.Std * step.Std }),
    ];

    static Drawn GlobalGenerator(DrawRequest request, Func<DrawRequest, Drawn> draw)
    {
        lock (s_global)
        {
            Drawn drawn = draw(request with { Seed = s_global.NextUInt32() });
            return drawn with { State = new Generator(request.Seed, request.Plan.Profile).GetState() };
        }
    }

    static Drawn RepeatBlocks(Drawn drawn, int length)
    {
        TensorBuffer tensor = drawn.Tensors.Values.First();
        for (int at = length; at + length <= tensor.Count; at += 2 * length)
        {
            tensor.Bytes(at - length, length).CopyTo(tensor.Bytes(at, length));
        }
        return drawn;
    }

    internal static Drawn EachFromTheSameState(DrawRequest request, Func<DrawRequest, Drawn> draw)
    {
        StateDict tensors = new();
        foreach (ParameterSpec tensor in request.Plan.Tensors)
        {
            InitPlan alone = new(tensor.Name, request.Plan.Profile, [tensor],
                [.. request.Plan.Steps.Where(step => step.Target.Tensor == tensor.Name)]);
            tensors.Add(tensor.Name, draw(request with { Plan = alone }).Tensors[tensor.Name]);
        }
        return new(tensors, []);
    }

    static Drawn EqualShards(DrawRequest request, Func<DrawRequest, Drawn> draw) => request.Shard is { } shard
        ? draw(request with { Shard = (0, shard.Of) }) : draw(request);

    static Drawn LoseABit(DrawRequest request, Func<DrawRequest, Drawn> draw)
    {
        Drawn drawn = draw(request);
        Span<float> elements = drawn.Tensors.Values.First().AsSpan<float>();
        for (int i = 4096; i < elements.Length; i += 65536) { elements[i] -= MathF.Pow(2, -24); }
        return drawn;
    }

    static UniformStep WithoutGroups(UniformStep step, InitPlan plan)
    {
        IReadOnlyList<long> shape = plan["weight"].Shape;
        double groups = 8.0 / shape[1];
        return step with { From = step.From / Math.Sqrt(groups), To = step.To / Math.Sqrt(groups) };
    }

    static UniformStep Transposed(UniformStep step, InitPlan plan)
    {
        IReadOnlyList<long> shape = plan["weight"].Shape;
        double ratio = (double)shape[1] / shape[0];
        return step with { From = step.From * Math.Sqrt(ratio), To = step.To * Math.Sqrt(ratio) };
    }
}
