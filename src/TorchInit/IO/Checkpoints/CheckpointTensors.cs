namespace TorchInit;

/// <summary>Finds the state dict in the contents of a checkpoint, and copies its tensors out of their storages.</summary>
/// <param name="name">The file's name in error messages.</param>
/// <param name="fileBytes">The size of the file, which bounds the elements that its views may claim.</param>
/// <param name="elements">Gives the bytes of a storage.</param>
/// <param name="stored">Gives a reader of a storage's bytes on demand; null if they are read now.</param>
sealed class CheckpointTensors(string name, long fileBytes, Func<PickleStorage, byte[]> elements,
    Func<PickleStorage, IStoredBytes>? stored = null)
{
    const int MostDepth = 32;

    static readonly string[] s_places = ["state_dict", "model_state_dict", "model_state", "model", "module", "net", "network", "weights",
        "params", "ema"];

    readonly Dictionary<string, byte[]> _storages = new(StringComparer.Ordinal);
    Int128 _bytes;
    int _visits;

    /// <summary>The tensors of a value.</summary>
    public StateDict Of(object? value)
    {
        Dictionary<string, PickleTensor> found = [];
        List<string> order = [];
        Collect(Inner(value), "", 0, found, order);
        if (found.Count == 0) { throw Nothing(value); }
        StateDict tensors = new();
        foreach (string path in order) { Add(tensors, path, found[path]); }
        return tensors;
    }

    /// <summary>The storages of all tensors in a value, by their keys.</summary>
    public static Dictionary<string, PickleStorage> Storages(object? value)
    {
        Dictionary<string, PickleStorage> storages = new(StringComparer.Ordinal);
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        Stack<object?> open = new([value]);
        while (open.TryPop(out object? next))
        {
            if (next is null or string or bool or long or double || !seen.Add(next)) { continue; }
            switch (next)
            {
                case PickleTensor tensor: storages[tensor.Storage.Key] = tensor.Storage; break;
                case PickleStorage storage: storages[storage.Key] = storage; break;
                case List<object?> list: foreach (object? item in list) { open.Push(item); } break;
                case PickleTuple tuple: foreach (object? item in tuple.Items) { open.Push(item); } break;
                case PickleDict dict: foreach ((_, object? item) in dict.Items) { open.Push(item); } break;
            }
        }
        return storages;
    }

    /// <summary>The state dict in a training checkpoint, which also contains optimizers, counters and perhaps tensors of its
    /// own.</summary>
    static object? Inner(object? value)
    {
        for (int depth = 0; depth < 4 && value is PickleDict dict; depth++)
        {
            object? inner = s_places.Select(place => dict.Items.FindLast(item => item.Key is string key && key == place).Value)
                .FirstOrDefault(found => found is PickleDict state && !IsOptimizer(state) && Storages(state).Count > 0);
            if (inner is null) { break; }
            value = inner;
        }
        return value;
    }

    /// <summary>Whether a dict is what an optimizer's state_dict() gives; its tensors are no weights.</summary>
    static bool IsOptimizer(PickleDict dict) => dict.Items.Exists(item => item.Key is "param_groups" && item.Value is List<object?>)
        && dict.Items.Exists(item => item.Key is "state" && item.Value is PickleDict);

    /// <summary>Says what is in a file that has no weights.</summary>
    InvalidDataException Nothing(object? value)
    {
        const string Allowed = "allowed: a model's state dict, as torch.save(model.state_dict(), path) writes it.";
        if (value is PickleDict own && IsOptimizer(own)) { return new($"{name} has only the state of an optimizer; {Allowed}"); }
        if (value is not PickleDict { Items: { Count: > 0 } items }) { return new($"{name} has no tensors; {Allowed}"); }
        string[] keys = [.. items.Take(8).Select(item => item.Value is PickleDict dict && IsOptimizer(dict)
            ? $"{item.Key} (an optimizer)" : $"{item.Key}")];
        return new($"{name} has no tensors of a model, only {SafetensorsHeader.Show(string.Join(", ", keys))}; {Allowed}");
    }

    void Collect(object? value, string path, int depth, Dictionary<string, PickleTensor> found, List<string> order)
    {
        if (++_visits > (1 << 20) + (fileBytes / 16)
            || depth > MostDepth) { throw new InvalidDataException($"{name} is nested more than {MostDepth} deep, or contains itself."); }
        switch (value)
        {
            case PickleTensor tensor:
                if (!found.TryAdd(path, tensor)) { found[path] = tensor; }
                else { order.Add(path); }
                if (order.Count > Limits.Current.Tensors)
                {
                    throw new InvalidDataException($"{name} has more "
                        + $"tensors; {Limits.Allowed(Limits.Current.Tensors, nameof(Limits.Tensors))}.");
                }
                break;
            case PickleDict dict when !IsOptimizer(dict):
                foreach ((object? key, object? item) in dict.Items) { Inside($"{key}", item); }
                break;
            case List<object?> list:
                for (int at = 0; at < list.Count; at++) { Inside($"{at}", list[at]); }
                break;
            case PickleTuple { Items: var items }:
                for (int at = 0; at < items.Length; at++) { Inside($"{at}", items[at]); }
                break;
        }

        void Inside(string key, object? item)
        {
            if (item is PickleTensor or PickleDict or List<object?> or PickleTuple)
            {
                Collect(item, path.Length == 0 ? key : $"{path}.{key}", depth + 1, found, order);
            }
        }
    }

    void Add(StateDict tensors, string path, PickleTensor tensor)
    {
        Int128 count = tensor.Shape.Aggregate((Int128)1, (product, size) => product > long.MaxValue ? product : product * size);
        _bytes += count * tensor.Type.Bytes;
        if (_bytes > (Int128)Limits.Current.Expansion * fileBytes || count > Array.MaxLength)
        {
            throw new InvalidDataException($"{name}: {SafetensorsHeader.Show(path)} {TensorShape.Text(tensor.Shape)} brings the tensors to "
                + $"{_bytes} bytes, in a file "
                + $"of {fileBytes}; {Limits.Allowed((Int128)Limits.Current.Expansion * fileBytes, nameof(Limits.Expansion))}.");
        }
        if (tensor.Shape.Length > Limits.Current.Dimensions)
        {
            throw new InvalidDataException($"{name}: {SafetensorsHeader.Show(path)} has {tensor.Shape.Length} dimensions; "
                + $"{Limits.Allowed(Limits.Current.Dimensions, nameof(Limits.Dimensions))}.");
        }
        Int128 last = tensor.Offset;
        for (int dim = 0; dim < tensor.Shape.Length; dim++) { last += (Int128)(tensor.Shape[dim] - 1) * tensor.Strides[dim]; }
        int width = tensor.Type.Bytes;
        if (stored is not null && count > 0 && ViewLayout.IsRowMajor(tensor.Shape, tensor.Strides, (long)count)
            && SafetensorsType.HeldBy(tensor.Type.Name) is { } held)
        {
            IStoredBytes whole = stored(tensor.Storage);
            CheckInside(whole.Length);
            tensors.Add(path, TensorBuffer.Stored(held, tensor.Shape, new StoredPart(whole, tensor.Offset * width, (long)count * width)));
            return;
        }
        if (!_storages.TryGetValue(tensor.Storage.Key,
            out byte[]? storage)) { _storages[tensor.Storage.Key] = storage = elements(tensor.Storage); }
        CheckInside(storage.Length);
        if (tensor.Type.DType is { } dtype)
        {
            TensorBuffer buffer = TensorBuffer.Zeros(dtype, tensor.Shape);
            Gather(storage, buffer.Bytes(0, buffer.Count), tensor, width);
            tensors.AddRead(path, buffer);
        }
        else
        {
            byte[] bytes = new byte[(long)count * width];
            Gather(storage, bytes, tensor, width);
            tensors.Add(new OpaqueTensor(path, tensor.Type.Name, tensor.Shape, [bytes]));
        }

        void CheckInside(long length)
        {
            if (count > 0 && (last + 1) * width > length)
            {
                throw new InvalidDataException($"{name}: {SafetensorsHeader.Show(path)} {TensorShape.Text(tensor.Shape)} leaves its "
                    + $"storage of {length} bytes.");
            }
        }
    }

    static void Gather(byte[] storage, Span<byte> target, PickleTensor tensor, int width)
    {
        if (target.IsEmpty) { return; }
        long[] index = new long[tensor.Shape.Length];
        // The longest run of trailing dimensions whose elements are contiguous.
        int dims = tensor.Shape.Length;
        long run = 1;
        while (dims > 0 && (tensor.Shape[dims - 1] == 1 || tensor.Strides[dims - 1] == run)) { run *= tensor.Shape[--dims]; }
        long position = tensor.Offset;
        int step = (int)run * width;
        for (int at = 0; at < target.Length; at += step)
        {
            storage.AsSpan((int)(position * width), step).CopyTo(target[at..]);
            for (int dim = dims - 1; dim >= 0; dim--)
            {
                position += tensor.Strides[dim];
                if (++index[dim] < tensor.Shape[dim]) { break; }
                position -= tensor.Shape[dim] * tensor.Strides[dim];
                index[dim] = 0;
            }
        }
    }
}
