using System.Text.RegularExpressions;

namespace InitNotebooks.Engine;

/// <summary>Completions at the cursor in a line of <c>#!</c>, <c>#r</c>, <c>#i</c> or <c>#load</c>.</summary>
sealed partial class DirectiveCompletion(NotebookSession session, string directory)
{
    const string PackageFolder = "NUGET_PACKAGES";

    static string Packages => Environment.GetEnvironmentVariable(PackageFolder) is { Length: > 0 } folder ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Null if the line is none of these.</summary>
    /// <param name="code">The cell.</param>
    /// <param name="position">The cursor, in UTF-16 units.</param>
    public (IReadOnlyList<(string Text, string Kind)> Items, int Start)? Complete(string code, int position)
    {
        string line = code[(code.LastIndexOf('\n', Math.Max(position - 1, 0), Math.Max(position, 0)) + 1)..position];
        if (Reference().Match(line) is { Success: true } reference)
        {
            return ReferenceNames(reference.Groups["kind"].Value, reference.Groups["text"].Value, position);
        }
        if (!line.StartsWith('#')) { return null; }
        if (DirectiveName().IsMatch(line)) { return (Fitting(line, Names(), "keyword"), position - line.Length); }
        if (MagicLine.Parse(line) is not { } magic) { return null; }
        string word = line[(line.LastIndexOf(' ') + 1)..];
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string before = words.Length > (word.Length > 0 ? 2 : 1) ? words[^(word.Length > 0 ? 2 : 1)] : "";
        return (Fitting(word, Words(magic.Name, before, word), "text"), position - word.Length);
    }

    IEnumerable<string> Names() => Magics.Names.Concat(session.Kernels).Select(name => $"#!{name}")
        .Concat(["#r \"", "#i \"nuget:", "#load \""]);

    IEnumerable<string> Words(string magic, string before, string word) => (magic, before) switch
    {
        (_, "--from") => session.Kernels.Prepend("csharp"),
        ("connect", _) when OptionOf(before) is { } option => option.Values?.Invoke() ?? [],
        ("set", "--value") => Kernels().Select(name => $"@{name}:"),
        (_, "--name" or "--as" or "--kernel-name") => [],
        ("share", _) => Variables().Concat(["--from", "--as"]),
        ("set", _) => ["--name", "--value"],
        ("value", _) => ["--name"],
        ("connect", _) => session.Kinds.SelectMany(kind => kind.Options.Select(option => $"--{option.Name}").Prepend(kind.Name))
            .Append($"--{KernelKind.KernelName}"),
        ("import", _) => FilesOf(word, ".ipynb", ".dib", ".cs", ".csx"),
        _ => [],
    };

    KernelOption? OptionOf(string word)
        => session.Kinds.SelectMany(kind => kind.Options).FirstOrDefault(option => $"--{option.Name}" == word);

    IEnumerable<string> Kernels() => session.Kernels.Prepend("csharp");

    IEnumerable<string> Variables() => session.CSharp.Variables.Select(variable => variable.Name);

    (IReadOnlyList<(string, string)>, int) ReferenceNames(string kind, string text, int position)
    {
        if (kind == "load") { return (Fitting(text, FilesOf(text, ".csx", ".cs"), "file"), position - text.Length); }
        if (!text.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase))
        {
            IEnumerable<string> files = kind == "r" ? FilesOf(text, ".dll").Prepend("nuget: ") : ["nuget:"];
            return (Fitting(text, files, "file"), position - text.Length);
        }
        string[] parts = text["nuget:".Length..].Split(',', 2);
        string last = parts[^1].TrimStart();
        IEnumerable<string> found = kind != "r" ? [] : parts.Length == 1 ? FoldersOf(Packages, last)
            : FoldersOf(Path.Combine(Packages, parts[0].Trim().ToLowerInvariant()), last).Reverse();
        return (Fitting(last, found, "module"), position - last.Length);
    }

    /// <summary>The packages on this machine, or a package's versions.</summary>
    static IEnumerable<string> FoldersOf(string parent, string prefix)
        => prefix.AsSpan().IndexOfAny('/', '\\', '*') < 0 && Directory.Exists(parent) ? Directory.GetDirectories(parent)
            .Select(folder => Path.GetFileName(folder)!).Order(StringComparer.OrdinalIgnoreCase) : [];

    IEnumerable<string> FilesOf(string prefix, params string[] extensions)
    {
        string beginning = prefix[..(prefix.LastIndexOf('/') + 1)];
        string folder = Path.GetFullPath(beginning, directory);
        if (prefix.Contains('\0', StringComparison.Ordinal) || !Directory.Exists(folder)) { return []; }
        return new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(entry => entry is DirectoryInfo
            || extensions.Contains(entry.Extension)).Take(1000)
            .Select(entry => $"{beginning}{entry.Name}{(entry is DirectoryInfo ? "/" : "")}").Order(StringComparer.Ordinal);
    }

    static IReadOnlyList<(string, string)> Fitting(string prefix, IEnumerable<string> names, string kind)
        => [.. names.Where(name => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).Distinct().Select(name => (name, kind))];

    [GeneratedRegex("""^\s*#(?<kind>r|i|load)\s+"(?<text>[^"]*)$""")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^#!?[\w#-]*$")]
    private static partial Regex DirectiveName();
}
