namespace TorchInit;

/// <summary>A tensor of an expression: the memory that steps fill, and how it is seen.</summary>
/// <param name="Memory">The name of its memory in the plan.</param>
/// <param name="Shape">As it is seen.</param>
/// <param name="DType">Null for the floating type asked for when the plan runs.</param>
/// <param name="Strides">Elements from one index to the next; null where the memory is seen row by row.</param>
sealed record PlannedTensor(string Memory, long[] Shape, DType? DType, long[]? Strides = null)
{
    public long Count => TensorShape.CountOrThrow(Shape);

    public StepTarget Target => Strides is null ? new(Memory) : new(Memory, 0, Shape, Strides);

    public bool IsFloatingPoint => DType?.IsFloatingPoint() ?? true;
}
