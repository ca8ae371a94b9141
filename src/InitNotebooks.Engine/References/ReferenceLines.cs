using System.Text.RegularExpressions;

namespace InitNotebooks.Engine;

/// <summary>Carries out <c>#r</c> and <c>#i</c> lines. They become empty lines, so that line numbers stay the same.</summary>
sealed partial class ReferenceLines(AssemblyReferences references)
{
    readonly NuGetPackages _packages = new();
    readonly List<string> _newPackages = [];
    readonly HashSet<string> _known = [];
    bool _saidOwnNames;

    public string Take(string code, CancellationToken interrupt)
    {
        string[] lines = code.Split('\n');
        List<(string Id, string? Version)> packages = [];
        for (int at = 0; at < lines.Length; at++)
        {
            if (Line().Match(lines[at]) is not { Success: true } match) { continue; }
            (string kind, string argument) = (match.Groups["kind"].Value, match.Groups["argument"].Value);
            if (!argument.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase))
            {
                if (kind == "i")
                {
                    throw new ReferenceException($"#i \"{argument}\" names no package source; allowed: #i \"nuget:folder or address\".");
                }
                references.Add(argument);
            }
            else
            {
                string[] parts = argument["nuget:".Length..].Split(',', 2, StringSplitOptions.TrimEntries);
                if (kind == "i") { _packages.AddSource(parts[0], references.Directory); }
                else { packages.Add((parts[0], parts.Length > 1 ? parts[1] : null)); }
            }
            lines[at] = "";
        }
        if (packages.Count > 0) { _packages.Restore(packages, references.Check, Use, interrupt); }
        if (references.TakeNote() is { } note) { CellScope.Current?.Output.Text("stderr", note); }
        return string.Join('\n', lines);
    }

    /// <summary>Whether Microsoft.DotNet.Interactive itself came with a package.</summary>
    public bool CanLoadExtensions { get; private set; }

    public IReadOnlyList<string> TakeNewPackages()
    {
        string[] packages = [.. _newPackages];
        _newPackages.Clear();
        return packages;
    }

    const string OwnNames = $"{ExtensionPackages.Host} is there for extension packages: its names in cells, such as "
        + "display, are this kernel's own, and cells do not see its other types.\n";

    void Use(RestoredPackages restored)
    {
        references.Check(restored.Assemblies);
        foreach (string native in restored.NativeLibraries) { references.AddNative(native); }
        foreach (string assembly in restored.Assemblies)
        {
            if (restored.OnlyToRun.Contains(assembly) || RestoredPackages.IsExtensionHost(assembly)) { references.AddToRun(assembly); }
            else { references.Add(assembly); }
        }
        CanLoadExtensions = restored.Assemblies.Any(RestoredPackages.IsExtensionHost);
        if (restored.Versions.ContainsKey(ExtensionPackages.Host) && !_saidOwnNames)
        {
            _saidOwnNames = true;
            CellScope.Current?.Output.Text("stderr", OwnNames);
        }
        _newPackages.AddRange(restored.Folders.Where(_known.Add));      // an extension runs once
        string names = string.Join("; ", restored.Versions.Select(package => $"{package.Key}, {package.Value}"));
        CellScope.Current?.Output.Display(new() { [MimeBundle.PlainText] = $"Installed packages: {names}" }, Guid.NewGuid().ToString(),
            update: false);
    }

    [GeneratedRegex("""^\s*#(?<kind>r|i)\s+"(?<argument>[^"]+)"\s*;?\s*$""")]
    private static partial Regex Line();
}
