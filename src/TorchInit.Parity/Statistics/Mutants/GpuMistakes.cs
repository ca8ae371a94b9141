namespace TorchInit.Parity;

/// <summary>Mistakes that ports of a GPU's generator make, each alone. With one word too many or a sine too exact, the law is still right,
/// so most show only in the bits.</summary>
public static class GpuMistakes
{
    const float Step = 1f / (1UL << 32);
    const float Turn = 2 * MathF.PI;

    /// <summary>The torch that they claim to follow: 2.11 on an H100, whose grid has 270,336 threads.</summary>
    public static TorchProfile Profile { get; }
        = TorchProfile.Cuda(TorchProfile.MeasuredOnCuda, Gpu.H100Sxm) with { IsDefaultDevice = true };

    /// <summary>G1, G2, …</summary>
    public static IReadOnlyList<Mutant> All =>
    [
        Normal("G1", "the C library's sine", "a port in C", "sinf and cosf for the hardware's 64 parabolas", "(64, 32)",
            (words, at) => MathF.Sqrt(-2 * CudaMath.Log(CudaUnits.Float(words[at / 2 * 2])))
                * (at % 2 == 0 ? Libm.SinF(Angle(words[at / 2 * 2 + 1])) : Libm.CosF(Angle(words[at / 2 * 2 + 1])))),
        Normal("G2", "float64 throughout", "a port in NumPy", "logarithm, root and sine in float64, rounded at the end", "(64, 32)",
            InDouble),
        Normal("G3", "the grid is ignored", "a port", "element i is thread i's, however many threads the GPU has", "(600, 512)", Standard,
            (element, _) => (element, 0, 0)),
        Normal("G4", "a draw's four in a row", "a port", "elements 4t to 4t + 3 are thread t's", "(64, 32)", Standard,
            (element, _) => (element / 4, 0, element % 4)),
        Mistake("G5", "counter and subsequence exchanged", "a port", "the thread is counted where the offset belongs",
            "init.normal_((64, 32))", (seed, element, threads)
                => Standard(Philox.Words(seed, (ulong)(element % threads), (ulong)(element / threads / 4)), element / threads % 4)),
        Normal("G6", "the cosine first", "a port", "sine and cosine in the other order", "(64, 32)",
            (words, at) => Standard(words, at ^ 1)),
        Normal("G7", "each thread draws once", "a port", "from element T on, the first word of the same draw again", "(600, 512)", Standard,
            (element, threads) => (element % threads, 0, 0)),
        Uniform("G8", "24 bits of [0, 1)", "a port of the CPU's", "the upper 24 bits · 2⁻²⁴ for (w + ½) · 2⁻³²", "(64, 32), -0.3, 0.41",
            -0.3f, 0.41f, word => (word >> 8) * (1f / (1 << 24))),
        Uniform("G9", "without the half step", "a port", "w · 2⁻³², so that 0 can be drawn and 1 as well", "(64, 32), 0.0, 1.0", 0, 1,
            word => word * Step),
        new("G10", "the upper bound is kept", "a port", "what rounds to the upper bound does not become the lower one",
            ["init.uniform_((64, 32), -0.3, 0.41)"], KeepUpper) { DType = DType.BFloat16 },
        new("G11", "the offset stands still", "a port", "each fill begins at the generator's first draw",
            ["Sequential(Linear(32, 32), Linear(32, 32), Linear(32, 32))"], Museum.EachFromTheSameState),
    ];

    static float Angle(uint word) => MathF.FusedMultiplyAdd(word, Turn * Step, Turn * Step / 2);

    static float Standard(PhiloxWords words, int at)
    {
        (float sine, float cosine) = CudaNormal.Pair(words[at / 2 * 2], words[at / 2 * 2 + 1]);
        return at % 2 == 0 ? sine : cosine;
    }

    static float InDouble(PhiloxWords words, int at)
    {
        (double sine, double cosine) = Libm.SinCos(2 * Math.PI * (words[at / 2 * 2 + 1] + 0.5) / (1UL << 32));
        return (float)(Math.Sqrt(-2 * Libm.Log((words[at / 2 * 2] + 0.5) / (1UL << 32))) * (at % 2 == 0 ? sine : cosine));
    }

    /// <param name="number">G1, …</param>
    /// <param name="name">The fault in a few words.</param>
    /// <param name="origin">Who makes the mistake.</param>
    /// <param name="fault">What is wrong.</param>
    /// <param name="shape">The sizes as text.</param>
    /// <param name="value">The value, from a draw's words and the element's number in the draw.</param>
    /// <param name="place">Thread, counter and number in the draw, from the element and the number of threads; null for torch's.</param>
    static Mutant Normal(string number, string name, string origin, string fault, string shape, Func<PhiloxWords, int, float> value,
        Func<int, int, (int Thread, int Counter, int At)>? place = null)
        => Mistake(number, name, origin, fault, $"init.normal_({shape})", (seed, element, threads) =>
        {
            (int thread, int counter, int at) = (place ?? Place)(element, threads);
            return value(Philox.Words(seed, (ulong)counter, (ulong)thread), at);
        });

    static Mutant Uniform(string number, string name, string origin, string fault, string arguments, float from, float to,
        Func<uint, float> unit)
        => Mistake(number, name, origin, fault, $"init.uniform_({arguments})", (seed, element, threads) =>
        {
            (int thread, int counter, int at) = Place(element, threads);
            float x = MathF.FusedMultiplyAdd(unit(Philox.Words(seed, (ulong)counter, (ulong)thread)[at]), to - from, from);
            return x == to ? from : x;
        });

    static Mutant Mistake(string number, string name, string origin, string fault, string expression, Func<ulong, int, int, float> element)
        => new(number, name, origin, fault, [expression], (request, draw) => Replace(request, draw, element));

    static Drawn KeepUpper(DrawRequest request, Func<DrawRequest, Drawn> draw)
    {
        Drawn drawn = draw(request);
        Span<BFloat16> elements = drawn.Tensors.Values.Single().AsSpan<BFloat16>();
        CudaUniform<BFloat16> right = new(-0.3, 0.41, request.Plan.Profile);
        for (int i = 0; i < elements.Length; i++)
        {
            float u = CudaUnits.Float(Philox.Words(request.Seed, 0, (ulong)i).W0);
            elements[i] = Elements.FromFloat<BFloat16>(MathF.FusedMultiplyAdd(u, right.Range, right.From));
        }
        return drawn;
    }

    static (int Thread, int Counter, int At) Place(int element, int threads)
        => (element % threads, element / threads / 4, element / threads % 4);

    /// <summary>The right tensor with elements by the fault's own rule, from seed, element and threads.</summary>
    static Drawn Replace(DrawRequest request, Func<DrawRequest, Drawn> draw, Func<ulong, int, int, float> element)
    {
        Drawn drawn = draw(request);
        Span<float> elements = drawn.Tensors.Values.Single().AsSpan<float>();
        int threads = (int)CudaLaunch.ThreadsOf(elements.Length, request.Plan.Profile.Gpu!);
        for (int i = 0; i < elements.Length; i++) { elements[i] = element(request.Seed, i, threads); }
        return drawn;
    }
}
