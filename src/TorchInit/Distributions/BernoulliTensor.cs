namespace TorchInit;

/// <summary>bernoulli_(p) with one probability per element: 1 where u &lt; p. u is a double from two words if p is float64, else a float32
/// from one word; on a GPU, <see cref="CudaBernoulliTensor"/>.</summary>
static class BernoulliTensor
{
    /// <summary>Checks that torch makes before it draws.</summary>
    public static void Check<T, TProbability>(TorchProfile profile)
        where T : unmanaged
        where TProbability : unmanaged
    {
        if (profile.Gpu is not null)
        {
            CheckOnGpu<TProbability>();
            return;
        }
        BernoulliRule.CheckHalf<T>(profile, "bernoulli_tensor_cpu_self_");
        BernoulliRule.CheckHalf<TProbability>(profile, "bernoulli_tensor_cpu_p_");
        if (DType.Of<TProbability>() is var dtype && !dtype.IsFloatingPoint())
        {
            throw TorchArgumentException.NotImplemented(profile, "dtype", dtype.TorchName(), "float32, float64, float16, bfloat16",
                $"\"bernoulli_tensor_cpu_p_\" not implemented for '{Elements.ScalarTypeName<TProbability>()}'");
        }
    }

    static void CheckOnGpu<TProbability>()
        where TProbability : unmanaged
    {
        if (DType.Of<TProbability>() is var dtype && !dtype.IsFloatingPoint())
        {
            throw TorchArgumentException.RuntimeError("dtype", dtype.TorchName(), "float32, float64, float16, bfloat16",
                $"expected probabilities tensor to have floating type, got {Elements.ScalarTypeName<TProbability>()}");
        }
    }

    /// <summary>Checks each element just before drawing it: when a later one is invalid, the words of those before it are used up, as in
    /// torch.</summary>
    public static void Fill<T, TProbability>(Span<T> tensor, ReadOnlySpan<TProbability> probabilities, Generator generator)
        where T : unmanaged
        where TProbability : unmanaged
    {
        if (generator.Profile.Gpu is not null)
        {
            CudaBernoulliTensor.Draw(tensor, probabilities, generator);
            return;
        }
        Mt19937 engine = generator.Words.Engine;
        for (int i = 0; i < tensor.Length; i++)
        {
            if (Elements.ToDouble(probabilities[i]) is not (>= 0 and <= 1)) { throw Outside(Elements.ToDouble(probabilities[i])); }
            bool one = typeof(TProbability) == typeof(double)
                ? Words.Unit53(engine.NextUInt32(), engine.NextUInt32()) < Elements.ToDouble(probabilities[i])
                : Words.Unit24(engine.NextUInt32()) < Elements.ToFloat(probabilities[i]);
            tensor[i] = DrawElements.FromInteger<T>(one ? 1 : 0);
        }
    }

    static TorchArgumentException Outside(double p)
        => TorchArgumentException.RuntimeError("p", p, "0 to 1 in every element",
            "Expected p_in >= 0 && p_in <= 1 to be true, but got false.  "
            + "(Could this error message be improved?  If so, please report an enhancement request to PyTorch.)");
}
