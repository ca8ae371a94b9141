using System.Collections.Frozen;

namespace TorchInit;

/// <summary>Every name that a checkpoint may mention, and what a call of it stands for. Nothing is imported, looked up or constructed by
/// name.</summary>
static class PickleNames
{
    static readonly FrozenDictionary<string, PickleType> s_types = new Dictionary<string, PickleType>
    {
        ["Float"] = new("F32", 4, DType.Float32),
        ["Double"] = new("F64", 8, DType.Float64),
        ["Half"] = new("F16", 2, DType.Float16),
        ["BFloat16"] = new("BF16", 2, DType.BFloat16),
        ["Long"] = new("I64", 8, DType.Int64),
        ["Int"] = new("I32", 4, DType.Int32),
        ["Short"] = new("I16", 2, DType.Int16),
        ["Char"] = new("I8", 1, DType.Int8),
        ["Byte"] = new("U8", 1, DType.UInt8),
        ["Bool"] = new("BOOL", 1, DType.Bool),
        ["ComplexFloat"] = new("C64", 8),
        ["ComplexDouble"] = new("C128", 16),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    static readonly FrozenDictionary<string, PickleType> s_dtypes = new Dictionary<string, PickleType>
    {
        ["float32"] = s_types["Float"],
        ["float64"] = s_types["Double"],
        ["float16"] = s_types["Half"],
        ["bfloat16"] = s_types["BFloat16"],
        ["int64"] = s_types["Long"],
        ["int32"] = s_types["Int"],
        ["int16"] = s_types["Short"],
        ["int8"] = s_types["Char"],
        ["uint8"] = s_types["Byte"],
        ["bool"] = s_types["Bool"],
        ["complex64"] = s_types["ComplexFloat"],
        ["complex128"] = s_types["ComplexDouble"],
        ["uint16"] = new("U16", 2),
        ["uint32"] = new("U32", 4),
        ["uint64"] = new("U64", 8),
        ["float8_e4m3fn"] = new("F8_E4M3", 1),
        ["float8_e5m2"] = new("F8_E5M2", 1),
        ["float8_e4m3fnuz"] = new("F8_E4M3FNUZ", 1),
        ["float8_e5m2fnuz"] = new("F8_E5M2FNUZ", 1),
        ["float8_e8m0fnu"] = new("F8_E8M0", 1),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    static readonly FrozenSet<string> s_others = new[]
    {
        "collections.OrderedDict", "torch.Size", "torch.device", "torch.UntypedStorage", "torch.storage.UntypedStorage",
        "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor_v3",
            "torch._utils._rebuild_parameter",
        "torch._utils._rebuild_parameter_with_state",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a checkpoint may mention the name.</summary>
    public static bool IsAllowed(PickleName name) => s_others.Contains(name.ToString()) || StorageType(name) is not null
        || DTypeOf(name) is not null;

    /// <summary>The type of a storage class, such as torch.FloatStorage.</summary>
    public static PickleType? StorageType(PickleName name) => name.Module == "torch"
        && name.Name.EndsWith("Storage", StringComparison.Ordinal)
        ? s_types.GetValueOrDefault(name.Name[..^"Storage".Length]) : null;

    /// <summary>The type of a dtype, such as torch.float32.</summary>
    public static PickleType? DTypeOf(PickleName name) => name.Module == "torch" ? s_dtypes.GetValueOrDefault(name.Name) : null;

    /// <summary>What a call of a name stands for; null if the arguments do not fit.</summary>
    public static object? Call(PickleName name, object?[] a) => (name.ToString(), a) switch
    {
        ("collections.OrderedDict", []) => new PickleDict(),
        ("collections.OrderedDict", [List<object?> pairs]) => OrderedDict(pairs),
        ("torch.Size", [PickleTuple sizes]) => sizes,
        ("torch.Size", []) => new PickleTuple([]),
        ("torch.device", [string, ..]) => a[0],
        ("torch._utils._rebuild_tensor" or "torch._utils._rebuild_tensor_v2", [PickleStorage { Type: { } type } storage, long offset,
            PickleTuple shape, PickleTuple strides, ..]) => Tensor(storage, type, offset, shape, strides),
        ("torch._utils._rebuild_tensor_v3",
            [PickleStorage storage, long offset, PickleTuple shape, PickleTuple strides, _, _, PickleName dtype, ..])
            when DTypeOf(dtype) is { } type => Tensor(storage, type, offset, shape, strides),
        ("torch._utils._rebuild_parameter" or "torch._utils._rebuild_parameter_with_state", [PickleTensor tensor, ..]) => tensor,
        _ => null,
    };

    /// <summary>The storage of a persistent id: <c>('storage', torch.FloatStorage, '0', 'cpu', 12)</c>; null for any other id.</summary>
    public static PickleStorage? Storage(object? id) => id switch
    {
        PickleTuple { Items: ["storage", PickleName type, string key, _, long count, ..] items }
            when (items.Length < 6 || items[5] is null) && count >= 0
            => StorageType(type) is { } known ? new(known, key, count)
                : type.Name == "UntypedStorage" ? new(null, key, count) : null,
        _ => null,
    };

    static PickleDict? OrderedDict(List<object?> pairs)
    {
        PickleDict dict = new();
        foreach (object? pair in pairs)
        {
            (object? key, object? value)? item = pair switch
            {
                PickleTuple { Items: [var k, var v] } => (k, v),
                List<object?> { Count: 2 } list => (list[0], list[1]),
                _ => null,
            };
            if (item is not { } found) { return null; }
            dict.Items.Add(new(found.key, found.value));
        }
        return dict;
    }

    static PickleTensor? Tensor(PickleStorage storage, PickleType type, long offset, PickleTuple shape, PickleTuple strides)
        => shape.Items.Length == strides.Items.Length && shape.Items.All(size => size is long and >= 0)
            && strides.Items.All(stride => stride is long and >= 0)
            && offset >= 0 ? new(storage, type, offset, [.. shape.Items.Cast<long>()], [.. strides.Items.Cast<long>()]) : null;
}
