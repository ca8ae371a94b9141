using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace TorchInit.Parity;

/// <summary>Recorded answers of real torches; they are embedded in this assembly, so that they need neither Python nor the
/// repository.</summary>
public static class GoldenSet
{
    /// <summary>All files of the manifest, oldest torch first.</summary>
    /// <exception cref="InvalidDataException">The manifest is damaged.</exception>
    public static IReadOnlyList<GoldenFile> Files { get; } = [.. Lines(Text("manifest.tsv"), GoldenFile.Header).Select(GoldenFile.Parse)];

    /// <summary>The entries of a file.</summary>
    /// <param name="file">One of <see cref="Files"/>.</param>
    /// <exception cref="InvalidDataException">The file is missing, does not match the manifest, or has a malformed
    /// line.</exception>
    public static IReadOnlyList<GoldenEntry> Entries(GoldenFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        string text = Text(file.File);
        string found = Sha256(text);
        return found == file.Sha256
            ? [.. Lines(text, GoldenEntry.Header).Select(GoldenEntry.Parse)]
            : throw new InvalidDataException($"{file.File} has sha256 {found}; the manifest says {file.Sha256}.");
    }

    internal static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    internal static IEnumerable<string> Lines(string text, string header)
    {
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Length > 0 && lines[0] == header ? lines.Skip(1)
            : throw new InvalidDataException($"The first line is '{lines.FirstOrDefault()}'; allowed: '{header}'.");
    }

    /// <summary>The result of <paramref name="read"/> on a line; an unknown name in it also counts as damage.</summary>
    internal static T Line<T>(string line, Func<T> read)
    {
        try { return read(); }
        catch (Exception error) when (error is ArgumentException or FormatException or NotSupportedException or OverflowException)
        {
            throw new InvalidDataException($"A line has an unknown name: {error.Message} The line: {line}", error);
        }
    }

    /// <summary>The text of a recorded file.</summary>
    internal static string Text(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly()
            .GetManifestResourceStream($"golden/{name}") ?? throw new InvalidDataException($"The golden file {name} is missing.");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
