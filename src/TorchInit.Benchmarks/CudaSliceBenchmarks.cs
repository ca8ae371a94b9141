using BenchmarkDotNet.Attributes;

namespace TorchInit.Benchmarks;

/// <summary>4096 elements anywhere in a tensor of 10¹¹ as a GPU fills it, all costs of asking for them included.</summary>
public class CudaSliceBenchmarks
{
    const long Length = 100_000_000_000;
    const int Count = 4096;

    static readonly TorchProfile s_profile = TorchProfile.Cuda("2.11", Gpu.H100Sxm);
    readonly Random _places = new(1);
    InitPlan _plan = s_plans[0];

    static readonly InitPlan[] s_plans =
    [
        new("uniform_", s_profile, [new("b", [Length])], [new UniformStep("b", -0.3, 0.41)]),
        new("normal_", s_profile, [new("b", [Length])], [new NormalStep("b", 0.3, 1.7)]),
    ];

    /// <summary>The fill.</summary>
    [Params("uniform_", "normal_")]
    public string Fill { get; set; } = "uniform_";

    /// <summary>The dtype.</summary>
    [Params(DType.Float32, DType.Float64, DType.BFloat16)]
    public DType DType { get; set; }

    /// <summary>Chooses the plan.</summary>
    [GlobalSetup]
    public void Choose() => _plan = s_plans.Single(plan => plan.Title == Fill);

    /// <summary>Another place each time.</summary>
    [Benchmark]
    public TensorBuffer Anywhere() => _plan.MaterializeSlice("b", _places.NextInt64(Length - Count), Count, 8, DType);
}
