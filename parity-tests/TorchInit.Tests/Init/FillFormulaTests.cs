namespace TorchInit.Tests.Functions;

/// <summary>Uniforms and few-bit normals element by element, by the formula on the generator's words: short fills of every kind.</summary>
public class FillFormulaTests
{
    const int Count = 37;

    static Generator New(string version) => new(11L, TorchProfile.For(version));

    static uint[] Words(int count)
    {
        uint[] words = new uint[count];
        Mt19937 engine = New("2.11").Words.Engine;
        foreach (ref uint word in words.AsSpan()) { word = engine.NextUInt32(); }
        return words;
    }

    /// <summary>torch's formula; since 2.12 the upper end becomes the lower.</summary>
    static float Uniform(uint word, int bits, float from, float range, float end)
    {
        float x = MathF.FusedMultiplyAdd((word & ((1u << bits) - 1)) / (float)(1u << bits), range, from);
        return x == end ? from : x;
    }

    [Theory]
    [InlineData(-1e-40f, 1e-40f)]           // scaled by 2^-24, subnormal
    [InlineData(0f, 1e-38f)]
    [InlineData(3e-45f, 6e-45f)]            // nearly every element is an end
    [InlineData(1f, 1.0000002f)]
    [InlineData(-0.5f, 0.25f)]
    [InlineData(2f, 2f)]
    public void A_uniform_of_float32(float from, float to)
    {
        foreach ((string version, float end) in ((string, float)[])[("2.11", float.NaN), ("2.12", to)])
        {
            float[] tensor = new float[Count];
            Init.Uniform(tensor.AsSpan(), New(version), from, to);
            AssertBits.Equal([.. Words(Count).Select(word => Uniform(word, 24, from, to - from, end))], tensor);
        }
    }

    [Theory]
    [InlineData(-1e-7, 1e-7)]
    [InlineData(0, 1)]
    [InlineData(-0.3, 0.41)]
    [InlineData(1, 1.001)]
    [InlineData(-0.001, 0)]
    [InlineData(-1e-40, 1e-40)]
    [InlineData(-6e-8, 0)]
    public void A_uniform_of_16_bits(double from, double to)
    {
        Uniform16<Half>(from, to, 11);
        Uniform16<BFloat16>(from, to, 8);
    }

    static void Uniform16<T>(double from, double to, int bits)
        where T : unmanaged
    {
        T[] tensor = new T[Count];
        Init.Uniform(tensor.AsSpan(), New("2.11"), from, to);
        float low = Elements.Round<T>((float)from), range = Elements.Round<T>(Elements.Round<T>((float)to) - low);
        Assert.Equal(Words(Count).Select(word => Elements.FromFloat<T>(Uniform(word, bits, low, range, float.NaN))), tensor);
        Init.Uniform(tensor.AsSpan(), New("2.12"), from, to);
        T lowest = Elements.FromFloat<T>((float)from);
        float end = Elements.Round<T>((float)to);
        Assert.Equal(Words(Count)
            .Select(word => Elements.FromFloat<T>(Uniform(word, 24, (float)from, (float)to - (float)from, float.NaN)))
            .Select(x => Elements.ToFloat(x) == end ? lowest : x), tensor);
    }

    [Theory, InlineData(0, 1), InlineData(-3, 5e-324), InlineData(1, 1.0000000000000002)]
    public void A_uniform_of_float64(double from, double to)
    {
        foreach ((string version, double end) in ((string, double)[])[("2.11", double.NaN), ("2.12", to)])
        {
            double[] tensor = new double[Count];
            Init.Uniform(tensor.AsSpan(), New(version), from, to);
            uint[] words = Words(2 * Count);
            Assert.Equal(Enumerable.Range(0, Count).Select(i => ((ulong)words[2 * i] << 32 | words[2 * i + 1]) & ((1UL << 53) - 1))
                .Select(integer => Math.FusedMultiplyAdd(integer / (double)(1UL << 53), to - from, from)).Select(x => x == end ? from : x),
                tensor);
        }
    }

    [Theory, InlineData("1.13", 48), InlineData("1.13", 37), InlineData("2.10", 48), InlineData("2.10", 37),
        InlineData("2.10", 16), InlineData("1.13", 48_000)]
    public void A_normal_of_few_bits(string version, int count)
    {
        foreach (TorchPlatform platform in (TorchPlatform[])[TorchPlatform.LinuxX64, TorchPlatform.WindowsX64])
        {
            TorchProfile profile = TorchProfile.For(version, platform);
            Normal16<Half>(profile, count, 0.1, 0.37);
            Normal16<BFloat16>(profile, count, 0.1, 0.37);
            Normal16<Half>(profile, count, 3, 30000);
        }
    }

    static void Normal16<T>(TorchProfile profile, int count, double mean, double std)
        where T : unmanaged
    {
        Generator generator = new(5L, profile), uniforms = new(5L, profile);
        T[] tensor = new T[count], expected = new T[count];
        Init.Normal(tensor.AsSpan(), generator, mean, std);
        // The blocks, and then the last 16 again; the words of the rest are passed over.
        TorchInit.Uniform16.FillFewBits<T>(expected, 0, 1, uniforms);
        for (int at = 0; at + 16 <= count; at += 16) { TorchInit.Normal16.Transform(expected.AsSpan(at, 16), mean, std, profile); }
        if (count % 16 != 0)
        {
            TorchInit.Uniform16.FillFewBits(expected.AsSpan(count - 16), 0, 1, uniforms);
            TorchInit.Normal16.Transform(expected.AsSpan(count - 16), mean, std, profile);
        }
        Assert.Equal(expected, tensor);
        Assert.Equal(uniforms.GetState(), generator.GetState());
    }
}
