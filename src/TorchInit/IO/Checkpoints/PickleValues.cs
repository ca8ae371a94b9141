namespace TorchInit;

/// <summary>A name that a pickle mentions, one of the few that <see cref="PickleNames"/> lists. It is kept as a name and never looked
/// up.</summary>
sealed record PickleName(string Module, string Name)
{
    public override string ToString() => $"{Module}.{Name}";
}

/// <summary>A tuple of a pickle.</summary>
sealed record PickleTuple(object?[] Items);

/// <summary>A dict or OrderedDict of a pickle; keys may be anything; of equal keys the last wins.</summary>
sealed class PickleDict
{
    public List<KeyValuePair<object?, object?>> Items { get; } = [];
}

/// <summary>A storage that a pickle refers to; its elements are elsewhere in the file.</summary>
/// <param name="Type">The type of its elements; null for bytes whose type the tensor gives.</param>
/// <param name="Key">The storage's key in the file.</param>
/// <param name="Count">The number of elements that the pickle states.</param>
sealed record PickleStorage(PickleType? Type, string Key, long Count);

/// <summary>A tensor of a pickle: a strided view of a storage.</summary>
sealed record PickleTensor(PickleStorage Storage, PickleType Type, long Offset, long[] Shape, long[] Strides);

/// <summary>An element type of torch.</summary>
/// <param name="Name">Its name in the safetensors format.</param>
/// <param name="Bytes">The bytes of one element.</param>
/// <param name="DType">The dtype that it is read as; null if the bytes are kept.</param>
sealed record PickleType(string Name, int Bytes, DType? DType = null);
