using TorchInit;

namespace InitNotebooks;

/// <summary>Compares a GPU's draws with what ports of Philox make of the same words.</summary>
public static class GpuPorts
{
    const float Step = 1f / (1UL << 32);
    const float Turn = 2 * MathF.PI;

    /// <summary>Standard normals of torch on an H100: <c>torch.randn(count, device='cuda')</c>.</summary>
    /// <param name="count">How many normals.</param>
    /// <param name="seed">The seed, as for <c>torch.manual_seed</c>.</param>
    public static float[] Normals(int count, long seed)
    {
        float[] normals = new float[count];
        Init.Normal<float>(normals, new Generator(seed, TorchProfile.Cuda("2.11", Gpu.H100Sxm)));
        return normals;
    }

    /// <summary>The same with the C library's logarithm and sine, in float32.</summary>
    /// <param name="count">How many normals.</param>
    /// <param name="seed">The seed, as for <c>torch.manual_seed</c>.</param>
    public static float[] NormalsByLibm(int count, long seed) => Drawn(count, seed, (first, second, cosine)
        => MathF.Sqrt(-2 * Libm.LogF(Unit(first))) * (cosine ? Libm.CosF(Angle(second)) : Libm.SinF(Angle(second))));

    /// <summary>What each mistake of a port changes in normals.</summary>
    /// <param name="count">How many normals are compared.</param>
    /// <param name="seed">The seed, as for <c>torch.manual_seed</c>.</param>
    public static IReadOnlyList<PortMistake> OfNormals(int count = 1_000_000, long seed = 1234)
    {
        float[] right = Normals(count, seed);
        return
        [
            PortMistake.Of("the C library's logarithm and sine", right, NormalsByLibm(count, seed)),
            PortMistake.Of("the C library's sine, CUDA's logarithm", right, Drawn(count, seed, (first, second, cosine)
                => MathF.Sqrt(-2 * CudaMath.Log(Unit(first))) * (cosine ? Libm.CosF(Angle(second)) : Libm.SinF(Angle(second))))),
            PortMistake.Of("the hardware's sine, the C library's logarithm", right, Drawn(count, seed, (first, second, cosine)
                => MathF.Sqrt(-2 * Libm.LogF(Unit(first))) * HardwareSine(second, cosine))),
            PortMistake.Of("all in float64, rounded at the end", right, Drawn(count, seed, (first, second, cosine)
                => InDouble(first, second, cosine))),
            PortMistake.Of("the cosine first, then the sine", right, Drawn(count, seed, (first, second, cosine)
                => MathF.Sqrt(-2 * CudaMath.Log(Unit(first))) * HardwareSine(second, !cosine))),
            PortMistake.Of("element i from thread i, whatever the grid", right, OfThreads(count, seed)),
            PortMistake.Of("the CPU's generator", right, OfCpu(count, seed)),
        ];
    }

    /// <summary>What each mistake of a port changes in uniforms on (0, 1], from the same words.</summary>
    /// <param name="count">How many uniforms are compared.</param>
    /// <param name="seed">The seed, as for <c>torch.manual_seed</c>.</param>
    public static IReadOnlyList<PortMistake> OfUniforms(int count = 1_000_000, long seed = 1234)
    {
        float[] right = Words(count, seed, CudaUnits.Float);
        return
        [
            PortMistake.Of("the upper 24 bits · 2⁻²⁴", right, Words(count, seed, word => (word >> 8) * (1f / (1 << 24)))),
            PortMistake.Of("w · 2⁻³², without the half step", right, Words(count, seed, word => word * Step)),
            PortMistake.Of("(w + ½) · 2⁻³² in float64, rounded once", right,
                Words(count, seed, word => (float)((word + 0.5) / (1UL << 32)))),
        ];
    }

    static float Unit(uint word) => CudaUnits.Float(word);

    static float Angle(uint word) => MathF.FusedMultiplyAdd(word, Turn * Step, Turn * Step / 2);

    static float HardwareSine(uint word, bool cosine)
    {
        (float sin, float cos) = CudaMath.FastSinCos(Angle(word));
        return cosine ? cos : sin;
    }

    static float InDouble(uint first, uint second, bool cosine)
    {
        (double sin, double cos) = Libm.SinCos(2 * Math.PI * (second + 0.5) / (1UL << 32));
        return (float)(Math.Sqrt(-2 * Libm.Log((first + 0.5) / (1UL << 32))) * (cosine ? cos : sin));
    }

    /// <summary>Elements in the order of an H100's grid, from the word of the radius, that of the angle, and whether it is second in the
    /// pair.</summary>
    static float[] Drawn(int count, long seed, Func<uint, uint, bool, float> normal)
    {
        int threads = (int)CudaLaunch.ThreadsOf(count, Gpu.H100Sxm);
        float[] elements = new float[count];
        for (int i = 0; i < count; i++)
        {
            (int thread, int row) = (i % threads, i / threads);
            PhiloxWords words = Philox.Words((ulong)seed, (ulong)(row / 4), (ulong)thread);
            elements[i] = row % 4 < 2 ? normal(words.W0, words.W1, row % 2 == 1) : normal(words.W2, words.W3, row % 2 == 1);
        }
        return elements;
    }

    static float[] Words(int count, long seed, Func<uint, float> uniform)
        => [.. Enumerable.Range(0, count).Select(i => uniform(Philox.Words((ulong)seed, 0, (ulong)i).W0))];

    static float[] OfThreads(int count, long seed)
    {
        float[] elements = new float[count];
        for (int i = 0; i < count; i++)
        {
            PhiloxWords words = Philox.Words((ulong)seed, 0, (ulong)i);
            elements[i] = CudaNormal.Pair(words.W0, words.W1).Sine;
        }
        return elements;
    }

    static float[] OfCpu(int count, long seed)
    {
        float[] normals = new float[count];
        Init.Normal<float>(normals, new Generator(seed));
        return normals;
    }
}
