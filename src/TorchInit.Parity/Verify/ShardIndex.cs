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
            if (!isHere || Path.GetExtension(shard.Key) is ".json")
            {
                throw new InvalidDataException($"{path} names the shard '{shard.Key}'; allowed: names of weight files in the same folder.");
            }
            if (!File.Exists(Path.Combine(folder, shard.Key)))
            {
                throw new InvalidDataException($"{path} names the shard '{shard.Key}', and there is no such file beside it.");
            }
            StateDict weights = read(Path.Combine(folder, shard.Key));
            foreach (string name in shard)
            {
                if (weights.TryGetValue(name, out TensorBuffer? tensor)) { all.Add(name, tensor); }
                else if (weights.Opaque.FirstOrDefault(kept => kept.Name == name) is null)
                {
                    throw new InvalidDataException($"{path} says that '{name}' is in {shard.Key}; it is not.");
                }
            }
            all.Keep(weights.Opaque);
        }
        return all;
    }

    static Dictionary<string, string> Map(string path)
    {
        InputFile.Check(path);
        if (new FileInfo(path) is { Exists: true, Length: > MostBytes and var length })
        {
            throw new InvalidDataException($"{path} has {length} bytes; allowed for an index: {MostBytes}.");
        }
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path));
            return json.RootElement.GetProperty("weight_map").EnumerateObject()
                .ToDictionary(entry => entry.Name, entry => entry.Value.GetString() ?? "", StringComparer.Ordinal);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidDataException($"{path} is not an index of shards: {error.Message} Allowed: a JSON object with a weight_map.",
                error);
        }
    }
}
