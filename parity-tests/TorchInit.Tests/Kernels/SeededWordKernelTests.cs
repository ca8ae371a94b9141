namespace TorchInit.Tests.Kernels;

/// <summary>The early words of many seeds are those of their streams, lane by lane.</summary>
public class SeededWordKernelTests
{
    public static TheoryData<int> Widths => [.. VectorWidths.All.Select(width => (int)width)];

    [Theory, InlineData(0u), InlineData(1u), InlineData(5489u), InlineData(0x80000000u), InlineData(uint.MaxValue)]
    public void The_scalar_twin_is_the_stream(uint seed)
    {
        uint[] words = new uint[SeededWordKernel.Words];
        new Generator((ulong)seed).NextWords(words);
        Assert.Equal(words, Enumerable.Range(0, words.Length).Select(index => SeededWordKernel.Word(seed, index)));
    }

    [Theory, MemberData(nameof(Widths))]
    public void Every_width_finds_what_the_scalar_twin_finds(int width)
    {
        foreach (int index in (int[])[0, 1, 2, 16, 225, 226])
        {
            foreach (uint first in (uint[])[0, 4096, uint.MaxValue - 4095])
            {
                // A third of all words, and a range that goes round the end.
                foreach (WordRange range in (WordRange[])[new(index, (1u << 24) - 1, 1000, 5_600_000),
                    new(index, (1u << 21) - 1, (1u << 21) - 5, 10), new(index, 255, 7, 0)])
                {
                    List<uint> found = [];
                    SeededWordKernel.Find(first, 4096, range, found, (VectorWidth)width);
                    uint[] expected = [.. Enumerable.Range(0, 4096).Select(i => first + (uint)i)
                        .Where(seed => range.Holds(SeededWordKernel.Word(seed, index)))];
                    Assert.Equal(expected, found);
                    Assert.True(expected.Length > 0 || range.Width == 10);
                }
            }
        }
    }

    [Theory]
    [InlineData(10u, 5u, 10u, true)]
    [InlineData(10u, 5u, 15u, true)]
    [InlineData(10u, 5u, 16u, false)]
    [InlineData(10u, 5u, 9u, false)]
    [InlineData(250u, 10u, 255u, true)]
    [InlineData(250u, 10u, 4u, true)]
    [InlineData(250u, 10u, 5u, false)]
    [InlineData(10u, 5u, 0xFFFFFF0Cu, true)]
    public void A_range_goes_round_and_minds_its_bits(uint low, uint width, uint word, bool holds)
    {
        WordRange range = new(0, 255, low, width);
        Assert.Equal(holds, range.Holds(word));
        Assert.Equal((width + 1) / 256.0, range.Share);
    }
}
