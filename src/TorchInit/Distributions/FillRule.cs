namespace TorchInit;

/// <summary>How one kind of fill makes its elements: any of them, and how far all of them move the stream.</summary>
abstract class FillRule
{
    /// <summary>Whether it takes anything of the stream.</summary>
    public virtual bool Draws => true;

    /// <summary>How far a fill moves the stream, in the unit of <see cref="RandomStream.Position"/>. <paramref name="cachedNormal"/>:
    /// whether a normal waits; on return, whether one does afterwards.</summary>
    /// <exception cref="OverflowException">It is 2⁶³ or more.</exception>
    public abstract long Length(FillExtent fill, DType dtype, TorchProfile profile, ref bool cachedNormal);

    /// <summary>Whether it may take or leave a cached normal, so that only running it tells the state behind it.</summary>
    public virtual bool KeepsNormal(FillExtent fill) => false;

    /// <summary>Where a fill may be cut: at multiples of this, with as much or more behind. 0: nowhere.</summary>
    public virtual int Grain(FillExtent fill) => fill.IsContiguous ? 1 : 0;

    /// <summary>Nanoseconds an element, roughly: what a cut balances.</summary>
    public abstract double Cost(DType dtype, TorchProfile profile);

    /// <summary>Throws what a fill refuses before it draws, also one without elements.</summary>
    public abstract void Check<T>(double a, double b, TorchProfile profile)
        where T : unmanaged;

    /// <summary>
    /// Makes a part of a fill. The stream stands at the fill's start, or inside it and not behind what the part needs; when the part ends
    /// the fill, the stream stands behind it.
    /// </summary>
    public abstract void Draw<T>(Span<T> part, FillPart at, double a, double b, Generator generator)
        where T : unmanaged;
}
