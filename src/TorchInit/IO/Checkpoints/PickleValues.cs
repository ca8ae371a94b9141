namespace TorchInit;

/// <summary>A name that a pickle mentions: one of the few that <see cref="PickleNames"/> lists. It stands for itself and is never looked
/// up.</summary>
sealed record PickleName(string Module, string Name)
{
    public override string ToString() => $"{Module}.{Name}";
}

/// <summary>A tuple of a pickle.</summary>
sealed record PickleTuple(object?[] Items);

/// <summary>A dict or OrderedDict of a pickle; keys may be anything, and of equal ones the last counts.</summary>
sealed class PickleDict
{
    public List<KeyValuePair<object?, object?>> Items { get; } = [];
}

/// <summary>A storage that a pickle refers to; its elements are elsewhere in the file.</summary>
/// <param name="Type">Of its elements; null for bytes whose type the tensor says.</param>
/// <param name="Key">Which.</param>
/// <param name="Count">How many elements it is said to have.</param>
sealed record PickleStorage(PickleType? Type, string Key, long Count);

/// <summary>A tensor of a pickle: a strided view of a storage.</summary>
sealed record PickleTensor(PickleStorage Storage, PickleType Type, long Offset, long[] Shape, long[] Strides);

/// <summary>An element type of torch's.</summary>
/// <param name="Name">What safetensors calls it.</param>
/// <param name="Bytes">Of one element.</param>
/// <param name="DType">What reads it; null where the bytes are kept.</param>
sealed record PickleType(string Name, int Bytes, DType? DType = null);
