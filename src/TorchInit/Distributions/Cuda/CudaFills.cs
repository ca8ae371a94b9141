using System.Collections.Concurrent;

namespace TorchInit;

/// <summary>torch on a GPU: draws from a counter, which give any element by its index. Everything the device changes is here or in the
/// types used here.</summary>
sealed class CudaFills : FillRules
{
    static readonly ConcurrentDictionary<Gpu, CudaFills> s_byGpu = new();

    readonly Gpu _gpu;

    CudaFills(Gpu gpu)
    {
        _gpu = gpu;
        (Uniform, Normal) = (new CudaUniformRule(gpu), new CudaNormalRule(gpu));
    }

    /// <summary>The fills of a GPU; the same object for equal GPUs, so that equal profiles have equal fills.</summary>
    public static CudaFills Of(Gpu gpu) => s_byGpu.GetOrAdd(gpu, gpu => new(gpu));

    public override string Name => $"cuda:{_gpu}";

    public override string Suffix => "cuda";

    public override FillRule Uniform { get; }

    public override FillRule Normal { get; }

    public override RandomStream NewStream(ulong seed, TorchProfile profile) => new PhiloxStream(seed, profile.HasShortCudaState);

    public override ElementFill Draw(string name, FillRule rule, double a = 0, double b = 0) => rule switch
    {
        BernoulliRule => new(new CudaBernoulliRule(_gpu), a),
        CauchyRule => new(new CudaCauchyRule(_gpu), a, b),
        ExponentialRule => new(new CudaExponentialRule(_gpu), a),
        GeometricRule => new(new CudaGeometricRule(_gpu), a),
        LogNormalRule => new(new CudaLogNormalRule(_gpu), a, b),
        RandomRule random => new(new CudaRandomRule(_gpu, random), a),
        _ => throw NotFollowed(name),
    };

    /// <summary>Refuses draws whose kernels were not measured.</summary>
    /// <exception cref="NotFollowedException">The profile draws on a GPU.</exception>
    public static void Refuse(string name, TorchProfile profile)
    {
        if (profile.Gpu is not null) { throw NotFollowed(name); }
    }

    static NotFollowedException NotFollowed(string name)
        => new($"How a GPU draws {name} is not known here; allowed there: uniform_, normal_, bernoulli_, cauchy_, "
            + "exponential_, geometric_, log_normal_, random_, randint, randperm, multinomial without replacement, dropout, "
            + "initial weights.");

    public override long? PermutationLength(long n, TorchProfile profile) => CudaRandPerm.Length(n, _gpu, profile);

    public override void Permute(Span<long> permutation, Generator generator) => CudaRandPerm.Draw(permutation, generator);

    /// <summary>sparse_ calls randperm without a device, so it uses the default device's generator.</summary>
    public override long? RowPermutationLength(long n, TorchProfile profile)
        => IsDefaultDevice(profile) ? PermutationLength(n, profile) : null;

    public override void PermuteRows(Span<long> permutation, Generator generator)
    {
        if (IsDefaultDevice(generator.Profile)) { Permute(permutation, generator); }
        else { RandPerm.Draw(permutation, ((PhiloxStream)generator.Stream).Host.Engine); }
    }

    public override void TruncateByErfInv<T>(Span<T> uniforms, double std, double mean, double a, double b, TorchProfile profile)
        => CudaTruncNormal.Finish(uniforms, std, mean, a, b, profile);

    static bool IsDefaultDevice(TorchProfile profile)
        => profile.IsDefaultDevice ?? throw new ArgumentException("sparse_ takes its permutations from the default device's generator, "
            + $"and {profile} does not say whether that is the GPU; set {nameof(TorchProfile.IsDefaultDevice)} (--default-device cuda or cpu): "
            + "true if the weights were made under torch.device('cuda'), false if only the tensor was on the GPU.");
}
