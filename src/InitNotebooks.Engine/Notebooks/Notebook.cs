using System.Text.Json.Nodes;
using TorchInit;

namespace InitNotebooks.Engine;

/// <summary>A notebook, read from .ipynb or .dib.</summary>
public sealed class Notebook
{
    /// <summary>The largest file that <see cref="Load"/> reads: 512 MiB.</summary>
    public const long MostBytes = 512 << 20;

    /// <summary>What front ends store with the notebook: the kernelspec.</summary>
    public JsonObject Metadata { get; init; } = NewMetadata();

    /// <summary>The cells, in order.</summary>
    public IList<NotebookCell> Cells { get; } = [];

    /// <summary>The JSON it was read from; null if it was not read.</summary>
    internal NotebookSource? Source { get; init; }

    /// <summary>The text of a .dib's <c>#!meta</c> cell, which names its kernels; null if there was none.</summary>
    internal string? DibMeta { get; set; }

    /// <summary>Reads a file; its extension determines the format.</summary>
    /// <param name="path">.ipynb or .dib, at most 512 MiB.</param>
    /// <exception cref="InvalidDataException">It is not a notebook; the message has its name, and says why.</exception>
    /// <exception cref="IOException">There is no such file, or it is a folder, a pipe or a device.</exception>
    public static Notebook Load(string path)
    {
        InputFile.Check(path);
        if (new FileInfo(path).Length > MostBytes)
        {
            throw new InvalidDataException($"{path} has {new FileInfo(path).Length} bytes; allowed: at most {MostBytes}, which a "
                + $"notebook without its outputs never has.");
        }
        string text = File.ReadAllText(path);
        try
        {
            return Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".ipynb" => Ipynb.Read(text),
                ".dib" => Dib.Read(text),
                var other => throw new InvalidDataException($"{path} ends in '{other}'; allowed: .ipynb, .dib."),
            };
        }
        catch (InvalidDataException error) when (!error.Message.Contains(path, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>Writes a file atomically; its extension determines the format.</summary>
    /// <param name="path">.ipynb, .dib or .html.</param>
    /// <param name="trust">For .html: whether scripts and other HTML in outputs and text are kept. Without it no script runs in the page,
    /// and nothing is loaded.</param>
    /// <exception cref="InvalidDataException">The extension is another.</exception>
    /// <exception cref="IOException">The path is a folder, a device or a pipe, or writing fails.</exception>
    public void Save(string path, bool trust = false)
    {
        ArgumentNullException.ThrowIfNull(path);
        string text = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".ipynb" => Ipynb.Write(this),
            ".dib" => Dib.Write(this),
            ".html" => HtmlPage.Write(this, Path.GetFileNameWithoutExtension(path), trust),
            var other => throw new InvalidDataException($"{path} ends in '{other}'; allowed: .ipynb, .dib, .html."),
        };
        AtomicFile.WriteText(path, text);
    }

    internal static JsonObject NewMetadata() => new()
    {
        ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" },
        ["language_info"] = new JsonObject
        {
            ["file_extension"] = ".cs",
            ["mimetype"] = "text/x-csharp",
            ["name"] = "C#",
            ["pygments_lexer"] = "csharp"
        },
    };
}
