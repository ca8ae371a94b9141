using System.Reflection;
using System.Security.Cryptography;

namespace TorchInit.Parity;

/// <summary>A framework's answers to the scoreboard: a folder, or a recording in this assembly.</summary>
sealed class ScoreboardAnswers
{
    /// <summary>One line: the framework, with versions.</summary>
    public const string SourceFile = "source.txt";

    readonly Func<string, Stream?> _open;
    readonly string _place;

    ScoreboardAnswers(string name, string place, Func<string, Stream?> open)
    {
        (Name, _place, _open) = (name, place, open);
        using Stream? source = open(SourceFile);
        using StreamReader? reader = source is null ? null : new(source);
        Source = reader?.ReadLine() is { Length: > 0 } line ? line : place;
    }

    /// <summary>The framework's name.</summary>
    public string Name { get; }

    /// <summary>The versions, or where the answers are.</summary>
    public string Source { get; }

    /// <summary>What samples/torchsharp/answers.cs wrote, recorded by scripts/torchsharp.sh.</summary>
    public static ScoreboardAnswers TorchSharp { get; } = new("TorchSharp (recorded)", "golden/torchsharp",
        file => Assembly.GetExecutingAssembly().GetManifestResourceStream($"golden/torchsharp/{file}"));

    /// <summary>A folder of answers.</summary>
    public static ScoreboardAnswers Of(string folder, string name) => new(name, folder, file =>
    {
        string path = Path.Combine(folder, file);
        return File.Exists(path) ? InputFile.Open(path) : null;
    });

    /// <summary>SHA-256 of a tensor's bytes.</summary>
    public static string Hash(TensorBuffer tensor) => Convert.ToHexStringLower(SHA256.HashData(tensor.Bytes(0, tensor.Count)));

    /// <summary>The answer to a case, one draw per seed; null if there is none.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or a tensor is missing or of another shape or dtype.</exception>
    public IReadOnlyList<Drawn>? Draws(ScoreboardCase item)
    {
        using Stream? file = _open($"{item.Id}.safetensors");
        if (file is null) { return null; }
        StateDict answers = Load(item, file);
        return [.. item.Seeds.Select(seed =>
        {
            StateDict tensors = new();
            foreach (ScoreboardTensor wanted in item.Tensors)
            {
                if (!answers.TryGetValue($"{seed}/{wanted.Name}", out TensorBuffer? tensor) || tensor.DType != DType.Float32
                    || !tensor.Shape.SequenceEqual(wanted.Shape))
                {
                    throw new InvalidDataException($"{Place(item, "safetensors")} has no float32 tensor '{seed}/{wanted.Name}' of "
                        + $"{TensorShape.Text([.. wanted.Shape])}; cases.json says what an answer holds.");
                }
                tensors.Add(wanted.Name, tensor);
            }
            return new Drawn(tensors, []);
        })];
    }

    /// <summary>The recorded hashes of a case by <c>SEED/NAME</c>; null if there are none.</summary>
    /// <exception cref="InvalidDataException">A line is not a hash and a name.</exception>
    public IReadOnlyDictionary<string, string>? Hashes(ScoreboardCase item)
    {
        using Stream? file = _open($"{item.Id}.sha256");
        if (file is null) { return null; }
        using StreamReader reader = new(file);
        Dictionary<string, string> hashes = [];
        for (string? line; (line = reader.ReadLine()) is not null;)
        {
            bool isHash = line.Length > 66 && line.Take(64).All(char.IsAsciiHexDigitLower) && line.AsSpan(64, 2) is "  ";
            if (!isHash || !hashes.TryAdd(line[66..], line[..64]))
            {
                throw new InvalidDataException($"{Place(item, "sha256")} has the line '{line}'; allowed: a SHA-256, two spaces "
                    + $"and SEED/NAME, each once.");
            }
        }
        return hashes;
    }

    StateDict Load(ScoreboardCase item, Stream file)
    {
        try { return Safetensors.Load(file); }
        catch (InvalidDataException error)
        {
            throw InputFile.Explained(error, file, Place(item, "safetensors"), FileFormat.Safetensors);
        }
    }

    string Place(ScoreboardCase item, string extension) => Path.Combine(_place, $"{item.Id}.{extension}");
}
