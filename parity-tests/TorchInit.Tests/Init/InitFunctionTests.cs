using System.Globalization;

namespace TorchInit.Tests.Functions;

/// <summary>The functions on spans give what their plans give, and their values follow from the words by a second, slow
/// derivation.</summary>
public class InitFunctionTests
{
    delegate void Fill<T>(Span<T> tensor, long[] shape, Generator generator)
        where T : unmanaged;

    public static TheoryData<string, string> Pairs => new()
    {
        { "uniform", "init.uniform_((6, 4), -0.3, 0.41)" },
        { "normal", "init.normal_((6, 4), 0.3, 1.7)" },
        { "trunc_normal", "init.trunc_normal_((6, 4), std=0.02)" },
        { "constant", "init.constant_((6, 4), 0.1)" },
        { "ones", "init.ones_((6, 4))" },
        { "zeros", "init.zeros_((6, 4))" },
        { "eye", "init.eye_((6, 4))" },
        { "xavier_uniform", "init.xavier_uniform_((6, 4), gain=1.5)" },
        { "xavier_normal", "init.xavier_normal_((6, 4), gain=1.5)" },
        { "kaiming_uniform", "init.kaiming_uniform_((6, 4), a=0.2, mode='fan_out')" },
        { "kaiming_normal", "init.kaiming_normal_((6, 4), nonlinearity='relu')" },
        { "orthogonal", "init.orthogonal_((6, 4), gain=2)" },
        { "sparse", "init.sparse_((6, 4), 0.3)" },
    };

    [Theory, MemberData(nameof(Pairs))]
    public void A_span_gets_what_the_plan_gets(string function, string expression)
    {
        Check<float>(function, expression, DType.Float32);
        Check<double>(function, expression, DType.Float64);
        if (function == "orthogonal") { return; }        // torch refuses 16 bits there
        Check<Half>(function, expression, DType.Float16);
        Check<BFloat16>(function, expression, DType.BFloat16);
    }

    static void Check<T>(string function, string expression, DType dtype)
        where T : unmanaged
    {
        Generator generator = new(7), other = new(7);
        T[] tensor = new T[24];
        long[] shape = [6, 4];
        Apply<T>(function)(tensor, shape, generator);
        StateDict planned = InitPlan.Of(expression).Materialize(other, dtype);
        Assert.Equal(planned[""].AsSpan<T>().ToArray(), tensor);
        Assert.Equal(other.GetState(), generator.GetState());
    }

    static Fill<T> Apply<T>(string function)
        where T : unmanaged
        => function switch
        {
            "uniform" => (tensor, _, generator) => Init.Uniform(tensor, generator, -0.3, 0.41),
            "normal" => (tensor, _, generator) => Init.Normal(tensor, generator, 0.3, 1.7),
            "trunc_normal" => (tensor, _, generator) => Init.TruncNormal(tensor, generator, std: 0.02),
            "constant" => (tensor, _, _) => Init.Constant(tensor, 0.1),
            "ones" => (tensor, _, _) => Init.Ones(tensor),
            "zeros" => (tensor, _, _) => Init.Zeros(tensor),
            "eye" => (tensor, shape, _) => Init.Eye(tensor, shape),
            "xavier_uniform" => (tensor, shape, generator) => Init.XavierUniform(tensor, shape, generator, 1.5),
            "xavier_normal" => (tensor, shape, generator) => Init.XavierNormal(tensor, shape, generator, 1.5),
            "kaiming_uniform" => (tensor, shape, generator) => Init.KaimingUniform(tensor, shape, generator, 0.2, FanMode.FanOut),
            "kaiming_normal" => (tensor, shape, generator) => Init.KaimingNormal(tensor, shape, generator, nonlinearity: Nonlinearity.ReLU),
            "orthogonal" => (tensor, shape, generator) => Init.Orthogonal(tensor, shape, generator, 2),
            _ => (tensor, shape, generator) => Init.Sparse(tensor, shape, generator, 0.3),
        };

    [Fact]
    public void A_uniform_is_24_bits_of_a_word_stretched_once()
    {
        Generator generator = new(42), words = new(42);
        float[] tensor = new float[1000];
        Init.Uniform(tensor.AsSpan(), generator, -0.3, 0.41);
        (float from, float range) = (-0.3f, 0.41f - -0.3f);
        foreach (float actual in tensor)
        {
            // One rounding at the end: the product of 24 and 24 bits and the sum are exact in decimal.
            decimal exact = (words.NextUInt32() & 0xFFFFFF) * (1m / (1 << 24)) * (decimal)(double)range + (decimal)(double)from;
            Assert.True(Math.Abs((double)exact - actual) <= Math.Abs(actual) * 6e-8, $"{exact} {actual}");
        }
        Assert.Equal(words.GetState(), generator.GetState());
    }

    [Fact]
    public void A_double_takes_two_words_the_first_one_high()
    {
        Generator generator = new(42), words = new(42);
        double[] tensor = new double[100];
        Init.Uniform(tensor.AsSpan(), generator);
        foreach (double actual in tensor)
        {
            ulong high = words.NextUInt32(), low = words.NextUInt32();
            Assert.Equal(((high << 32 | low) & ((1UL << 53) - 1)) * Math.Pow(2, -53), actual);
        }
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(15, false)]
    [InlineData(16, true)]
    [InlineData(17, true)]
    [InlineData(40, true)]
    public void A_normal_is_Box_and_Muller(int count, bool blocks)
    {
        Generator generator = new(5), words = new(5);
        double[] actual = new double[count], expected = new double[count];
        Init.Normal(actual.AsSpan(), generator);
        if (blocks) { Blocks(expected, words); }
        else { Pairs_(expected, words); }
        for (int i = 0; i < count; i++) { Assert.Equal(expected[i], actual[i], 1e-13); }
        Assert.Equal(words.NextUInt32(), generator.NextUInt32());
    }

    static double Next(Generator generator) => (generator.NextUInt64() & ((1UL << 53) - 1)) * Math.Pow(2, -53);

    static void Pairs_(double[] tensor, Generator generator)
    {
        for (int i = 0; i < tensor.Length; i += 2)
        {
            double angle = 2 * Math.PI * Next(generator);
            double radius = Math.Sqrt(-2 * Math.Log(1 - Next(generator)));
            tensor[i] = radius * Math.Cos(angle);
            if (i + 1 < tensor.Length) { tensor[i + 1] = radius * Math.Sin(angle); }
        }
    }

    static void Blocks(double[] tensor, Generator generator)
    {
        for (int i = 0; i < tensor.Length; i++) { tensor[i] = Next(generator); }
        for (int block = 0; block + 16 <= tensor.Length; block += 16) { Transform(tensor.AsSpan(block, 16)); }
        if (tensor.Length % 16 == 0) { return; }
        Span<double> last = tensor.AsSpan(tensor.Length - 16);
        for (int i = 0; i < 16; i++) { last[i] = Next(generator); }
        Transform(last);
    }

    static void Transform(Span<double> block)
    {
        for (int j = 0; j < 8; j++)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - block[j]));
            double angle = 2 * Math.PI * block[j + 8];
            (block[j], block[j + 8]) = (radius * Math.Cos(angle), radius * Math.Sin(angle));
        }
    }

    [Fact]
    public void RandPerm_is_Fisher_and_Yates_from_the_front()
    {
        Assert.Equal([4L, 1, 7, 5, 3, 9, 0, 8, 6, 2], InitPlan.Of("randperm(10)").Materialize(0)[""].AsSpan<long>().ToArray());
        Generator words = new(3);
        long[] expected = [.. Enumerable.Range(0, 50)];
        for (int i = 0; i < 49; i++)
        {
            int at = i + (int)(words.NextUInt32() % (uint)(50 - i));
            (expected[i], expected[at]) = (expected[at], expected[i]);
        }
        Assert.Equal(expected, InitPlan.Of("randperm(50)").Materialize(3)[""].AsSpan<long>().ToArray());
    }

    [Fact]
    public void Sparse_has_the_zeros_that_it_says()
    {
        float[] tensor = new float[64 * 32];
        Init.Sparse(tensor.AsSpan(), [64, 32], new Generator(0), 0.3);
        // ⌈0.3 · 64⌉
        for (int column = 0; column < 32; column++)
        {
            Assert.Equal(20, Enumerable.Range(0, 64).Count(row => tensor[row * 32 + column] == 0));
        }
    }

    [Theory]
    [InlineData(30, 20)]
    [InlineData(20, 30)]
    [InlineData(150, 140)]
    public void Orthogonal_rows_or_columns_are_orthonormal(int rows, int columns)
    {
        double[] q = new double[rows * columns];
        Init.Orthogonal(q.AsSpan(), [rows, columns], new Generator(1));
        int count = Math.Min(rows, columns);
        double Element(int vector, int at) => rows >= columns ? q[at * columns + vector] : q[vector * columns + at];
        for (int a = 0; a < count; a++)
        {
            for (int b = a; b < count; b++)
            {
                double dot = Enumerable.Range(0, Math.Max(rows, columns)).Sum(at => Element(a, at) * Element(b, at));
                Assert.True(Math.Abs(dot - (a == b ? 1 : 0)) < 1e-13, string.Create(CultureInfo.InvariantCulture, $"{a}·{b} = {dot}"));
            }
        }
    }

    [Fact]
    public void Trunc_normal_stays_inside()
    {
        foreach (string version in new[] { "2.11", "2.15" })
        {
            float[] tensor = new float[100_000];
            Init.TruncNormal(tensor.AsSpan(), new Generator(0, TorchProfile.For(version)), 0.1, 0.5, -0.2, 0.9);
            Assert.InRange(tensor.Min(), -0.2f, -0.19f);
            Assert.InRange(tensor.Max(), 0.89f, 0.9f);
        }
    }

    [Fact]
    public void A_shape_of_another_count_is_refused()
        => Assert.Contains("24",
            Assert.Throws<ArgumentException>(() => Init.KaimingUniform(new float[23].AsSpan(), [6, 4], new Generator(0))).Message,
            StringComparison.Ordinal);
}
