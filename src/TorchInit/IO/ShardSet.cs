using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TorchInit;

/// <summary>A model in several safetensors files with their index, as Hugging Face saves and loads it:
/// <c>model-00001-of-00003.safetensors</c>, …, <c>model.safetensors.index.json</c>. A model that fits into one file keeps the plain name
/// and has no index.</summary>
sealed class ShardSet
{
    const string Ending = ".safetensors";

    /// <summary>The bytes of a header that are compared at once.</summary>
    const int MostCompared = 1 << 20;

    readonly string _path, _folder;

    /// <param name="plan">The plan of the model.</param>
    /// <param name="path">The name of the whole model: <c>model.safetensors</c>.</param>
    /// <param name="seed">The generator's seed.</param>
    /// <param name="dtype">The floating type.</param>
    /// <param name="mostBytes">The most tensor bytes per file; a larger tensor has its own file.</param>
    /// <param name="metadata">Strings for each file's header.</param>
    public ShardSet(InitPlan plan, string path, ulong seed, DType dtype, long mostBytes, IReadOnlyDictionary<string, string>? metadata)
    {
        (_path, _folder) = (path, Path.GetDirectoryName(Path.GetFullPath(path))!);
        List<ParameterSpec[]> parts = Split(plan, dtype, mostBytes);
        Dictionary<string, string> texts = new(metadata ?? new Dictionary<string, string>(), StringComparer.Ordinal)
        {
            ["format"] = "pt",
            ["identity"] = Convert.ToHexString(PlanIdentity.Of(plan, seed, dtype, [], parts.Count)).ToLowerInvariant(),
        };
        Files = [.. parts.Select((tensors, at) => new ShardFile(NameOf(at, parts.Count), tensors,
            StreamingMaterializer.Header(tensors, dtype, texts), tensors.Sum(tensor => (long)Materializer.BytesOf(tensor, dtype))))];
        Int128 all = Files.Aggregate(Int128.Zero, (sum, file) => sum + file.Length);
        if (all > long.MaxValue)
        {
            throw new ArgumentException($"The files of {plan.Title} have {all} bytes together; allowed: up to {long.MaxValue}.",
                nameof(plan));
        }
    }

    /// <summary>The files, in the order of their tensors.</summary>
    public IReadOnlyList<ShardFile> Files { get; }

    /// <summary>The path of the index; a single file has none.</summary>
    public string IndexPath => _path + ".index.json";

    /// <summary>The files of one of several workers: consecutive, and divided as evenly as possible.</summary>
    public IEnumerable<ShardFile> Of(Shard worker)
        => Files.Where((_, at) => (int)((long)at * worker.Count / Files.Count) + 1 == worker.Index);

    /// <summary>Whether a file is complete and of this set: it is renamed only when complete, and its header carries the
    /// identity.</summary>
    public bool IsWhole(ShardFile file)
    {
        try
        {
            using FileStream stream = File.OpenRead(PathOf(file));
            if (stream.Length != file.Length) { return false; }
            byte[] part = new byte[Math.Min(MostCompared, file.Header.Length)];
            for (int at = 0; at < file.Header.Length; at += part.Length)
            {
                int length = Math.Min(part.Length, file.Header.Length - at);
                stream.ReadExactly(part, 0, length);
                if (!part.AsSpan(0, length).SequenceEqual(file.Header.AsSpan(at, length))) { return false; }
            }
            return true;
        }
        catch (FileNotFoundException) { return false; }
    }

    public string PathOf(ShardFile file) => Path.Combine(_folder, file.Name);

    /// <summary>Before a file is written: removes an index of other files, so that an incomplete set never looks complete.</summary>
    public void Open()
    {
        if (!File.Exists(IndexPath)) { return; }
        bool isOwn = Files.Count > 1 && File.ReadAllText(IndexPath) == Index() && Files.All(IsWhole);
        if (isOwn) { return; }
        File.Delete(IndexPath);
        AtomicFile.FlushFolder(_folder);
    }

    /// <summary>Writes the index if all files are complete, which is so for the worker that finishes last.</summary>
    public bool TryClose()
    {
        if (!Files.All(IsWhole)) { return false; }
        if (Files.Count > 1) { AtomicFile.WriteText(IndexPath, Index()); }
        return true;
    }

    string NameOf(int at, int count)
    {
        string name = Path.GetFileName(_path);
        if (count == 1) { return name; }
        string stem = name.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) ? name[..^Ending.Length] : name;
        return $"{stem}-{at + 1:00000}-of-{count:00000}{Ending}";
    }

    string Index()
    {
        using MemoryStream json = new();
        using (Utf8JsonWriter writer = new(json, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("metadata");
            writer.WriteNumber("total_size", Files.Sum(file => file.TensorBytes));
            writer.WriteEndObject();
            writer.WriteStartObject("weight_map");
            foreach (ShardFile file in Files)
            {
                foreach (ParameterSpec tensor in file.Tensors) { writer.WriteString(tensor.Name, file.Name); }
            }
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(json.ToArray()) + "\n";
    }

    static List<ParameterSpec[]> Split(InitPlan plan, DType dtype, long mostBytes)
    {
        List<ParameterSpec[]> parts = [];
        List<ParameterSpec> part = [];
        Int128 bytes = 0;
        foreach (ParameterSpec tensor in plan.StateTensors)
        {
            Int128 own = Materializer.BytesOf(tensor, dtype);
            if (part.Count > 0 && bytes + own > mostBytes)
            {
                parts.Add([.. part]);
                part.Clear();
                bytes = 0;
            }
            part.Add(tensor);
            bytes += own;
        }
        parts.Add([.. part]);
        return parts;
    }
}

/// <summary>One file of a set.</summary>
/// <param name="Name">The file's name in the set's folder.</param>
/// <param name="Tensors">The tensors in the file.</param>
/// <param name="Header">The first bytes of the file.</param>
/// <param name="TensorBytes">The number of bytes after the header.</param>
sealed record ShardFile(string Name, ParameterSpec[] Tensors, byte[] Header, long TensorBytes)
{
    /// <summary>The size of the whole file in bytes.</summary>
    public long Length => Header.Length + TensorBytes;
}
