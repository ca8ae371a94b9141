using System.Reflection;

namespace TorchInit.Tests;

/// <summary>The repository's files, found from any working directory: the build writes the root into the test assembly.</summary>
static class Repository
{
    static readonly string[] s_notOurs = ["bin", "obj", "artifacts", "TestResults", ".git", ".venv", "__pycache__"];

    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>An absolute path.</summary>
    /// <param name="relative">From the root, with forward slashes.</param>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    public static string Read(string relative) => File.ReadAllText(PathOf(relative)).ReplaceLineEndings("\n");

    /// <summary>Relative paths with forward slashes, sorted; build output and hidden folders are left out.</summary>
    /// <param name="folder">From the root; empty for all.</param>
    /// <param name="extensions">With the dot.</param>
    public static IReadOnlyList<string> Files(string folder, params string[] extensions)
    {
        var found = new List<string>();
        Collect(new DirectoryInfo(PathOf(folder)), found);
        return [.. found.Where(path => extensions.Contains(Path.GetExtension(path))).Order(StringComparer.Ordinal)];
    }

    /// <summary><c>path:line: text</c> of each line that <paramref name="matches"/>.</summary>
    public static IEnumerable<string> Lines(IEnumerable<string> files, Predicate<string> matches)
        => from file in files
           from line in Read(file).Split('\n').Index()
           where matches(line.Item)
           select $"{file}:{line.Index + 1}: {line.Item.Trim()}";

    static void Collect(DirectoryInfo folder, List<string> found)
    {
        if (!folder.Exists || s_notOurs.Contains(folder.Name)) { return; }
        found.AddRange(folder.EnumerateFiles().Select(file => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/')));
        foreach (DirectoryInfo child in folder.EnumerateDirectories()) { Collect(child, found); }
    }
}
