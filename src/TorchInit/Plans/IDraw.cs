namespace TorchInit;

/// <summary>A step that draws a known number of words for each element, so that any part of it can be drawn on its own.</summary>
interface IDraw
{
    /// <summary>Draws into elements that follow each other: all of a target, or the part of one that a cut leaves.</summary>
    void Draw<T>(Span<T> elements, Generator generator, bool contiguous)
        where T : unmanaged;

    /// <summary>Draws the elements from <paramref name="start"/> on of a contiguous target of <paramref name="count"/> that <see cref="Grain"/> lets be cut.</summary>
    /// <returns>The words that the generator moved on.</returns>
    long DrawSlice<T>(Span<T> slice, long start, long count, Generator generator)
        where T : unmanaged;

    /// <summary>Where a target may be cut: at multiples of this, with as much or more behind. 0: nowhere.</summary>
    int Grain(ViewLayout target);

    /// <summary>Nanoseconds an element, roughly: what a cut balances.</summary>
    double Cost(DType dtype, TorchProfile profile);
}
