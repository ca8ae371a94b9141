namespace TorchInit.Tests.Cuda;

/// <summary>Fills beyond 2³¹ − 1 bytes, which a GPU halves: where each launch begins, without drawing.</summary>
public class CudaGridTests
{
    static readonly Gpu s_gpu = new(2, 512);               // 1,024 threads
    const long Most = 1L << 29;                            // float32 elements of one launch

    static long Increment(long count) => 4 * ((count - 1) / 4096 + 1);

    static (ulong, long, long, long)[] Launches(long whole, long first, int length, long start = 0)
        => [.. new CudaGrid(s_gpu, 4, 4).Launches(new(start, first, new(whole)), length)
            .Select(part => (part.Launch.Offset, part.Launch.Threads, part.First, part.Count))];

    [Fact]
    public void One_launch_up_to_the_limit()
    {
        CudaGrid floats = new(s_gpu, 4, 4), halves = new(s_gpu, 2, 4);
        Assert.Equal((0, 4, 4, 8), (floats.Length(new(0)), floats.Length(new(1)), floats.Length(new(4096)), floats.Length(new(4097))));
        Assert.Equal(Increment(Most), floats.Length(new(Most)));
        Assert.Equal(Increment(2 * Most), halves.Length(new(2 * Most)));
        Assert.Equal([(40UL, 1024L, 0L, Most)], Launches(Most, 5, 7, start: 40));
        Assert.Equal([(40UL, 256L, 0L, 9L)], Launches(9, 5, 3, start: 40));
        Assert.Equal([(0UL, 512L, 0L, 257L)], Launches(257, 0, 1));
        Assert.Empty(Launches(Most, 5, 0));
    }

    [Fact]
    public void Beyond_it_the_whole_counts_first_and_then_each_half()
    {
        long count = Most + 1, half = count / 2, rest = count - half;
        Assert.Equal(Increment(count) + Increment(half) + Increment(rest), new CudaGrid(s_gpu, 4, 4).Length(new(count)));
        Assert.Equal(Increment(2 * Most + 1) + Increment(Most) + Increment(Most + 1),
            new CudaGrid(s_gpu, 2, 4).Length(new(2 * Most + 1)));
        (ulong first, ulong second) = (16 + (ulong)Increment(count), 16 + (ulong)(Increment(count) + Increment(half)));
        Assert.Equal([(first, 1024L, 0L, half)], Launches(count, half - 1, 1, start: 16));
        Assert.Equal([(second, 1024L, half, rest)], Launches(count, half, 1, start: 16));
        Assert.Equal([(first, 1024L, 0L, half), (second, 1024L, half, rest)], Launches(count, half - 1, 2, start: 16));
    }

    [Fact]
    public void Halves_are_halved_again()
    {
        long count = 3 * Most + 5;
        long[] quarters = [count / 2 / 2, count / 2 - count / 2 / 2, (count - count / 2) / 2, count - count / 2 - (count - count / 2) / 2];
        Assert.Equal(Increment(count) + quarters.Sum(Increment), new CudaGrid(s_gpu, 4, 4).Length(new(count)));
        CudaGrid grid = new(s_gpu, 4, 4);
        long first = 0, offset = Increment(count);
        foreach (long quarter in quarters)
        {
            Assert.Equal([(new CudaLaunch((ulong)offset, 1024), first, quarter)], grid.Launches(new(0, first, new(count)), 1));
            Assert.Equal([(new CudaLaunch((ulong)offset, 1024), first, quarter)],
                grid.Launches(new(0, first + quarter - 1, new(count)), 1));
            (first, offset) = (first + quarter, offset + Increment(quarter));
        }
    }

    [Fact]
    public void A_view_with_gaps_must_not_span_more()
    {
        CudaGrid grid = new(s_gpu, 4, 4);
        Assert.Equal(4, grid.Length(new(100, IsContiguous: false, Reach: Most)));
        Assert.Equal("This strided view spans more than 2 GiB, and on a GPU torch splits such a fill by its sizes; allowed: views without "
            + "gaps, or with a smaller span.",
            Assert.Throws<NotSupportedException>(() => grid.Length(new(100, IsContiguous: false, Reach: Most + 1))).Message);
    }

    /// <summary>By its definition: a stable sort by keys of the bits that make two equal ones unlikely, then equal runs shuffled.</summary>
    [Theory]
    [InlineData(0, 1, "2.11"), InlineData(1, 3, "2.11"), InlineData(2, 5, "2.11"), InlineData(300, 19, "2.11"), InlineData(300, 19, "2.6"),
        InlineData(25_000, 32, "2.6"), InlineData(25_000, 32, "2.11"), InlineData(40_000, 33, "2.6")]
    public void A_permutation_sorts_by_keys(int n, int bits, string version)
    {
        for (long seed = 1; seed <= (n > 1000 ? 2 : 40); seed++)
        {
            TorchProfile profile = TorchProfile.Cuda(version, s_gpu);
            Generator generator = new(seed, profile), keyed = new(seed, profile);
            long[] actual = new long[n], keys = new long[n];
            TorchInit.Draws.RandPerm(actual, generator);
            if (n == 0)
            {
                Assert.Equal(0, generator.Position);
                continue;
            }
            bool isWide = bits > 32;
            TorchInit.Draws.Random(keys, keyed, isWide ? long.MinValue : int.MinValue, isWide ? long.MaxValue : int.MaxValue);
            if (version == "2.6" && !isWide)
            {
                // Before 2.7 the keys of 32 bits took one word each.
                keyed = new(seed, profile);
                new CudaPart(new(0, CudaLaunch.ThreadsOf(n, s_gpu)), (ulong)seed, 0)
                    .Fill(keys, new CudaIntegers<long, OneWord>(int.MinValue, uint.MaxValue), keyed.Width);
                keyed.MoveTo(CudaLaunch.Increment(n, 4, s_gpu));
            }
            long Key(long i) => bits == 32 ? (int)keys[i] : keys[i] & ((1L << bits) - 1);
            long[][] runs = [.. Enumerable.Range(0, n).Select(i => (long)i).GroupBy(Key).OrderBy(run => run.Key)
                .Select(run => run.ToArray())];
            int position = 0;
            foreach (long[] run in runs)
            {
                for (int i = run.Length - 1, drawn = 0; i > 0; i--, drawn++)
                {
                    PhiloxWords words = Philox.Words((ulong)seed, (ulong)keyed.Position / 4 + (ulong)(drawn / 4), (ulong)position);
                    int other = (int)(words[drawn % 4] % (uint)(i + 1));
                    (run[i], run[other]) = (run[other], run[i]);
                }
                position += run.Length;
            }
            Assert.Equal(runs.SelectMany(run => run), actual);
            Assert.Equal(keyed.Position + (n + 3) / 4 * 4, generator.Position);
            Assert.Equal(generator.Position, profile.Fills.PermutationLength(n, profile));
        }
    }
}
