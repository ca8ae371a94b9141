namespace TorchInit;

/// <summary>The extent of a fill. On a CPU the number of elements matters, and whether they are contiguous; where a GPU launch is split,
/// the span in memory matters too.</summary>
/// <param name="Count">The number of elements.</param>
/// <param name="IsContiguous">Whether the elements are contiguous.</param>
/// <param name="Reach">Elements of memory from the first to the last, both included; 0 for <paramref name="Count"/>.</param>
readonly record struct FillExtent(long Count, bool IsContiguous = true, long Reach = 0)
{
    /// <summary>Whether the elements fill their memory without gaps, in any order of dimensions.</summary>
    public bool IsDense => IsContiguous || Reach == Count;
}

/// <summary>The place of a part within a fill: the position at which the whole fill starts, the index of the part's first element, and the
/// whole's extent.</summary>
/// <param name="Start">The <see cref="RandomStream.Position"/> of the whole fill.</param>
/// <param name="First">The index of the part's first element, in memory order.</param>
/// <param name="Whole">The extent of the whole fill.</param>
readonly record struct FillPart(long Start, long First, FillExtent Whole);
