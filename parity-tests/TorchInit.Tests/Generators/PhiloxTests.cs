namespace TorchInit.Tests.Generators;

/// <summary>A GPU's generator: its words against the known answers of Random123, and what its state refuses.</summary>
public class PhiloxTests
{
    /// <summary>The seed is the key; the counter's low half comes first, then the subsequence.</summary>
    [Theory]
    [InlineData(0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd)]
    [InlineData(0x299f31d0_a4093822, 0x85a308d3_243f6a88, 0x03707344_13198a2e, 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1)]
    public void Known_answers(ulong seed, ulong counter, ulong subsequence, uint w0, uint w1, uint w2, uint w3)
    {
        PhiloxWords words = Philox.Words(seed, counter, subsequence);
        Assert.Equal(new(w0, w1, w2, w3), words);
        Assert.Equal((w0, w1, w2, w3), (words[0], words[1], words[2], words[3]));
        Assert.Equal((((ulong)w0 << 32) + w1, ((ulong)w2 << 32) + w3), (words.Pair(0), words.Pair(1)));
    }

    static void Refused(string text, PhiloxStream stream, byte[] state)
    {
        TorchArgumentException error = Assert.Throws<TorchArgumentException>(() => stream.SetState(state));
        Assert.Equal($"{text} (Parameter 'state')", error.Message);
    }

    [Fact]
    public void States_of_another_length()
    {
        Refused("state is '15 bytes'; allowed: 16 bytes, or 8 without the offset. torch: RuntimeError: RNG state is wrong size",
            new(1, shortState: true), new byte[15]);
        Refused("state is '16 bytes'; allowed: 816 bytes, or 808 without the offset. torch: RuntimeError: RNG state is wrong size",
            new(1, shortState: false), new byte[16]);
        byte[] odd = new byte[16];
        odd[8] = 6;
        Refused("state is 'offset 6'; allowed: an offset that is a multiple of 4. torch: RuntimeError: offset must be a multiple of 4",
            new(1, shortState: true), odd);
        PhiloxStream stream = new(7, shortState: true);
        stream.MoveTo(40);
        stream.SetState([3, 0, 0, 0, 0, 0, 0, 0]);
        Assert.Equal((3UL, 0UL), (stream.Seed, stream.Offset));
        PhiloxStream old = new(7, shortState: false);
        byte[] state = old.GetState();
        Assert.Equal(816, state.Length);
        Assert.All(state.Take(800), one => Assert.Equal(0xff, one));
        Assert.Equal(7, state[800]);
        old.SetState(state.AsSpan(0, 808));
        Assert.Equal(7UL, old.Seed);
    }

    [Fact]
    public void An_offset_moves_by_fours()
    {
        PhiloxStream stream = new(7, shortState: true);
        stream.Advance(8);
        Assert.StartsWith("allowed: multiples of 4, like every offset.",
            Assert.Throws<ArgumentOutOfRangeException>(() => stream.Advance(6)).Message, StringComparison.Ordinal);
        Assert.Equal(8, stream.Position);
        Generator generator = new(7L, TorchProfile.Cuda("2.11", Gpu.H100Sxm));
        Assert.Throws<ArgumentOutOfRangeException>("words", () => generator.Advance(3));
    }

    /// <summary>A copy has the CPU's generator of the other, or a fresh one if the other has none.</summary>
    [Fact]
    public void Copies()
    {
        PhiloxStream drawn = new(7, shortState: true), fresh = new(9, shortState: true);
        drawn.Host.Advance(5);
        drawn.Width = VectorWidth.Scalar;
        PhiloxStream clone = (PhiloxStream)drawn.Clone();
        Assert.Equal((5L, VectorWidth.Scalar, 7UL), (clone.Host.Position, clone.Width, clone.Seed));
        clone.Host.Advance(1);
        Assert.Equal(5, drawn.Host.Position);
        clone.CopyFrom(fresh);
        Assert.Equal((0L, 9UL), (clone.Host.Position, clone.Seed));
        Assert.Equal(new Mt19937Stream(9).GetState(), clone.Host.GetState());
        clone.CopyFrom(drawn);
        Assert.Equal(drawn.Host.GetState(), clone.Host.GetState());
        Mt19937Stream words = new(3) { Width = VectorWidth.Scalar };
        Assert.Equal(VectorWidth.Scalar, words.Clone().Width);
        Assert.Equal("The stream is 5 words past the requested position; it cannot go back.",
            Assert.Throws<InvalidOperationException>(() => drawn.Host.MoveTo(0)).Message);
    }

    [Fact]
    public void The_share_of_words_that_a_range_holds()
    {
        Assert.Equal((1, 0.5, 1 / 256.0), (new WordRange(0, uint.MaxValue, 0, uint.MaxValue).Share, new WordRange(0, 0xff, 3, 0x7f).Share,
            new WordRange(0, 0xffff, 3, 0xff).Share));
        Assert.True(new WordRange(0, 0xff, 0xf0, 0x1f).Holds(0x0f));
        Assert.False(new WordRange(0, 0xff, 0xf0, 0x1f).Holds(0x10));
    }
}
