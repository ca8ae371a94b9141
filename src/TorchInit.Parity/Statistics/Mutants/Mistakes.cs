namespace TorchInit.Parity;

/// <summary>Mistakes of rounding and order that ports make, each alone: most show only in bits, which is why bits are compared.</summary>
public static class Mistakes
{
    /// <summary>R1, R2, …</summary>
    public static IReadOnlyList<Mutant> All =>
    [
        new("R1", "no fused multiply-add", "plain C", "u·range + from is rounded twice", ["init.uniform_((64, 32), -0.3, 0.41)"],
            (request, draw) => draw(request with { Plan = InitPlan.Of(request.Expression, Unfused(request)) })),
        new("R2", "the bias is drawn first", "a port", "the same laws, another order of draws", ["Linear(32, 16)"],
            (request, draw) => draw(request with { Plan = Reversed(request.Plan) })),
        new("R3", "drawn in float64, then cast", "NumPy users", "two words a value, rounded once more", ["init.uniform_((64, 32))"],
            CastFromDouble),
        Mutant.OfStep<UniformStep>("R4", "gained √2", "tch-rs", "ReLU's gain where torch has √5's", ["Linear(64, 32)"],
            (step, _) => step with { From = step.From * Math.Sqrt(2), To = step.To * Math.Sqrt(2) }),
        Mutant.OfStep<NormalStep>("R5", "variance for standard deviation", "a port", "std² is passed as std",
            ["init.kaiming_normal_((64, 32))"], (step, _) => step with { Std = step.Std * step.Std }),
        Mutant.OfStep<NormalStep>("R6", "cut at 2 σ", "AiDotNet", "XavierNormal is truncated", ["init.xavier_normal_((64, 32))"],
            (step, _) => new TruncNormalStep(step.Target, step.Mean, step.Std, step.Mean - 2 * step.Std, step.Mean + 2 * step.Std)),
        Mutant.OfStep<UniformStep>("R7", "fan_out for fan_in", "a port", "the other side of a matrix divides",
            ["Linear(64, 32)", "Linear(32, 64)"],
            (step, plan) => step with { From = -1 / Math.Sqrt(plan["weight"].Shape[0]), To = 1 / Math.Sqrt(plan["weight"].Shape[0]) }),
        Mutant.OfStep<UniformStep>("R8", "not centred", "a port", "U(0, bound) for U(−bound, bound)", ["Linear(64, 32)"],
            (step, _) => step with { From = 0 }),
        Mutant.OfStep<FillStep>("R9", "the padding row is drawn", "a port", "row padding_idx has values of its own",
            ["Embedding(50, 32, padding_idx=3)"], (step, _) => new NormalStep(step.Target, 0, 1)),
        new("R10", "each draw is used twice", "a port", "the sine of Box–Muller is dropped and the cosine stored twice",
            ["init.normal_((64, 64))"], Twice),
    ];

    static TorchProfile Unfused(DrawRequest request)
        => TorchProfile.For(request.Plan.Profile.Version.ToString(), request.Plan.Profile.Platform, CpuCapability.Default);

    static InitPlan Reversed(InitPlan plan) => new(plan.Title, plan.Profile, plan.Tensors, [.. plan.Steps.Reverse()]);

    static Drawn CastFromDouble(DrawRequest request, Func<DrawRequest, Drawn> draw)
    {
        Drawn drawn = draw(request with { DType = DType.Float64 });
        StateDict tensors = new();
        foreach ((string name, TensorBuffer tensor) in drawn.Tensors)
        {
            tensors.Add(name, TensorBuffer.Of([.. Elements64.Of(tensor).Select(value => (float)value)], [.. tensor.Shape]));
        }
        return new(tensors, []);
    }

    static Drawn Twice(DrawRequest request, Func<DrawRequest, Drawn> draw)
    {
        Drawn drawn = draw(request);
        Span<float> elements = drawn.Tensors.Values.First().AsSpan<float>();
        for (int at = 0; at + 16 <= elements.Length; at += 16) { elements.Slice(at, 8).CopyTo(elements.Slice(at + 8, 8)); }
        return drawn;
    }
}
