namespace TorchInit;

/// <summary>Sizes as torch's factories take them: separate integers, or one tuple or list.</summary>
static class TensorSizes
{
    public static long[] Of(string name, IReadOnlyList<TorchValue> items)
    {
        IReadOnlyList<TorchValue> sizes = items is [TorchTuple or TorchList] ? new PythonArgument(name, items[0]).Items! : items;
        long[] shape = [.. sizes.Select(size => size is TorchInt number ? number.Value
            : throw new PythonArgument(name, size).TypeError("integers", null))];
        foreach (long size in shape)
        {
            if (size < 0)
            {
                throw TorchArgumentException.RuntimeError(name, size, "0 or more",
                    $"Trying to create tensor with negative dimension {size}: [{TensorShape.Listed(shape)}]");
            }
        }
        _ = TensorShape.CountOrThrow(shape);
        return shape;
    }
}
