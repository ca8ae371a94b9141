using System.Globalization;

namespace TorchInit.Tests.Generators;

public class GeneratorTests
{
    // First raw words, recorded from torch.
    [Theory]
    [InlineData("0", "8c7f0aac 97c4aa2f b716a675")]
    [InlineData("1", "6ac1f425 ff4780eb b8672f8c")]
    [InlineData("42", "5fe1dc66 cbea3db3 f362035c")]
    [InlineData("5489", "d091bb5c 22ae9ef6 e7e1faee")]
    [InlineData("-1", "18fe69a3 1c924122 e991ec0c")]
    [InlineData("-2", "854a6d9a 1a12c688 85b78011")]
    [InlineData("16045690984503098046", "84a1a4e6 96260d3b c3962a67")]
    public void The_stream_is_torchs(string seed, string words)
    {
        Generator generator = new(Generator.ParseSeed(seed));
        Assert.Equal(words,
            string.Join(' ', Enumerable.Range(0, 3).Select(_ => generator.NextUInt32().ToString("x8", CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void Only_the_low_32_bits_make_the_stream_and_all_64_are_kept()
    {
        foreach (ulong seed in new[] { 0UL, 1UL << 32, 1UL << 63 })
        {
            Generator generator = new(seed);
            Assert.Equal(0x8c7f0aacu, generator.NextUInt32());
            Assert.Equal(seed, generator.InitialSeed);
        }
    }

    [Fact]
    public void A_new_generator_has_torchs_default_seed() => Assert.Equal(67280421310721UL, new Generator().InitialSeed);

    [Theory]
    [InlineData("18446744073709551616")]
    [InlineData("-9223372036854775809")]
    public void A_seed_outside_64_bits_is_refused(string seed)
        => Assert.Equal("Overflow when unpacking long",
            Assert.Throws<TorchArgumentException>(() => Generator.ParseSeed(seed)).TorchMessage);

    [Theory]
    [InlineData("1.5")]
    [InlineData("x")]
    [InlineData("")]
    public void What_is_no_integer_is_refused(string seed)
        => Assert.Equal("RuntimeError", Assert.Throws<TorchArgumentException>(() => Generator.ParseSeed(seed)).TorchKind);

    [Fact]
    public void The_first_of_two_words_is_the_high_one() => Assert.Equal(0x8c7f0aac97c4aa2fUL, new Generator(0).NextUInt64());

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(623)]
    [InlineData(624)]
    [InlineData(625)]
    [InlineData(1247)]
    [InlineData(1248)]
    [InlineData(100_000)]
    public void Advancing_is_drawing(int words)
    {
        Generator drawn = new(7), advanced = new(7);
        for (int i = 0; i < words; i++) { drawn.NextUInt32(); }
        advanced.Advance(words);
        Assert.Equal(drawn.GetState(), advanced.GetState());
        uint[] filled = new uint[words];
        Generator bulk = new(7);
        bulk.NextWords(filled);
        Assert.Equal(drawn.GetState(), bulk.GetState());
    }

    [Fact]
    public void There_is_no_way_back() => Assert.Throws<ArgumentOutOfRangeException>(() => new Generator(0).Advance(-1));

    [Fact]
    public void A_clone_goes_its_own_way()
    {
        Generator generator = new(3);
        Init.Normal(new float[3].AsSpan(), generator);        // leaves a cached normal
        Generator clone = generator.Clone();
        Assert.True(clone.HasCachedNormal);
        Assert.Equal(generator.GetState(), clone.GetState());
        uint next = clone.NextUInt32();
        Assert.NotEqual(generator.GetState(), clone.GetState());
        Assert.Equal(next, generator.NextUInt32());
    }

    [Fact]
    public void Seeding_forgets_the_cached_normal()
    {
        Generator generator = new(3);
        Init.Normal(new float[1].AsSpan(), generator);
        Assert.True(generator.HasCachedNormal);
        generator.ManualSeed(3);
        Assert.False(generator.HasCachedNormal);
        Assert.Equal(new Generator(3).GetState(), generator.GetState());
    }

    [Fact]
    public void A_stream_of_words_does_not_go_back()
    {
        RandomStream stream = new Generator(1).Stream;
        long position = stream.Position;
        stream.Advance(700);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => stream.MoveTo(position + 695));
        Assert.Contains("5 words past", error.Message, StringComparison.Ordinal);
        stream.MoveTo(position + 700);
        Assert.Equal(position + 700, stream.Position);
    }

    /// <summary>In well under a second, whatever the length; reading all digits takes time that grows with its square.</summary>
    [Fact]
    public void A_very_long_seed_is_refused_at_once()
    {
        long before = Environment.TickCount64;
        foreach (string seed in (string[])[new('9', 20_000_000), "-" + new string('1', 20_000_000), new('x', 20_000_000)])
        {
            TorchArgumentException error = Assert.Throws<TorchArgumentException>(() => Generator.ParseSeed(seed));
            Assert.Equal("RuntimeError", error.TorchKind);
            Assert.InRange(error.Message.Length, 1, 500);
        }
        Assert.Equal(7UL, Generator.ParseSeed("+" + new string('0', 1000) + "7"));
        Assert.Equal(ulong.MaxValue, Generator.ParseSeed("00018446744073709551615"));
        Assert.InRange(Environment.TickCount64 - before, 0, 5000);
    }
}
