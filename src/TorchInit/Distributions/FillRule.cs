namespace TorchInit;

/// <summary>How one kind of fill computes any of its elements, and how far the whole fill moves the stream.</summary>
abstract class FillRule
{
    /// <summary>Whether the fill uses the stream.</summary>
    public virtual bool Draws => true;

    /// <summary>How far a fill moves the stream, in the unit of <see cref="RandomStream.Position"/>. <paramref name="cachedNormal"/>: on
    /// entry, whether a normal is cached; on return, whether one is cached after the fill.</summary>
    /// <exception cref="OverflowException">The result is 2⁶³ or more.</exception>
    public abstract long Length(FillExtent fill, DType dtype, TorchProfile profile, ref bool cachedNormal);

    /// <summary>Whether the fill may use or leave a cached normal, so that the state after it is known only by running it.</summary>
    public virtual bool KeepsNormal(FillExtent fill) => false;

    /// <summary>Where a fill may be split: at multiples of this, with at least this much after the split. 0: nowhere.</summary>
    public virtual int Grain(FillExtent fill) => fill.IsContiguous ? 1 : 0;

    /// <summary>Approximate nanoseconds per element, for balancing slices.</summary>
    public abstract double Cost(DType dtype, TorchProfile profile);

    /// <summary>Throws if torch refuses the fill before it draws, even for a tensor without elements.</summary>
    public abstract void Check<T>(double a, double b, TorchProfile profile)
        where T : unmanaged;

    /// <summary>
    /// Draws part of a fill. On entry the stream is at the start of the fill, or inside it but not past what the part needs; if the part
    /// ends the fill, the stream is at the end of the fill on return.
    /// </summary>
    public abstract void Draw<T>(Span<T> part, FillPart at, double a, double b, Generator generator)
        where T : unmanaged;
}
