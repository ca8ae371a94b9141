namespace TorchInit.Tests.Kernels;

/// <summary>A jump leaves the generator as stepping does, to the byte of its state.</summary>
public class JumpAheadTests
{
    const long Least = 4000 * 624;       // shorter skips are stepped

    public static TheoryData<int> Widths => [.. VectorWidths.All.Select(width => (int)width)];

    static Generator Stepped(Generator start, long words)
    {
        Generator generator = start.Clone();
        uint[] sink = new uint[100_000];
        for (; words > 0; words -= Math.Min(words, sink.Length)) { generator.NextWords(sink.AsSpan(0, (int)Math.Min(words, sink.Length))); }
        return generator;
    }

    static void Same(Generator expected, Generator actual) => Assert.Equal(expected.GetState(), actual.GetState());

    [Theory, MemberData(nameof(Widths))]
    public void Every_place_round_a_block_edge(int width)
    {
        foreach (long drawn in (long[])[0, 1, 623, 624, 625, 1248])
        {
            Generator start = new(4357L) { Width = (VectorWidth)width };
            start.Advance(drawn);
            Generator stepped = Stepped(start, Least + 624);
            for (int more = 0; more < 1300; more++)
            {
                if (more % 131 < 2 || more % 624 is < 3 or > 620)
                {
                    Generator jumped = start.Clone();
                    jumped.Advance(Least + 624 + more);
                    Same(stepped, jumped);
                }
                stepped.NextUInt32();
            }
        }
    }

    [Theory, InlineData(10_000_000), InlineData(12_345_678), InlineData(100_000_000)]
    public void Far_away(long words)
    {
        foreach (long drawn in (long[])[0, 5])
        {
            Generator start = new(5L);
            start.Advance(drawn);
            Generator jumped = start.Clone();
            jumped.Advance(words);
            Same(Stepped(start, words), jumped);
        }
    }

    [Theory, MemberData(nameof(Widths))]
    public void Two_jumps_make_one(int width)
    {
        Generator once = new(1L) { Width = (VectorWidth)width };
        Generator twice = once.Clone();
        once.Advance(1L << 40);
        twice.Advance(1L << 39);
        twice.Advance(1L << 39);
        Same(once, twice);
        once.Advance(long.MaxValue);
        twice.Advance(long.MaxValue - 12345);
        twice.Advance(12345);
        Same(once, twice);
    }

    [Fact]
    public void A_cached_normal_stays()
    {
        Generator start = new(3L);
        Init.Normal<float>(new float[3], start);
        Assert.True(start.HasCachedNormal);
        Generator jumped = start.Clone();
        jumped.Advance(10_000_000);
        Same(Stepped(start, 10_000_000), jumped);
    }
}
