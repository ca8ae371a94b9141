using BenchmarkDotNet.Attributes;

namespace TorchInit.Benchmarks;

/// <summary>One fill on one thread; the plain fill of the same memory is what none can go under.</summary>
public class FillBenchmarks
{
    readonly Generator _generator = new(1L);
    float[] _float32 = [];
    double[] _float64 = [];
    BFloat16[] _bfloat16 = [];

    /// <summary>Elements: in the first cache, in the second, and in memory.</summary>
    [Params(1_000, 100_000, 10_000_000)]
    public int Count { get; set; }

    /// <summary>Memory that was written before.</summary>
    [GlobalSetup]
    public void Setup()
    {
        (_float32, _float64, _bfloat16) = (new float[Count], new double[Count], new BFloat16[Count]);
        _float32.AsSpan().Fill(1);
        _float64.AsSpan().Fill(1);
        _bfloat16.AsSpan().Clear();
    }

    /// <summary>The roofline.</summary>
    [Benchmark(Baseline = true)]
    public void Fill() => _float32.AsSpan().Fill(1);

    /// <summary>float32, U[−0.3, 0.41).</summary>
    [Benchmark]
    public void Uniform() => Init.Uniform<float>(_float32, _generator, -0.3, 0.41);

    /// <summary>float32, N(0.1, 0.37²).</summary>
    [Benchmark]
    public void Normal() => Init.Normal<float>(_float32, _generator, 0.1, 0.37);

    /// <summary>float32, by rejection.</summary>
    [Benchmark]
    public void TruncNormal() => Init.TruncNormal<float>(_float32, _generator);

    /// <summary>float64, U[−0.3, 0.41).</summary>
    [Benchmark]
    public void UniformFloat64() => Init.Uniform<double>(_float64, _generator, -0.3, 0.41);

    /// <summary>float64, N(0.1, 0.37²).</summary>
    [Benchmark]
    public void NormalFloat64() => Init.Normal<double>(_float64, _generator, 0.1, 0.37);

    /// <summary>bfloat16, N(0.1, 0.37²).</summary>
    [Benchmark]
    public void NormalBFloat16() => Init.Normal<BFloat16>(_bfloat16, _generator, 0.1, 0.37);
}
