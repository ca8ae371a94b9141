namespace TorchInit;

/// <summary>What a fill covers. On a CPU its number of elements decides, and whether they lie in a row; where a launch is cut, its sizes do
/// too.</summary>
/// <param name="Count">Elements.</param>
/// <param name="IsContiguous">Whether they follow each other in memory.</param>
/// <param name="Reach">Elements from the first one's place to the last one's, both counted; 0 for as many as there are.</param>
readonly record struct FillExtent(long Count, bool IsContiguous = true, long Reach = 0)
{
    /// <summary>Whether the elements fill their memory, in whatever order of dimensions.</summary>
    public bool IsDense => IsContiguous || Reach == Count;
}

/// <summary>Where the elements of a part belong: each is addressed by the place at which the whole fill begins, its number, and the whole's
/// extent.</summary>
/// <param name="Start">The <see cref="RandomStream.Position"/> of the whole fill.</param>
/// <param name="First">The number of the part's first element, in the order of memory.</param>
/// <param name="Whole">All elements of the fill.</param>
readonly record struct FillPart(long Start, long First, FillExtent Whole);
