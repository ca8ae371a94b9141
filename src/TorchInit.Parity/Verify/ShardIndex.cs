using System.Text.Json;

namespace TorchInit.Parity;

/// <summary>Weights in several files, with an index that says which tensor is in which: <c>model.safetensors.index.json</c>.</summary>
static class ShardIndex
{
    const long MostBytes = 64 << 20;

    /// <summary>Reads all shards that the index names, which lie beside it.</summary>
    /// <exception cref="InvalidDataException">It is no index, a shard is in another folder, or a tensor is not in its shard.</exception>
    /// <param name="path">The index.</param>
    /// <param name="read">Reads a shard.</param>
    public static StateDict Read(string path, Func<string, StateDict> read)
    {
        StateDict all = new();
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        foreach (IGrouping<string, string> shard in Map(path).GroupBy(entry => entry.Value, entry => entry.Key, StringComparer.Ordinal))
        {
            bool isHere = shard.Key.Length > 0 && shard.Key == Path.GetFileName(shard.Key) && shard.Key is not ("." or "..")
                && !shard.Key.Contains('\\', StringComparison.Ordinal);
            if (!isHere || Path.GetExtension(shard.Key).Equals(".json", StringComparison.OrdinalIgnoreCase))
            {
                throw new InvalidDataException($"{path} names the shard '{shard.Key}'; allowed: names of weight files in the same folder.");
            }
            if (!File.Exists(Path.Combine(folder, shard.Key)))
            {
                throw new InvalidDataException($"{path} names the shard '{shard.Key}', and there is no such file beside it.");
            }
            StateDict weights = read(Path.Combine(folder, shard.Key));
            Dictionary<string, OpaqueTensor> kept = weights.Opaque.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
            foreach (string name in shard)
            {
                if (weights.TryGetValue(name, out TensorBuffer? tensor)) { all.Add(name, tensor); }
                else if (kept.TryGetValue(name, out OpaqueTensor? opaque)) { all.Add(opaque); }
                else { throw new InvalidDataException($"{path} says that '{name}' is in {shard.Key}; it is not."); }
            }
        }
        return all;
    }

    static Dictionary<string, string> Map(string path)
        => InputFile.Read(path, FileFormat.ShardIndex, stream =>
        {
            Dictionary<string, string> map = new(StringComparer.Ordinal);
            if (stream.Length > MostBytes)
            {
                throw new InvalidDataException($"{path} has {stream.Length} bytes; allowed for an index: {MostBytes}.");
            }
            try
            {
                using JsonDocument json = JsonDocument.Parse(stream);
                if (json.RootElement.ValueKind != JsonValueKind.Object
                    || !json.RootElement.TryGetProperty("weight_map", out JsonElement found) || found.ValueKind != JsonValueKind.Object)
                {
                    throw Not(path, "it has no weight_map of tensors and their files", null);
                }
                foreach (JsonProperty entry in found.EnumerateObject())
                {
                    if (entry.Value.ValueKind != JsonValueKind.String || !map.TryAdd(entry.Name, entry.Value.GetString()!))
                    {
                        throw Not(path, $"'{entry.Name}' of its weight_map occurs twice, or does not name a file", null);
                    }
                }
                return map;
            }
            // InvalidOperationException: a text with half of a surrogate pair.
            catch (Exception error) when (error is JsonException or InvalidOperationException)
            {
                throw Not(path, PlanJsonErrors.Words(error).TrimEnd('.'), error);
            }
        });

    static InvalidDataException Not(string path, string why, Exception? error)
        => new($"{path} is not an index of shards: {why}; allowed: a JSON object with a weight_map.", error);
}
