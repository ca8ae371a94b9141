using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace TorchInit;

/// <summary>The constants of a plan that are stored in a file beside it; equal ones once.</summary>
sealed class PlanData
{
    /// <summary>The most values that are written in the plan's own text.</summary>
    const int MostInText = 1024;

    readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    readonly Dictionary<string, double[]> _values = new(StringComparer.Ordinal);

    /// <summary>The tensors of the file.</summary>
    public StateDict Tensors { get; private init; } = new();

    /// <summary>The document with its large constants replaced by names, and their values put into <see cref="Tensors"/>.</summary>
    public PlanDocument Stored(PlanDocument document) => With(document, step => step is DataStep { Values.Count: > MostInText } data
        ? data with { Values = new StoredValues(NameOf(data.Values)) } : step);

    /// <summary>The document with the values of its constants.</summary>
    public PlanDocument Loaded(PlanDocument document) => With(document, step => step is DataStep { Values: StoredValues stored } data
        ? data with { Values = ValuesOf(stored.Name) } : step);

    /// <exception cref="InvalidDataException">The file is not in the folder, or is not the one that the plan was written with.</exception>
    public static PlanData Load(string folder, PlanDataFile file)
    {
        bool isName = file.File.Length > 0 && file.File == Path.GetFileName(file.File) && file.File is not ("." or "..")
            && !file.File.Contains('\\', StringComparison.Ordinal);
        if (!isName) { throw new InvalidDataException($"The plan's values are in '{file.File}'; allowed: a file in the plan's folder."); }
        string path = Path.Combine(folder, file.File);
        if (!File.Exists(path)) { throw new InvalidDataException($"{path} does not exist; it holds the plan's values."); }
        if (!Sha256(path).Equals(file.Sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidDataException($"{path} is not the file that the plan was written with: its SHA-256 differs.");
        }
        return new() { Tensors = Safetensors.Load(path) };
    }

    public static string Sha256(string path)
    {
        using FileStream stream = InputFile.Open(path);
        return Sha256(stream);
    }

    public static string Sha256(Stream stream) => Convert.ToHexString(SHA256.HashData(stream)).ToLowerInvariant();

    static PlanDocument With(PlanDocument document, Func<InitStep, InitStep> step) => document with
    {
        Steps = [.. document.Steps.Select(step)],
        ResetSteps = document.ResetSteps is null ? null : [.. document.ResetSteps.Select(step)],
    };

    string NameOf(IReadOnlyList<double> values)
    {
        double[] all = [.. values];
        string digest = Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(all.AsSpan())));
        if (!_names.TryGetValue(digest, out string? name))
        {
            _names.Add(digest, name = $"data.{_names.Count}");
            Tensors.Add(name, Array.TrueForAll(all, IsFloat)
                ? TensorBuffer.Of([.. all.Select(value => (float)value)], [all.Length]) : TensorBuffer.Of(all, [all.Length]));
        }
        return name;
    }

    double[] ValuesOf(string name)
    {
        if (_values.TryGetValue(name, out double[]? known)) { return known; }
        if (!Tensors.TryGetValue(name, out TensorBuffer? tensor) || tensor.DType is not (DType.Float32 or DType.Float64))
        {
            throw new InvalidDataException($"The plan's values '{name}' are not in the file beside it as float32 or float64.");
        }
        double[] values = tensor.DType == DType.Float64 ? tensor.AsSpan<double>().ToArray()
            : [.. tensor.AsSpan<float>().ToArray().Select(value => (double)value)];
        _values.Add(name, values);
        return values;
    }

    static bool IsFloat(double value) => BitConverter.DoubleToInt64Bits((float)value) == BitConverter.DoubleToInt64Bits(value);
}
