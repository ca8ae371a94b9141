namespace TorchInit.Tests.Draws;

/// <summary>The span functions: each derived a second time from raw words, slowly, and equal to the plan of the same expression.</summary>
public class DrawsTests
{
    const int Count = 300;

    static Generator New(string version = "2.15") => new(7L, TorchProfile.For(version));

    static double Unit(Generator words) => (words.NextUInt64() & ((1UL << 53) - 1)) * Math.Pow(2, -53);

    [Fact]
    public void Bernoulli_is_a_double_below_p()
    {
        Generator words = New(), generator = New();
        byte[] drawn = new byte[Count];
        TorchInit.Draws.Bernoulli(drawn.AsSpan(), generator, 0.3);
        foreach (byte one in drawn) { Assert.Equal(Unit(words) < 0.3 ? 1 : 0, one); }
        Assert.Equal(words.GetState(), generator.GetState());
    }

    [Fact]
    public void Bernoulli_of_float32_probabilities_takes_one_word()
    {
        Generator words = New(), generator = New();
        float[] p = [.. Enumerable.Range(0, Count).Select(i => i / (float)Count)];
        bool[] drawn = new bool[Count];
        TorchInit.Draws.Bernoulli<bool, float>(drawn, p, generator);
        for (int i = 0; i < Count; i++) { Assert.Equal((words.NextUInt32() & 0xffffff) * MathF.Pow(2, -24) < p[i], drawn[i]); }
        Assert.Equal(words.GetState(), generator.GetState());
    }

    [Fact]
    public void Exponential_is_log1p_of_a_double()
    {
        Generator words = New(), generator = New();
        float[] drawn = new float[Count];
        TorchInit.Draws.Exponential(drawn.AsSpan(), generator, 1.5);
        foreach (float value in drawn) { Assert.Equal((float)(-1 / 1.5 * Math.Log(1 - Unit(words))), value, 1e-6f * value); }
        Assert.Equal(words.GetState(), generator.GetState());
    }

    [Theory, InlineData(100L, 1, "2.15"), InlineData((1L << 28) - 1, 1, "2.15"), InlineData(1L << 28, 2, "2.15"), InlineData(1L << 28, 1,
        "2.6"),
        InlineData((1L << 32) - 1, 1, "2.6"), InlineData(1L << 32, 2, "2.6"), InlineData(1L << 32, 2, "1.13")]
    public void RandInt_is_a_word_modulo_the_range(long range, int wordsOfOne, string version)
    {
        Generator words = New(version), generator = New(version);
        long[] drawn = new long[Count];
        TorchInit.Draws.RandInt(drawn.AsSpan(), generator, -3, range - 3);
        foreach (long value in drawn)
        {
            ulong word = wordsOfOne == 2 ? words.NextUInt64() : words.NextUInt32();
            Assert.Equal((long)(word % (ulong)range) - 3, value);
        }
        Assert.Equal(words.GetState(), generator.GetState());
    }

    [Fact]
    public void Geometric_counts_trials()
    {
        Generator words = New(), generator = New();
        short[] drawn = new short[Count];
        TorchInit.Draws.Geometric(drawn.AsSpan(), generator, 0.3);
        foreach (short value in drawn) { Assert.Equal(Math.Ceiling(Math.Log(Unit(words)) / Math.Log(0.7)), value); }
        Assert.Equal(words.GetState(), generator.GetState());
    }

    [Fact]
    public void Multinomial_with_replacement_looks_up_the_running_sum()
    {
        Generator words = New(), generator = New();
        long[] drawn = new long[Count];
        TorchInit.Draws.Multinomial<double>(drawn, [1, 0, 3, 4], generator, replacement: true);
        foreach (long place in drawn)
        {
            double u = Unit(words);
            Assert.Equal(u <= 0.125 ? 0 : u <= 0.5 ? 2 : 3, place);
        }
        Assert.Equal(words.GetState(), generator.GetState());
    }

    [Fact]
    public void Dropout_scales_what_is_left()
    {
        Generator words = New(), generator = New();
        float[] drawn = [.. Enumerable.Range(1, Count).Select(i => (float)i)];
        TorchInit.Draws.Dropout(drawn.AsSpan(), generator, 0.1);
        for (int i = 0; i < Count; i++) { Assert.Equal(Unit(words) < 0.9 ? (i + 1) * (1f / 0.9f) : 0, drawn[i]); }
        Assert.Equal(words.GetState(), generator.GetState());
    }

    public static TheoryData<string, Action<Generator, float[]>> Functions => new()
    {
        { "rand({0})", (generator, tensor) => TorchInit.Draws.Rand(tensor.AsSpan(), generator) },
        { "randn({0})", (generator, tensor) => TorchInit.Draws.Randn(tensor.AsSpan(), generator) },
        { "empty({0}).random_()", (generator, tensor) => TorchInit.Draws.Random(tensor.AsSpan(), generator) },
        { "empty({0}).random_(3, 90)", (generator, tensor) => TorchInit.Draws.Random(tensor.AsSpan(), generator, 3, 90) },
        { "empty({0}).random_(3, None)", (generator, tensor) => TorchInit.Draws.Random(tensor.AsSpan(), generator, 3, null) },
        { "empty({0}).exponential_(2.5)", (generator, tensor) => TorchInit.Draws.Exponential(tensor.AsSpan(), generator, 2.5) },
        { "empty({0}).log_normal_()", (generator, tensor) => TorchInit.Draws.LogNormal(tensor.AsSpan(), generator) },
        { "empty({0}).cauchy_(0.5, 2)", (generator, tensor) => TorchInit.Draws.Cauchy(tensor.AsSpan(), generator, 0.5, 2) },
        { "empty({0}).geometric_(0.2)", (generator, tensor) => TorchInit.Draws.Geometric(tensor.AsSpan(), generator, 0.2) },
        { "empty({0}).bernoulli_()", (generator, tensor) => TorchInit.Draws.Bernoulli(tensor.AsSpan(), generator) },
        {
            "normal(ones({0}), 0.5)", (generator, tensor) =>
            {
                float[] mean = [.. tensor.Select(_ => 1f)];
                TorchInit.Draws.Normal(tensor.AsSpan(), mean, generator, 0.5);
            }
        },
        {
            "normal(0.25, full(({0},), 0.5))", (generator, tensor) =>
            {
                float[] std = [.. tensor.Select(_ => 0.5f)];
                TorchInit.Draws.Normal(tensor.AsSpan(), [0.25f], std, generator);
            }
        },
    };

    [Theory, MemberData(nameof(Functions))]
    public void A_span_gets_what_the_expression_gives(string expression, Action<Generator, float[]> draw)
    {
        foreach (int count in new[] { 0, 1, 15, 16, 17, 700 })
        {
            Generator ours = New(), plans = New();
            float[] tensor = new float[count];
            draw(ours, tensor);
            string text = string.Format(System.Globalization.CultureInfo.InvariantCulture, expression, count);
            StateDict drawn = InitPlan.Of(text, plans.Profile).Materialize(plans);
            AssertBits.Equal(drawn[""].AsSpan<float>(), tensor);
            Assert.Equal(plans.GetState(), ours.GetState());
        }
    }

    [Fact]
    public void What_MKL_may_draw_is_refused_by_profile()
    {
        float[] tensor = new float[3];
        foreach ((string version, bool bernoulli, bool exponential) in new[]
            { ("1.13", false, true), ("2.0", false, true), ("2.1", false, false), ("2.9", false, false), ("2.10", true, true), ("2.15",
                true, true) })
        {
            foreach (TorchPlatform platform in new[] { TorchPlatform.LinuxX64, TorchPlatform.WindowsX64 })
            {
                TorchProfile wheel = TorchProfile.For(version, platform);
                Draws(bernoulli, wheel, generator => TorchInit.Draws.Bernoulli(tensor.AsSpan(), generator, 0.5));
                Draws(bernoulli, wheel, generator => TorchInit.Draws.Dropout(tensor.AsSpan(), generator));
                Draws(exponential, wheel, generator => TorchInit.Draws.Exponential(tensor.AsSpan(), generator));
                Draws(true, wheel with { Erf = ErfImplementation.Glibc }, generator => TorchInit.Draws.Bernoulli(tensor.AsSpan(),
                    generator));
            }
            Draws(true, TorchProfile.For(version, TorchPlatform.LinuxArm64), generator => TorchInit.Draws.Exponential(tensor.AsSpan(),
                generator));
        }

        static void Draws(bool allowed, TorchProfile profile, Action<Generator> draw)
        {
            Generator generator = new(0L, profile);
            if (allowed) { draw(generator); }
            else
            {
                Assert.Contains("MKL", Assert.Throws<NotFollowedException>(() => draw(generator)).Message, StringComparison.Ordinal);
                Assert.Equal(new Generator(0L, profile).GetState(), generator.GetState());
            }
        }
    }

    [Fact]
    public void Ties_are_the_library_s_and_are_refused_where_it_is_another()
    {
        long[] samples = new long[2];
        Generator windows = new(7L, TorchProfile.For("2.15", TorchPlatform.WindowsX64));
        Assert.Throws<NotFollowedException>(() => TorchInit.Draws.Multinomial<float>(samples, [0f, 1f, 0f], windows));
        TorchInit.Draws.Multinomial<float>(samples, [0f, 1f, 2f], windows);
        Assert.Equal(2, samples.Distinct().Count());
        TorchInit.Draws.Multinomial<float>(samples, [0f, 1f, 0f], New());
        Assert.Equal([1L, 0L], samples);
    }

    [Fact]
    public void Without_rows_multinomial_draws_nothing()
    {
        Generator generator = New();
        TorchInit.Draws.Multinomial<float>([], [], generator, rows: 0);
        TorchInit.Draws.Multinomial<float>([], [], generator, replacement: true, rows: 0);
        Assert.Equal(New().GetState(), generator.GetState());
        Assert.Throws<ArgumentException>(() => TorchInit.Draws.Multinomial<float>([], [1f], generator, rows: 0));
        Assert.Equal([0L, 2L], InitPlan.Of("torch.multinomial(torch.zeros(0, 3), 2)").Materialize(0)[""].Shape);
        // torch refuses too many samples of no rows, too.
        Assert.Throws<TorchArgumentException>(() => InitPlan.Of("torch.multinomial(torch.zeros(0, 3), 5)").Materialize(0));
    }

    [Fact]
    public void A_seed_of_no_ones_choice_is_the_initial_seed()
    {
        Generator generator = new();
        ulong first = generator.Seed(), second = generator.Seed();
        Assert.NotEqual(first, second);
        Assert.Equal(second, generator.InitialSeed);
        Assert.Equal(new Generator(second).GetState(), generator.GetState());
    }
}
