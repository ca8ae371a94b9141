namespace TorchInit;

/// <summary>A fill on a GPU: finds the launches, and the part of each that is requested.</summary>
abstract class CudaRule(Gpu gpu) : FillRule
{
    public override long Length(FillExtent fill, DType dtype, TorchProfile profile, ref bool cachedNormal)
        => Grid(dtype, profile).Length(fill);

    /// <summary>A fill may be split anywhere; at whole draws of all threads, no draw is computed twice.</summary>
    public override int Grain(FillExtent fill)
    {
        long drawn = 4 * CudaLaunch.ThreadsOf(fill.Count, gpu);
        return !fill.IsContiguous ? 0 : fill.Count > 4 * drawn ? (int)drawn : 1;
    }

    public override void Draw<T>(Span<T> part, FillPart at, double a, double b, Generator generator)
    {
        CudaGrid grid = Grid(DType.Of<T>(), generator.Profile);
        foreach ((CudaLaunch launch, long first, long count) in grid.Launches(at, part.Length))
        {
            long from = Math.Max(at.First, first), end = Math.Min(at.First + part.Length, first + count);
            Draw(part[(int)(from - at.First)..(int)(end - at.First)], new(launch, generator.InitialSeed, from - first), a, b, generator);
        }
        if (at.First + part.Length == at.Whole.Count) { generator.MoveTo(unchecked(at.Start + grid.Length(at.Whole))); }
    }

    /// <summary>Computes part of one launch.</summary>
    protected abstract void Draw<T>(Span<T> part, CudaPart at, double a, double b, Generator generator)
        where T : unmanaged;

    /// <summary>Elements per draw, as torch counts them for the offset.</summary>
    protected virtual int PerDraw(DType dtype, TorchProfile profile)
        => dtype == DType.Float64 && profile.CountsTwoElementsADraw ? 2 : 4;

    CudaGrid Grid(DType dtype, TorchProfile profile)
        => new(gpu, dtype.ByteSize(), PerDraw(dtype, profile));
}
