using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TorchInit;

/// <summary>A model in several safetensors files and their index, as Hugging Face saves and loads it:
/// <c>model-00001-of-00003.safetensors</c>, …, <c>model.safetensors.index.json</c>. What fits into one file has its name and no
/// index.</summary>
sealed class ShardSet
{
    const string Ending = ".safetensors";

    /// <summary>How much of a header is compared at once.</summary>
    const int MostCompared = 1 << 20;

    readonly string _path, _folder;

    /// <param name="plan">What is saved.</param>
    /// <param name="path">The name of the whole: <c>model.safetensors</c>.</param>
    /// <param name="seed">Of the generator.</param>
    /// <param name="dtype">The floating type.</param>
    /// <param name="mostBytes">Of the tensors of a file; one that is larger has a file for itself.</param>
    /// <param name="metadata">Texts for each file's header.</param>
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
    }

    /// <summary>The files, in the order of their tensors.</summary>
    public IReadOnlyList<ShardFile> Files { get; }

    /// <summary>Where the index lies; there is none beside a single file.</summary>
    public string IndexPath => _path + ".index.json";

    /// <summary>The files of one of several workers: each has as many as the others, in a row.</summary>
    public IEnumerable<ShardFile> Of(Shard worker)
        => Files.Where((_, at) => (int)((long)at * worker.Count / Files.Count) + 1 == worker.Index);

    /// <summary>Whether a file is there as it must be. It was renamed when it was whole, and its header says whose it is.</summary>
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

    /// <summary>Before a file is written: an index of other files is removed, so that no set looks whole that is not.</summary>
    public void Open()
    {
        if (!File.Exists(IndexPath)) { return; }
        bool isOwn = Files.Count > 1 && File.ReadAllText(IndexPath) == Index() && Files.All(IsWhole);
        if (isOwn) { return; }
        File.Delete(IndexPath);
        AtomicFile.FlushFolder(_folder);
    }

    /// <summary>Writes the index, if all files are there: whoever writes the last one does it.</summary>
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
/// <param name="Name">In the set's folder.</param>
/// <param name="Tensors">What it has.</param>
/// <param name="Header">What it begins with.</param>
/// <param name="TensorBytes">What follows.</param>
sealed record ShardFile(string Name, ParameterSpec[] Tensors, byte[] Header, long TensorBytes)
{
    /// <summary>The bytes of the whole file.</summary>
    public long Length => Header.Length + TensorBytes;
}
