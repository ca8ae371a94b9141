namespace TorchInit;

/// <summary>A tensor of an expression: the memory that steps fill, and how it is seen.</summary>
/// <param name="Memory">The name of its memory in the plan.</param>
/// <param name="Shape">As it is seen.</param>
/// <param name="DType">Null for the floating type asked for when the plan runs.</param>
/// <param name="Strides">Elements from one index to the next; null where the whole memory is seen row by row, in the shape that it was
/// made with.</param>
/// <param name="Offset">The first element that is seen.</param>
sealed record PlannedTensor(string Memory, long[] Shape, DType? DType, long[]? Strides = null, long Offset = 0)
{
    public long Count => TensorShape.CountOrThrow(Shape);

    public StepTarget Target => Strides is null ? new(Memory) : new(Memory, Count == 0 ? 0 : Offset, Shape, Strides);

    public bool IsFloatingPoint => DType?.IsFloatingPoint() ?? true;

    /// <summary>Whether nothing else sees the memory: a result may be made in place.</summary>
    public bool IsTemporary { get; init; }

    /// <summary>Its name in a ParameterDict; null for a number or none.</summary>
    public string? Key { get; init; }

    /// <summary>The strides, also where it lies row by row.</summary>
    public long[] Steps => Strides ?? TensorShape.RowMajor(Shape);

    /// <summary>torch's is_contiguous().</summary>
    public bool IsContiguous => Strides is null || Strided.IsRowMajor(Shape, Strides);

    /// <summary>torch's is_non_overlapping_and_dense: in some order of the dimensions it lies row by row.</summary>
    public bool IsDense => Strides is null || Strided.IsDense(Shape, Strides);

    /// <summary>torch's name of the type, as messages have it.</summary>
    public string TypeName => DType is { } known ? known.TorchName() : "the default dtype";
}
