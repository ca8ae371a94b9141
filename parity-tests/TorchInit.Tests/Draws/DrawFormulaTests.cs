namespace TorchInit.Tests.Draws;

using Draws = TorchInit.Draws;

/// <summary>Draws element by element, by torch's formula on the generator's words, where dtypes, versions and platforms differ.</summary>
public class DrawFormulaTests
{
    const int Count = 50;

    static TorchProfile Wheel(string version, bool fused = true)
        => TorchProfile.For(version, fused ? TorchPlatform.LinuxX64 : TorchPlatform.WindowsX64) with { Erf = ErfImplementation.Glibc };

    static double Unit(Generator words) => (words.NextUInt64() & ((1UL << 53) - 1)) * Math.Pow(2, -53);

    /// <summary>Draws, and compares with the formula on another generator, and both generators afterwards.</summary>
    static void Compare<T>(TorchProfile profile, Action<T[], Generator> draw, Func<Generator, T> formula)
        where T : unmanaged
    {
        Generator generator = new(9L, profile), words = new(9L, profile);
        T[] drawn = new T[Count];
        draw(drawn, generator);
        T[] expected = [.. Enumerable.Range(0, Count).Select(_ => formula(words))];
        Assert.Equal(expected, drawn);
        Assert.Equal(words.GetState(), generator.GetState());
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Where_products_are_fused_and_where_not(bool fused)
    {
        double Shifted(double x, double scale, double shift) => fused ? Math.FusedMultiplyAdd(x, scale, shift) : x * scale + shift;
        Compare<double>(Wheel("2.15", fused), (drawn, generator) => Draws.LogNormal(drawn.AsSpan(), generator, 0.3, 0.7),
            words => Math.Exp(Shifted(NormalScalar.NextStandard(words.Words, words.Profile), 0.7, 0.3)));
        Compare<double>(Wheel("2.15", fused), (drawn, generator) => Draws.Cauchy(drawn.AsSpan(), generator, 0.3, 0.7),
            words => Shifted(Math.Tan(Math.PI * (Unit(words) - 0.5)), 0.7, 0.3));
        Compare<double>(Wheel("2.15", fused), (drawn, generator) =>
        {
            foreach (ref double x in drawn.AsSpan()) { Init.Normal(new Span<double>(ref x), generator, 0.3, 0.7); }
        }, words => Shifted(NormalScalar.NextStandard(words.Words, words.Profile), 0.7, 0.3));
    }

    [Theory, InlineData("1.13"), InlineData("2.15")]
    public void Logarithms_of_a_rest(string version)
    {
        double LogOfRest(double u) => version == "1.13" ? Libm.Log(1 - u) : Libm.Log1p<Fused>(-u);
        Compare<double>(Wheel(version), (drawn, generator) => Draws.Exponential(drawn.AsSpan(), generator, 1.5),
            words => -1 / 1.5 * LogOfRest(Unit(words)));
        Compare<Half>(Wheel(version), (drawn, generator) => Draws.Exponential(drawn.AsSpan(), generator, 1.5),
            words => (Half)(float)(-1 / 1.5 * LogOfRest(Unit(words))));
        Compare<double>(Wheel(version), (drawn, generator) => Draws.Geometric(drawn.AsSpan(), generator, 1e-3),
            words => Math.Ceiling(Libm.Log(Unit(words)) / LogOfRest(1e-3)));
        Assert.Contains(Enumerable.Range(1, 1000), i => Libm.Log(1 - i / 1000.0) != Libm.Log1p<Fused>(-i / 1000.0));
    }

    [Fact]
    public void Numbers_that_an_integer_does_not_hold_are_its_smallest()
    {
        TorchProfile profile = Wheel("2.15");
        Assert.Equal((long.MinValue, long.MinValue, long.MinValue), (DrawElements.FromDouble<long>(9223372036854775808.0, profile),
            DrawElements.FromDouble<long>(-1e19, profile), DrawElements.FromDouble<long>(double.NaN, profile)));
        Assert.Equal((long.MinValue, 9223372036854774784, -3), (DrawElements.FromDouble<long>(-9223372036854775808.0, profile),
            DrawElements.FromDouble<long>(9223372036854774784.0, profile), DrawElements.FromDouble<long>(-3.9, profile)));
        Assert.Equal((int.MinValue, int.MinValue, int.MinValue), (DrawElements.FromDouble<int>(2147483648.0, profile),
            DrawElements.FromDouble<int>(-2147483649.0, profile), DrawElements.FromDouble<int>(double.NaN, profile)));
        Assert.Equal((int.MaxValue, int.MinValue, 5), (DrawElements.FromDouble<int>(2147483647.9, profile),
            DrawElements.FromDouble<int>(-2147483648.9, profile), DrawElements.FromDouble<int>(5.9, profile)));
        Assert.Equal((0, -1, 44, true, false), (DrawElements.FromDouble<short>(65536.0, profile),
            DrawElements.FromDouble<sbyte>(255, profile), DrawElements.FromDouble<byte>(300, profile),
            DrawElements.FromDouble<bool>(-2.5, profile), DrawElements.FromDouble<bool>(0.5, profile)));
        Assert.Equal((16777217.0, 16777216f, 9007199254740992.0), (DrawElements.FromInteger<double>(16777217),
            DrawElements.FromInteger<float>(16777217), DrawElements.FromInteger<double>(9007199254740993)));
        Assert.Equal(((Half)2048, (BFloat16)256, -1, true), (DrawElements.FromInteger<Half>(2049), DrawElements.FromInteger<BFloat16>(257),
            DrawElements.FromInteger<int>(0xffff_ffff), DrawElements.FromInteger<bool>(1L << 40)));
    }

    [Fact]
    public void Elements_of_whole_numbers_as_numbers()
    {
        Assert.Equal((-5, -6, -7, -8), (DrawElements.ToInteger(-5L), DrawElements.ToInteger(-6), DrawElements.ToInteger((short)-7),
            DrawElements.ToInteger((sbyte)-8)));
        Assert.Equal((200, 1, 0),
            (DrawElements.ToInteger((byte)200), DrawElements.ToInteger(true), DrawElements.ToInteger(false)));
        Assert.ThrowsAny<Exception>(() => DrawElements.ToInteger(1f));
    }

    /// <summary>u is below p, not equal to it.</summary>
    [Fact]
    public void A_probability_that_is_the_number_drawn()
    {
        Generator New() => new(9L, Wheel("2.15"));
        double u = Unit(New());
        float single = (New().NextUInt32() & 0xffffff) * MathF.Pow(2, -24);
        bool[] drawn = [true];
        foreach (Action<bool[]> draw in (Action<bool[]>[])[one => Draws.Bernoulli(one.AsSpan(), New(), u),
            one => Draws.Bernoulli<bool, double>(one, [u], New()), one => Draws.Bernoulli<bool, float>(one, [single], New())])
        {
            drawn[0] = true;
            draw(drawn);
            Assert.False(drawn[0]);
        }
        Draws.Bernoulli(drawn.AsSpan(), New(), Math.BitIncrement(u));
        Assert.True(drawn[0]);
        Compare<bool>(Wheel("2.15"), (tensor, generator)
            => Draws.Bernoulli<bool, double>(tensor, [.. Enumerable.Repeat(0.4, Count)], generator), words => Unit(words) < 0.4);
    }

    [Fact]
    public void What_is_known_of_a_draw_before_it()
    {
        Assert.True(LogNormalRule.Instance.KeepsNormal(new(3)));
        Assert.False(BernoulliRule.Instance.KeepsNormal(new(3)));
        Assert.Equal((0, 1, 0), (LogNormalRule.Instance.Grain(new(3)), BernoulliRule.Instance.Grain(new(3)),
            BernoulliRule.Instance.Grain(new(3, IsContiguous: false))));
        Assert.Equal((true, false), (BernoulliRule.Instance.Draws, ConstantFill.Instance.Draws));
        Assert.ThrowsAny<Exception>(() => Draws.Bernoulli<ulong>([1], new(9L, Wheel("2.15"))));
        foreach ((string name, Action<Generator> draw) in ((string, Action<Generator>)[])[
            ("bernoulli_", generator => Draws.Bernoulli<float>(new float[1], generator)),
            ("exponential_", generator => Draws.Exponential<float>(new float[1], generator))])
        {
            Generator mkl = new(9L, TorchProfile.For("2.6"));
            Assert.Contains(name, Assert.Throws<NotFollowedException>(() => draw(mkl)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_exponential_minus_one()
    {
        Assert.Equal((0, -1, double.PositiveInfinity, 1e-300),
            (DoubleMath.ExpM1(0), DoubleMath.ExpM1(-1000), DoubleMath.ExpM1(1000), DoubleMath.ExpM1(1e-300)));
        Assert.Equal(1.0000005000001667e-6, DoubleMath.ExpM1(1e-6), 1e-21);
        Assert.Equal(-0.9502129316321360, DoubleMath.ExpM1(-3), 1e-15);
        Assert.Equal(Math.E - 1, DoubleMath.ExpM1(1), 1e-15);
    }

    [Theory, InlineData("1.13"), InlineData("2.15")]
    public void Samples_with_replacement_row_by_row(string version)
    {
        float[] weights = [1, 2, 3, 4, 0, 0.1f, 0.7f, 0.2f];
        Generator generator = new(3L, Wheel(version)), words = new(3L, Wheel(version));
        long[] samples = new long[60];
        Draws.Multinomial<float>(samples, weights, generator, replacement: true, rows: 2);
        for (int i = 0; i < samples.Length; i++)
        {
            float[] row = weights[(i / 30 * 4)..(i / 30 * 4 + 4)], sums = new float[4];
            float sum = 0;
            for (int k = 0; k < 4; k++) { sums[k] = sum += row[k]; }
            double u = Unit(words);
            Assert.Equal(Enumerable.Range(0, 3).FirstOrDefault(k => sums[k] / sum >= u, 3), samples[i]);
        }
        Assert.Equal(words.GetState(), generator.GetState());
    }

    /// <summary>The sums of float32 weights are float32: with 2^24 before it, a weight of 1 has no share.</summary>
    [Fact]
    public void Sums_have_the_weights_type()
    {
        long[] floats = new long[2000], doubles = new long[2000];
        Draws.Multinomial<float>(floats, [16777216, .. Enumerable.Repeat(1f, 100_000)], new(3L, Wheel("2.15")), replacement: true);
        Draws.Multinomial<double>(doubles, [16777216, .. Enumerable.Repeat(1.0, 100_000)], new(3L, Wheel("2.15")), replacement: true);
        Assert.Equal([0L], floats.Distinct());
        Assert.InRange(doubles.Count(place => place > 0), 2, 40);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Samples_without_replacement_are_the_largest_quotients(int count)
    {
        Without<float>([1, 2, 3, 4, 0, 0.1f, 0.7f, 0.2f], count, (weight, drawn) => weight / drawn);
        Without<double>([1, 2, 3, 4, 0, 0.1, 0.7, 0.2], count, (weight, drawn) => weight / drawn);
        Without<Half>([(Half)1, (Half)2, (Half)3, (Half)4, (Half)0, (Half)0.1f, (Half)0.7f, (Half)0.2f], count,
            (weight, drawn) => (Half)((float)weight / (float)drawn));
    }

    static void Without<T>(T[] weights, int count, Func<T, T, T> quotient)
        where T : unmanaged, IComparable<T>
    {
        for (long seed = 0; seed < 20; seed++)
        {
            Generator generator = new(seed, Wheel("2.15")), exponentials = generator.Clone();
            long[] samples = new long[2 * count];
            Draws.Multinomial<T>(samples, weights, generator, rows: 2);
            T[] drawn = new T[8];
            Draws.Exponential<T>(drawn, exponentials);
            for (int row = 0; row < 2; row++)
            {
                T[] keys = [.. Enumerable.Range(0, 4).Select(i => quotient(weights[4 * row + i], drawn[4 * row + i]))];
                Assert.Equal(Enumerable.Range(0, 4).OrderByDescending(i => keys[i]).Take(count).Select(i => (long)i),
                    samples[(row * count)..((row + 1) * count)]);
            }
            Assert.Equal(exponentials.GetState(), generator.GetState());
        }
    }

    /// <summary>Since 2.0 a single sample with replacement is drawn like one without.</summary>
    [Fact]
    public void A_single_sample()
    {
        foreach ((string version, bool looksUp) in ((string, bool)[])[("1.13", true), ("2.0", false), ("2.15", false)])
        {
            Generator generator = new(3L, Wheel(version));
            long[] sample = new long[1];
            Draws.Multinomial<float>(sample, [1, 2, 3], generator, replacement: true);
            Assert.Equal(looksUp ? 2 : 6, generator.Position);
        }
    }

    [Theory]
    [InlineData(0, true, true, 0, true), InlineData(0, true, false, 0, false), InlineData(0, false, true, 0, true)]
    [InlineData(1, true, false, 4, true), InlineData(1, true, true, 0, false), InlineData(2, true, true, 4, true)]
    [InlineData(15, true, false, 32, true), InlineData(15, true, true, 28, false), InlineData(17, false, false, 36, true)]
    [InlineData(16, true, true, 16, true), InlineData(17, true, false, 33, false), InlineData(31, true, false, 47, false)]
    public void Words_of_a_normal(long count, bool contiguous, bool cached, long words, bool cachedAfter)
    {
        TorchProfile profile = Wheel("2.15"), few = Wheel("2.11");
        bool wide = cached, brains = cached;
        Assert.Equal(words, NormalFill.Words(count, DType.Float32, profile, contiguous, ref cached));
        Assert.Equal(cachedAfter, cached);
        Assert.Equal(count >= 16 && contiguous ? 2 * words : words,
            NormalFill.Words(count, DType.Float64, profile, contiguous, ref wide));
        // Since 2.12 the last block of a 16-bit normal takes words of its own in place of the rest's.
        Assert.Equal(count >= 16 && contiguous ? (count + 15) / 16 * 16 : words,
            NormalFill.Words(count, DType.BFloat16, profile, contiguous, ref brains));
        Assert.Equal(cachedAfter, brains);
        bool before = wide = cachedAfter;
        if (count >= 16 && contiguous) { Assert.Equal(words, NormalFill.Words(count, DType.Float16, few, contiguous, ref wide)); }
        Assert.Equal(before, wide);
    }
}
