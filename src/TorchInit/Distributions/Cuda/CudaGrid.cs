namespace TorchInit;

/// <summary>
/// The launches of a fill. A fill that spans more than 2³¹ − 1 bytes first advances the offset by what a single launch would use, draws
/// nothing with it, and is then halved until every part fits; each part is a launch that counts its elements from 0.
/// </summary>
/// <param name="gpu">The GPU on which the fill runs.</param>
/// <param name="elementSize">Bytes per element.</param>
/// <param name="perDraw">Elements per draw, as the offset's increment counts them.</param>
sealed class CudaGrid(Gpu gpu, int elementSize, int perDraw)
{
    const long Reach = int.MaxValue;

    readonly Dictionary<long, long> _halved = [];

    /// <summary>How far all launches together advance the offset.</summary>
    public long Length(FillExtent fill)
    {
        if (!fill.IsDense && !Fits(Math.Max(fill.Reach, fill.Count)))
        {
            throw new NotSupportedException("This strided view spans more than 2 GiB, and on a GPU torch splits such a fill by its sizes; "
                + "allowed: views without gaps, or with a smaller span.");
        }
        return Fits(fill.Count) ? Increment(fill.Count) : checked(Increment(fill.Count) + Halved(fill.Count));
    }

    /// <summary>The launches that cover part of a fill.</summary>
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

    /// <summary>How far the parts of a halved fill advance the offset; each level has at most two sizes of parts.</summary>
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
