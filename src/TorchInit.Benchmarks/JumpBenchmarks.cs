using BenchmarkDotNet.Attributes;

namespace TorchInit.Benchmarks;

/// <summary>Skipping words of the stream: a distance that came before costs its application alone.</summary>
public class JumpBenchmarks
{
    readonly Generator _generator = new(1L);
    long _distance;

    /// <summary>Words.</summary>
    [Params(1_000_000, 100_000_000, 7_000_000_000)]
    public long Words { get; set; }

    /// <summary>A distance of its own each time.</summary>
    [Benchmark]
    public void Advance() => _generator.Advance(Words + 624 * ++_distance);

    /// <summary>The same distance each time.</summary>
    [Benchmark]
    public void AdvanceAgain() => _generator.Advance(Words);

    /// <summary>4096 elements at word 7e9 of a plan, all costs of asking for them included.</summary>
    [Benchmark]
    public TensorBuffer Slice() => s_far.MaterializeSlice("b", Words, 4096, 8);

    static readonly InitPlan s_far = new("far", TorchProfile.Default, [new("b", [9_000_000_000])], [new UniformStep("b", -0.3, 0.41)]);
}
