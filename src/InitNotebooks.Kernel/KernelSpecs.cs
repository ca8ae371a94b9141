using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using TorchInit;

namespace InitNotebooks.Kernel;

/// <summary>The folders in which Jupyter and VS Code look for kernels, and ours in them.</summary>
public static partial class KernelSpecs
{
    /// <summary>The kernel name in notebooks of .NET Interactive.</summary>
    public const string DotNetInteractive = ".net-csharp";

    /// <summary>Our own name, usable beside an installed .NET Interactive.</summary>
    public const string Own = "initnotebooks-csharp";

    internal const string FileName = "kernel.json";

    static readonly string[] s_logos = ["logo-64x64.png", "logo-svg.svg"];

    static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a kernelspec, so that Jupyter offers the kernel.</summary>
    /// <param name="name">Letters, digits, <c>-</c>, <c>.</c> and <c>_</c>.</param>
    /// <param name="displayName">The name that users see.</param>
    /// <param name="command">The command that starts the kernel, without the connection file.</param>
    /// <param name="dataFolder">A Jupyter data folder; null for the user's.</param>
    /// <param name="replace">Whether another kernel's kernelspec of this name is moved aside; <see cref="Uninstall"/> restores it.</param>
    /// <returns>The folder that was written.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> has a character that is not allowed.</exception>
    /// <exception cref="InvalidOperationException">Another kernel's kernelspec has the name, and <paramref name="replace"/> is
    /// false.</exception>
    public static string Install(string name, string displayName, IReadOnlyList<string> command, string? dataFolder = null,
        bool replace = false)
    {
        ArgumentNullException.ThrowIfNull(command);
        string folder = Folder(name, dataFolder);
        if (Exists(folder) && !IsOurs(folder))
        {
            if (!replace)
            {
                throw new InvalidOperationException(
                    $"The kernelspec '{name}' in {folder} is another kernel's; --replace moves it aside, and uninstall restores it.");
            }
            PutAside(folder);
        }
        Directory.CreateDirectory(folder);
        foreach (string logo in s_logos)
        {
            using Stream source = typeof(KernelSpecs).Assembly.GetManifestResourceStream(logo)!;
            AtomicFile.Write(Path.Combine(folder, logo), source.CopyTo);
        }
        JsonObject spec = new()
        {
            ["argv"] = new JsonArray([.. command.Append("{connection_file}").Select(word => JsonValue.Create(word))]),
            ["display_name"] = displayName,
            ["language"] = "C#",
            ["interrupt_mode"] = "message",
            // a kernel's code runs once: measuring it first costs 0.15 s and 7 MB
            ["env"] = new JsonObject { ["DOTNET_TieredPGO"] = "0" },
            ["metadata"] = new JsonObject { [InstalledBy] = Us },
        };
        AtomicFile.WriteText(Path.Combine(folder, FileName), spec.ToJsonString(s_json) + "\n");       // last: until then there is no kernel
        return folder;
    }

    /// <summary>Removes a kernelspec of ours, and restores the one it replaced.</summary>
    /// <param name="name">The name as installed.</param>
    /// <param name="dataFolder">A Jupyter data folder; null for the user's.</param>
    /// <returns>The folder it was in; null if there was none.</returns>
    /// <exception cref="InvalidOperationException">The kernelspec of this name is another kernel's; nothing was removed.</exception>
    public static string? Uninstall(string name, string? dataFolder = null)
    {
        string folder = Folder(name, dataFolder);
        if (!Exists(folder)) { return null; }
        if (!IsOurs(folder))
        {
            throw new InvalidOperationException($"The kernelspec '{name}' in {folder} is another kernel's; nothing was removed.");
        }
        foreach (string logo in s_logos) { File.Delete(Path.Combine(folder, logo)); }
        if (!PutBack(folder)) { File.Delete(Path.Combine(folder, FileName)); }
        if (!Directory.EnumerateFileSystemEntries(folder).Any()) { Directory.Delete(folder); }
        return folder;
    }

    internal static string? Find(string name) => Folders().Select(folder => Path.Combine(folder, "kernels", name)).FirstOrDefault(Exists);

    /// <summary>The kernelspecs that Jupyter would offer.</summary>
    internal static IEnumerable<string> Names() => Folders().Select(folder => Path.Combine(folder, "kernels")).Where(Directory.Exists)
        .SelectMany(Directory.GetDirectories)
        .Where(folder => File.Exists(Path.Combine(folder, FileName))).Select(folder => Path.GetFileName(folder)).Distinct();

    internal static IReadOnlyList<string> Folders() =>
    [
        .. (Environment.GetEnvironmentVariable("JUPYTER_PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
            UserFolder(), "/usr/local/share/jupyter", "/usr/share/jupyter",
    ];

    static string Folder(string name, string? dataFolder)
    {
        bool valid = name.Length > 0 && name.Trim('.').Length > 0
            && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_');
        return valid ? Path.Combine(dataFolder ?? UserFolder(), "kernels", name)
            : throw new ArgumentException($"name is '{name}'; allowed: letters, digits, -, . and _.", nameof(name));
    }

    static string UserFolder()
    {
        if (Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR") is { Length: > 0 } folder) { return folder; }
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return OperatingSystem.IsWindows() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter")
            : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Jupyter")
            : Path.Combine(Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } data ? data
                : Path.Combine(home, ".local", "share"), "jupyter");
    }
}
