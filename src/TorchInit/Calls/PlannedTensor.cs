namespace TorchInit;

/// <summary>A tensor of an expression: the memory that steps fill, and the view of it.</summary>
/// <param name="Memory">The name of its memory in the plan.</param>
/// <param name="Shape">The shape of the view.</param>
/// <param name="DType">Null for the floating-point type chosen when the plan runs.</param>
/// <param name="Strides">Elements from one index to the next; null if the view is the whole memory, row-major, in the shape it was created
/// with.</param>
/// <param name="Offset">The first element of the view.</param>
sealed record PlannedTensor(string Memory, long[] Shape, DType? DType, long[]? Strides = null, long Offset = 0)
{
    public long Count => TensorShape.CountOrThrow(Shape);

    public StepTarget Target => Strides is null ? new(Memory) : new(Memory, Count == 0 ? 0 : Offset, Shape, Strides);

    public bool IsFloatingPoint => DType?.IsFloatingPoint() ?? true;

    /// <summary>Whether nothing else uses the memory, so that a result may overwrite it.</summary>
    public bool IsTemporary { get; init; }

    /// <summary>Its key in a ParameterDict; null for a number or no key.</summary>
    public string? Key { get; init; }

    /// <summary>The strides, also of a row-major tensor.</summary>
    public long[] Steps => Strides ?? TensorShape.RowMajor(Shape);

    /// <summary>torch's is_contiguous().</summary>
    public bool IsContiguous => Strides is null || Strided.IsRowMajor(Shape, Strides);

    /// <summary>torch's is_non_overlapping_and_dense: row-major in some order of the dimensions.</summary>
    public bool IsDense => Strides is null || Strided.IsDense(Shape, Strides);

    /// <summary>torch's name of the type, for messages.</summary>
    public string TypeName => DType is { } known ? known.TorchName() : "the default dtype";
}
