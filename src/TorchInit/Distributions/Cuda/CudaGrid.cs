namespace TorchInit;

/// <summary>
/// The launches of a fill. One whose last byte is more than 2³¹ − 1 from its first takes what a single launch would take of the offset,
/// draws nothing with it, and is halved until every part fits; each part is a launch that counts its elements from 0.
/// </summary>
/// <param name="gpu">Where the fill runs.</param>
/// <param name="elementSize">Bytes of an element.</param>
/// <param name="perDraw">Elements of a draw, as the increment of the offset counts them.</param>
sealed class CudaGrid(Gpu gpu, int elementSize, int perDraw)
{
    const long Reach = int.MaxValue;

    readonly Dictionary<long, long> _halved = [];

    /// <summary>What all launches take of the offset.</summary>
    public long Length(FillExtent fill)
    {
        if (!fill.IsDense && !Fits(Math.Max(fill.Reach, fill.Count)))
        {
            throw new NotSupportedException("This view with strides reaches over 2 GiB, and torch cuts such a fill on a GPU by its sizes; "
                + "allowed: views that fill their memory, or reach over less.");
        }
        return Fits(fill.Count) ? Increment(fill.Count) : checked(Increment(fill.Count) + Halved(fill.Count));
    }

    /// <summary>The launches that make a part of a fill.</summary>
    public IEnumerable<(CudaLaunch Launch, long First, long Count)> Launches(FillPart at, int length)
    {
        long count = at.Whole.Count;
        if (length == 0) { return []; }
        if (Fits(count)) { return [(new((ulong)at.Start, CudaLaunch.ThreadsOf(count, gpu)), 0, count)]; }
        List<(CudaLaunch Launch, long First, long Count)> launches = [];
        Collect(0, count, unchecked(at.Start + Increment(count)), at.First, at.First + length, launches);
        return launches;
    }

    void Collect(long first, long count, long offset, long from, long end, List<(CudaLaunch Launch, long First, long Count)> launches)
    {
        if (from >= first + count || end <= first) { return; }
        if (Fits(count))
        {
            launches.Add((new((ulong)offset, CudaLaunch.ThreadsOf(count, gpu)), first, count));
            return;
        }
        long half = count / 2;
        Collect(first, half, offset, from, end, launches);
        Collect(first + half, count - half, unchecked(offset + Halved(half)), from, end, launches);
    }

    bool Fits(long count) => (Int128)(count - 1) * elementSize + 1 <= Reach;

    long Increment(long count) => CudaLaunch.Increment(count, perDraw, gpu);

    /// <summary>What the parts of so many elements take; on each level there are two sizes of parts at most.</summary>
    long Halved(long count)
    {
        if (Fits(count)) { return Increment(count); }
        if (!_halved.TryGetValue(count, out long length))
        {
            _halved[count] = length = checked(Halved(count / 2) + Halved(count - count / 2));
        }
        return length;
    }
}
