namespace TorchInit.Tests.Cuda;

using Draws = TorchInit.Draws;

/// <summary>Each draw of a GPU element by element, by its formula, on a GPU so small that a short fill takes several draws of every
/// thread.</summary>
public class CudaFormulaTests
{
    const ulong Seed = 0x1234_5678_9abc_def0;
    const int Count = 2777;

    static readonly Gpu s_small = new(1, 256), s_pair = new(2, 256);

    static Generator New(string version = "2.11", Gpu? gpu = null) => new(Seed, TorchProfile.Cuda(version, gpu ?? s_small));

    /// <summary>An element's words and which of them are its own.</summary>
    static (PhiloxWords Words, int Component) At(long element, long count, int perDraw, int blocks = 1, ulong offset = 0)
    {
        long threads = 256 * Math.Min((count + 255) / 256, blocks);
        (long draw, long rest) = Math.DivRem(element, threads * perDraw);
        return (Philox.Words(Seed, offset / 4 + (ulong)draw, (ulong)(rest % threads)), (int)(rest / threads));
    }

    static T[] Expected<T>(int count, int perDraw, Func<PhiloxWords, int, T> formula, int blocks = 1)
        => [.. Enumerable.Range(0, count).Select(i => At(i, count, perDraw, blocks)).Select(at => formula(at.Words, at.Component))];

    static float Unit(uint word) => MathF.FusedMultiplyAdd(word, 1f / 4294967296, 1f / 8589934592);

    static double Unit(PhiloxWords words, int pair)
    {
        (uint low, uint high) = (words[2 * pair], words[2 * pair + 1]);
        return Math.FusedMultiplyAdd(low ^ (long)high << 21, 1 / 9007199254740992.0, 1 / 18014398509481984.0);
    }

    [Theory, InlineData("2.0"), InlineData("2.11")]
    public void Uniforms(string version)
    {
        bool after = version != "2.0";
        foreach ((float from, float to) in ((float, float)[])[(-0.5f, 0.25f), (-6e-8f, 0), (0, 6e-8f), (1, 1.0000001f), (-1, 1)])
        {
            float[] tensor = new float[Count];
            Init.Uniform(tensor.AsSpan(), New(version), from, to);
            AssertBits.Equal(Expected(Count, 4, (words, component) => Of(Unit(words[component]), from, to)), tensor);
            Uniforms16<Half>(version, from, to, after);
            Uniforms16<BFloat16>(version, from, to, after);
        }
        foreach ((double from, double to, int count) in ((double, double, int)[])[(-0.5, 0.25, Count), (1, 1.0000000000000002, Count),
            (1, 1.0000000000000002, 7), (1, 1.0000000000000002, 3)])
        {
            double[] tensor = new double[count];
            Init.Uniform(tensor.AsSpan(), New(version), from, to);
            Assert.Equal(Expected(count, 2, (words, component) => OfDouble(Unit(words, component), from, to)), tensor);
        }

        float Of(float u, float from, float to)
        {
            float x = MathF.FusedMultiplyAdd(!after && u == 1 ? 0 : u, to - from, from);
            return after && x == to ? from : x;
        }

        double OfDouble(double u, double from, double to)
        {
            double x = Math.FusedMultiplyAdd(!after && u == 1 ? 0 : u, to - from, from);
            return after && x == to ? from : x;
        }
    }

    static void Uniforms16<T>(string version, float from, float to, bool after)
        where T : unmanaged
    {
        T[] tensor = new T[Count];
        Init.Uniform(tensor.AsSpan(), New(version), from, to);
        (float low, float end) = (Elements.Round<T>(from), Elements.Round<T>(to));
        float range = Elements.Round<T>(end - low);
        Assert.Equal(Expected(Count, 4, (words, component) =>
        {
            float u = Unit(words[component]);
            T x = Elements.FromFloat<T>(MathF.FusedMultiplyAdd(!after && u == 1 ? 0 : u, range, low));
            return after && Elements.ToFloat(x) == end ? Elements.FromFloat<T>(low) : x;
        }), tensor);
    }

    [Fact]
    public void A_word_near_the_end_gives_the_lower_bound()
    {
        TorchProfile before = TorchProfile.Cuda("2.0", s_small), after = TorchProfile.Cuda("2.11", s_small);
        Assert.Equal(-1f, new CudaUniform<float>(-1, 1, before).Of(1));
        Assert.Equal(-1f, new CudaUniform<float>(-1, 1, after).Of(1));
        Assert.Equal(0.5f, new CudaUniform<float>(-1, 1, before).Of(0.75f));
        // Before 2.1 the comparison is of u: what is rounded up to the end stays there.
        Assert.Equal((Half)1, new CudaUniform<Half>(-1, 1, before).Of(0.9999f));
        Assert.Equal((Half)(-1), new CudaUniform<Half>(-1, 1, after).Of(0.9999f));
        Assert.Equal((BFloat16)0.25f, new CudaUniform<BFloat16>(0, 0.5, after).Of(0.5f));
    }

    /// <summary>Where float32's u is 1, or half an ε below.</summary>
    [Theory, InlineData(16390493L, 1f), InlineData(27283984L, 0.99999994f), InlineData(28454778L, 0.99999994f)]
    public void The_first_word_of_these_seeds_is_near_the_end(long seed, float u)
    {
        Generator Seeded(string version) => new(seed, TorchProfile.Cuda(version, s_small));
        Assert.Equal(u, Unit(Philox.Words((ulong)seed, 0, 0).W0));
        float[] tensor = new float[1];
        Draws.Exponential(tensor.AsSpan(), Seeded("2.11"), 0.5);
        AssertBits.Equal([2f / (1 << 24)], tensor);                          // −1/λ · −ε/2
        Init.Uniform(tensor.AsSpan(), Seeded("2.11"), -1, 1);
        AssertBits.Equal([u == 1 ? -1 : 0.9999999f], tensor);
        Init.Uniform(tensor.AsSpan(), Seeded("2.0"), -1, 1);
        AssertBits.Equal([u == 1 ? -1 : 0.9999999f], tensor);
    }

    [Fact]
    public void Arguments_are_checked_before_a_launch()
    {
        Generator generator = New();
        Assert.Throws<TorchArgumentException>(() => Init.Normal<float>(new float[3], generator, 0, -1));
        Assert.Throws<TorchArgumentException>(() => Init.Uniform<float>(new float[3], generator, 1, 0));
        Assert.Throws<TorchArgumentException>(() => Draws.Geometric<float>(new float[3], generator, 1));
        Assert.Throws<TorchArgumentException>(() => Draws.RandInt<long>(new long[3], generator, 3, 3));
        Assert.Equal(0, generator.Position);
    }

    [Fact]
    public void Normals()
    {
        static float Normal(PhiloxWords words, int component)
        {
            (float sine, float cosine) = component < 2 ? CudaNormal.Pair(words.W0, words.W1) : CudaNormal.Pair(words.W2, words.W3);
            return MathF.FusedMultiplyAdd(component % 2 == 0 ? sine : cosine, 0.37f, 0.1f);
        }
        float[] expected = Expected(Count, 4, Normal), tensor = new float[Count];
        Init.Normal(tensor.AsSpan(), New(), 0.1, 0.37);
        AssertBits.Equal(expected, tensor);
        // By their definition, too; the hardware's sine differs in the eighth digit.
        Assert.All(tensor.Zip(Expected(Count, 4, (words, component) =>
        {
            (uint first, uint second) = component < 2 ? (words.W0, words.W1) : (words.W2, words.W3);
            double radius = Math.Sqrt(-2 * Math.Log(Unit(first))), angle = 2 * Math.PI * (second + 0.5) / 4294967296;
            return 0.1 + 0.37 * radius * (component % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle));
        })), pair => Assert.Equal(pair.Second, pair.First, 2e-5));
        Half[] halves = new Half[Count];
        Init.Normal(halves.AsSpan(), New(), 0.1, 0.37);
        Assert.Equal(expected.Select(x => (Half)x), halves);
        BFloat16[] brains = new BFloat16[Count];
        Init.Normal(brains.AsSpan(), New(), 0.1, 0.37);
        Assert.Equal(expected.Select(x => (BFloat16)x), brains);
        // One element alone is what it is in the whole.
        foreach (int at in (int[])[0, 1, 255, 256, 511, 512, 1023, 1024, Count - 1])
        {
            float[] one = new float[1];
            Generator generator = New();
            generator.Profile.Fills.Normal.Draw(one.AsSpan(), new(0, at, new(Count)), 0.1, 0.37, generator);
            AssertBits.Equal([expected[at]], one);
            Assert.Equal(CudaNormalOf(at), one[0]);
        }

        static float CudaNormalOf(int at)
        {
            (PhiloxWords words, int component) = At(at, Count, 4);
            return new CudaNormal<float>(0.1, 0.37).Invoke(words, component);
        }
    }

    [Fact]
    public void Normals_of_float64()
    {
        double[] tensor = new double[Count];
        Init.Normal(tensor.AsSpan(), New(), 0.1, 0.37);
        Assert.Equal(Expected(Count, 2, (words, component) => new CudaNormalFloat64(0.1, 0.37).Invoke(words, component)), tensor);
        Assert.All(tensor.Zip(Expected(Count, 2, (words, component) =>
        {
            double radius = Math.Sqrt(-2 * Math.Log(Unit(words, 0))), angle = 2 * Math.PI * Unit(words, 1);
            return 0.1 + 0.37 * radius * (component == 0 ? Math.Sin(angle) : Math.Cos(angle));
        })), pair => Assert.Equal(pair.Second, pair.First, 1e-14));
        foreach (int at in (int[])[0, 1, 255, 256, 511, 512, Count - 1])
        {
            double[] one = new double[1];
            Generator generator = New();
            generator.Profile.Fills.Normal.Draw(one.AsSpan(), new(0, at, new(Count)), 0.1, 0.37, generator);
            Assert.Equal(tensor[at], one[0]);
        }
    }

    [Fact]
    public void Bernoulli()
    {
        float[] tensor = new float[Count];
        Draws.Bernoulli(tensor.AsSpan(), New(), 0.3);
        Assert.Equal(Expected(Count, 4, (words, component) => Unit(words[component]) < 0.3f ? 1f : 0), tensor);
        double[] doubles = new double[Count];
        Draws.Bernoulli(doubles.AsSpan(), New(), 0.3);
        Assert.Equal(Expected(Count, 2, (words, component) => Unit(words, component) < 0.3 ? 1.0 : 0), doubles);
        // u is below p, not equal to it.
        float first = Unit(Philox.Words(Seed, 0, 0).W0);
        Draws.Bernoulli(tensor.AsSpan(0, 1), New(), first);
        Assert.Equal(0, tensor[0]);
        Draws.Bernoulli(doubles.AsSpan(0, 1), New(), Unit(Philox.Words(Seed, 0, 0), 0));
        Assert.Equal(0, doubles[0]);
    }

    [Fact]
    public void Exponentials()
    {
        float[] tensor = new float[Count];
        Draws.Exponential(tensor.AsSpan(), New(), 1.5);
        AssertBits.Equal(Expected(Count, 4, (words, component) => -1 / 1.5f * CudaMath.FastLog(Unit(words[component]))), tensor);
        double[] doubles = new double[Count];
        Draws.Exponential(doubles.AsSpan(), New(), 1.5);
        Assert.Equal(Expected(Count, 2, (words, component) => -1 / 1.5 * CudaMath.Log(Unit(words, component))), doubles);
        Assert.All(doubles.Zip(Expected(Count, 2, (words, component) => -Math.Log(Unit(words, component)) / 1.5)),
            pair => Assert.Equal(pair.Second, pair.First, 1e-14));
    }

    [Fact]
    public void Geometric()
    {
        float[] tensor = new float[Count];
        Draws.Geometric(tensor.AsSpan(), New(), 0.25);
        Assert.Equal(Expected(Count, 4,
            (words, component) => MathF.Ceiling(CudaMath.FastLog(Unit(words[component])) / CudaMath.FastLog(0.75f))), tensor);
        double[] doubles = new double[Count];
        Draws.Geometric(doubles.AsSpan(), New(), 0.25);
        Assert.Equal(Expected(Count, 2, (words, component) => Math.Ceiling(CudaMath.Log(Unit(words, component)) / CudaMath.Log(0.75))),
            doubles);
    }

    [Theory, InlineData("2.6"), InlineData("2.11")]
    public void Integers(string version)
    {
        long[] tensor = new long[Count];
        Draws.RandInt(tensor.AsSpan(), New(version), -5, 100);
        Assert.Equal(Expected(Count, 4, (words, component) => words[component] % 105L - 5), tensor);
        Draws.RandInt(tensor.AsSpan(), New(version), -5, 1L << 30);
        Assert.Equal(version == "2.6" ? Expected(Count, 4, (words, component) => words[component] % ((1L << 30) + 5) - 5)
            : Expected(Count, 2, (words, component) => (long)(words.Pair(component) % ((1UL << 30) + 5)) - 5), tensor);
        Draws.Random(tensor.AsSpan(), New(version), long.MinValue, null);
        Assert.Equal(Expected(Count, 2, (words, component) => unchecked((long)words.Pair(component))), tensor);
    }

    [Theory]
    [InlineData(0, 0, 0), InlineData(1, 4, 4), InlineData(1024, 4, 8), InlineData(1025, 8, 12), InlineData(2048, 8, 16),
        InlineData(2049, 12, 20)]
    public void A_launch_moves_the_generator(int count, int single, int twice)
    {
        Generator generator = New(), doubles = New(), old = New("2.3");
        Init.Uniform<float>(new float[count], generator);
        Assert.Equal(single, generator.Position);
        // Since 2.5 a draw counts as two doubles, before as four.
        Init.Uniform<double>(new double[count], doubles);
        Assert.Equal(count <= 512 ? single : twice, doubles.Position);
        Init.Uniform<double>(new double[count], old);
        Assert.Equal(single, old.Position);
    }

    [Fact]
    public void The_second_launch_goes_on_where_the_first_ended()
    {
        Generator generator = New(gpu: s_pair);
        float[] first = new float[3000], second = new float[700];
        Init.Uniform(first.AsSpan(), generator);
        Assert.Equal(8, generator.Position);
        AssertBits.Equal(Expected(3000, 4, (words, component) => Unit(words[component]) is var u && u == 1 ? 0 : u, blocks: 2), first);
        Init.Uniform(second.AsSpan(), generator);
        Assert.Equal(12, generator.Position);
        AssertBits.Equal([.. Enumerable.Range(0, 700).Select(i => At(i, 700, 4, blocks: 2, offset: 8))
            .Select(at => Unit(at.Words[at.Component]))], second);
    }

    [Fact]
    public void The_counter_carries_into_its_high_word()
    {
        Generator generator = New();
        generator.MoveTo(4 * 0xffff_ffffL);
        float[] tensor = new float[3000];
        Init.Uniform(tensor.AsSpan(), generator);
        AssertBits.Equal([.. Enumerable.Range(0, 3000).Select(i => At(i, 3000, 4, offset: 4 * 0xffff_ffffUL))
            .Select(at => Unit(at.Words[at.Component]))], tensor);
        Assert.Equal(4 * 0x1_0000_0002L, generator.Position);
    }

    [Fact]
    public void A_fill_may_be_cut_after_the_draws_of_all_threads()
    {
        FillRule rule = TorchProfile.Cuda("2.11", s_small).Fills.Uniform;
        Assert.Equal((1, 1, 1024, 0), (rule.Grain(new(100)), rule.Grain(new(4096)), rule.Grain(new(4097)), rule.Grain(new(5000, false))));
        float[] whole = new float[5000], parts = new float[5000];
        Init.Uniform(whole.AsSpan(), New());
        for (int at = 0; at < 5000; at += 611)
        {
            Generator generator = New();
            rule.Draw(parts.AsSpan(at, Math.Min(611, 5000 - at)), new(0, at, new(5000)), 0, 1, generator);
            Assert.Equal(at + 611 >= 5000 ? 20 : 0, generator.Position);
        }
        AssertBits.Equal(whole, parts);
    }

    [Fact]
    public void A_truncated_normal_of_bfloat16_since_2_5()
    {
        TorchArgumentException error = Assert.Throws<TorchArgumentException>(()
            => Init.TruncNormal<BFloat16>(new BFloat16[3], New("2.3")));
        Assert.Equal(("RuntimeError", "\"erfinv_cuda\" not implemented for 'BFloat16'"), (error.TorchKind, error.TorchMessage));
        Assert.StartsWith("dtype is 'bfloat16'; allowed: float32, float64, float16 (bfloat16 since torch 2.5).", error.Message,
            StringComparison.Ordinal);
        Init.TruncNormal<BFloat16>(new BFloat16[3], New("2.5"));
        Init.TruncNormal<Half>(new Half[3], New("2.3"));
        Assert.Throws<TorchArgumentException>(() => Init.TruncNormal<float>(new float[3], New(), b: 1e39));
        Init.TruncNormal<double>(new double[3], New(), b: 1e39);
    }

    [Fact]
    public void What_a_GPU_does_is_not_always_known()
    {
        const string Allowed = "is not known here; allowed there: uniform_, normal_, bernoulli_, cauchy_, exponential_, "
            + "geometric_, log_normal_, random_, randint, randperm, multinomial without replacement, dropout, initial weights.";
        void NotKnown(string name, Action<Generator> draw)
            => Assert.Equal($"How a GPU draws {name} {Allowed}", Assert.Throws<NotFollowedException>(() => draw(New())).Message);
        NotKnown("multinomial with replacement", generator => Draws.Multinomial<float>(new long[2], [1f, 2f], generator, true));
        Assert.Equal("sparse_ takes its permutations from the default device's generator, and torch 2.11 cuda:1x256 does not say whether "
            + "that is the GPU; set IsDefaultDevice (--default-device cuda or cpu): true if the weights were made under "
            + "torch.device('cuda'), false if only the tensor was on the GPU. (Parameter 'generator')",
            Assert.Throws<ArgumentException>(() => Init.Sparse<float>(new float[6], [3, 2], New(), 0.5)).Message);
        CudaFills fills = CudaFills.Of(s_small);
        Assert.Same(fills, CudaFills.Of(new(1, 256)));
        Assert.Equal(("cuda:1x256", "cuda"), (fills.Name, fills.Suffix));
        Assert.Equal(("cpu", "cpu"), (CpuFills.Instance.Name, CpuFills.Instance.Suffix));
        TorchProfile unknown = TorchProfile.Cuda("2.11", s_small);
        Assert.Equal(16, fills.RowPermutationLength(9, unknown with { IsDefaultDevice = true }));
        Assert.Null(fills.RowPermutationLength(9, unknown with { IsDefaultDevice = false }));
    }
}
