using System.Text.Json;
using System.Text.Json.Nodes;

namespace InitNotebooks.Engine;

/// <summary>Reads project.assets.json.</summary>
static class NuGetAssets
{
    /// <summary>Whether the file is from a successful restore, and every package it names still exists.</summary>
    public static bool AreComplete(string path)
    {
        if (!File.Exists(path)) { return false; }
        try
        {
            JsonNode assets = JsonNode.Parse(File.ReadAllText(path))!;
            if (assets["logs"] is JsonArray logs && logs.Any(log => log?["level"]?.GetValue<string>() == "Error")) { return false; }
            string[] folders = Folders(assets);
            return assets["libraries"]!.AsObject()
                .All(library => folders.Any(folder => Directory.Exists(Path.Combine(folder, library.Value!["path"]!.GetValue<string>()))));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or NullReferenceException or ArgumentException
            or IOException)
        {
            return false;       // half-written: restored again
        }
    }

    public static RestoredPackages Read(string path, string target, ICollection<string> asked)
    {
        JsonNode assets = JsonNode.Parse(File.ReadAllText(path))!;
        string[] packageFolders = Folders(assets);
        List<string> assemblies = [], native = [], folders = [];
        Dictionary<string, string> versions = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, JsonNode? library) in assets["targets"]![target]!.AsObject())
        {
            if (library!["type"]?.GetValue<string>() != "package") { continue; }
            string relative = assets["libraries"]![name]!["path"]!.GetValue<string>();
            string folder = packageFolders.Select(root => Path.Combine(root, relative)).First(Directory.Exists);
            folders.Add(folder);
            string[] parts = name.Split('/');
            if (asked.Contains(parts[0])) { versions[parts[0]] = parts[1]; }
            assemblies.AddRange(Files(library, "runtime").Where(file => file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
                .Select(file => Path.Combine(folder, file)));
            native.AddRange(Files(library, "native").Select(file => Path.Combine(folder, file)));
        }
        return new(assemblies, native, folders, versions);
    }

    static string[] Folders(JsonNode assets) => [.. assets["packageFolders"]!.AsObject().Select(folder => folder.Key)];

    static IEnumerable<string> Files(JsonNode library, string kind) => library[kind]?.AsObject().Select(file => file.Key) ?? [];
}
