using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace InitNotebooks.Kernel;

/// <summary>The folders in which Jupyter and VS Code look for kernels, and ours in them.</summary>
public static class KernelSpecs
{
    /// <summary>The name that notebooks of .NET Interactive carry.</summary>
    public const string DotNetInteractive = ".net-csharp";

    /// <summary>Our own name, beside an installed .NET Interactive.</summary>
    public const string Own = "initnotebooks-csharp";

    internal const string FileName = "kernel.json";

    static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a kernelspec: Jupyter offers the kernel from then on.</summary>
    /// <param name="name">Letters, digits, <c>-</c>, <c>.</c> and <c>_</c>.</param>
    /// <param name="displayName">As users see it.</param>
    /// <param name="command">What starts the kernel, without the connection file.</param>
    /// <param name="dataFolder">A Jupyter data folder; null for the user's.</param>
    /// <returns>The folder that was written.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> has another character.</exception>
    public static string Install(string name, string displayName, IReadOnlyList<string> command, string? dataFolder = null)
    {
        ArgumentNullException.ThrowIfNull(command);
        string folder = Folder(name, dataFolder);
        Directory.CreateDirectory(folder);
        foreach (string logo in new[] { "logo-64x64.png", "logo-svg.svg" })
        {
            using Stream source = typeof(KernelSpecs).Assembly.GetManifestResourceStream(logo)!;
            using FileStream file = File.Create(Path.Combine(folder, logo));
            source.CopyTo(file);
        }
        JsonObject spec = new()
        {
            ["argv"] = new JsonArray([.. command.Append("{connection_file}").Select(word => JsonValue.Create(word))]),
            ["display_name"] = displayName,
            ["language"] = "C#",
            ["interrupt_mode"] = "message",
            ["env"] = new JsonObject { ["DOTNET_TieredPGO"] = "0" },      // a kernel's code runs once: measuring it first costs 0.15 s and 7 MB
        };
        File.WriteAllText(Path.Combine(folder, FileName), spec.ToJsonString(s_json) + "\n");       // last: without it there is no kernel
        return folder;
    }

    /// <summary>Removes a kernelspec of ours.</summary>
    /// <param name="name">As installed.</param>
    /// <param name="dataFolder">A Jupyter data folder; null for the user's.</param>
    /// <returns>The folder that was removed; null when there was none.</returns>
    public static string? Uninstall(string name, string? dataFolder = null)
    {
        string folder = Folder(name, dataFolder);
        if (!File.Exists(Path.Combine(folder, FileName))) { return null; }
        Directory.Delete(folder, recursive: true);
        return folder;
    }

    internal static string? Find(string name) => Folders().Select(folder => Path.Combine(folder, "kernels", name)).FirstOrDefault(folder => File.Exists(Path.Combine(folder, FileName)));

    /// <summary>Those that Jupyter would offer.</summary>
    internal static IEnumerable<string> Names() => Folders().Select(folder => Path.Combine(folder, "kernels")).Where(Directory.Exists)
        .SelectMany(Directory.GetDirectories)
        .Where(folder => File.Exists(Path.Combine(folder, FileName))).Select(folder => Path.GetFileName(folder)).Distinct();

    internal static IReadOnlyList<string> Folders() =>
    [
        .. (Environment.GetEnvironmentVariable("JUPYTER_PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries), UserFolder(), "/usr/local/share/jupyter", "/usr/share/jupyter",
    ];

    static string Folder(string name, string? dataFolder)
    {
        bool valid = name.Length > 0 && name.Trim('.').Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_');
        return valid ? Path.Combine(dataFolder ?? UserFolder(), "kernels", name) : throw new ArgumentException($"name is '{name}'; allowed: letters, digits, -, . and _.", nameof(name));
    }

    static string UserFolder()
    {
        if (Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR") is { Length: > 0 } folder) { return folder; }
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return OperatingSystem.IsWindows() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter")
            : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Jupyter")
            : Path.Combine(Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } data ? data : Path.Combine(home, ".local", "share"), "jupyter");
    }
}
