using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using InitNotebooks.Engine;

namespace TorchInit.Cli;

/// <summary>The documents and notebooks of a checkout as a static site: each file at its own path, a search over titles and headings, no
/// network.</summary>
static partial class SiteWriter
{
    static readonly string[] s_folders = ["docs", "notebooks", "results"];

    /// <summary>What every page links to.</summary>
    static readonly string[] s_needed = ["README.md", "docs/", "notebooks/"];

    static readonly JsonSerializerOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the site.</summary>
    /// <param name="root">The checkout.</param>
    /// <param name="output">The output folder; created if it is missing.</param>
    /// <returns>The number of pages.</returns>
    public static int Write(string root, string output)
    {
        string[] sources = [.. Sources(root)];
        if (!s_needed.All(needed => sources.Any(source => source.StartsWith(needed, StringComparison.Ordinal))))
        {
            throw new FileNotFoundException($"--root is '{root}'; allowed: a checkout of the repository, with "
                + $"{string.Join(", ", s_needed)}.");
        }
        List<Page> pages = [];
        foreach (string source in sources.Where(source => Path.GetExtension(source) is ".md" or ".ipynb"))
        {
            string target = PageOf(source);
            string path = Path.Combine(output, target);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Load(Path.Combine(root, source)).Save(path, trust: true);
            string html = File.ReadAllText(path);
            pages.Add(new(target, Title().Match(html).Groups[1].Value,
                [.. Headings().Matches(html).Select(match => Tags().Replace(match.Groups[1].Value, ""))]));
            AtomicFile.WriteText(path, WithHead(html, string.Concat(Enumerable.Repeat("../", target.Count(letter => letter == '/')))));
        }
        foreach (string source in sources.Where(source => Path.GetExtension(source) is ".svg" or ".png"))
        {
            string path = Path.Combine(output, source);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(Path.Combine(root, source), path, overwrite: true);
        }
        foreach (Page page in pages) { CopyLinked(root, output, page.Path); }
        AtomicFile.WriteText(Path.Combine(output, "pages.js"), $"window.pages = {JsonSerializer.Serialize(pages, s_plain)};\n");
        return pages.Count;
    }

    /// <summary>Copies the files of the checkout that a page links to and that are no pages: a script, a licence.</summary>
    static void CopyLinked(string root, string output, string page)
    {
        string whole = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)) + Path.DirectorySeparatorChar;
        string folder = Path.GetDirectoryName(page)!;
        foreach (Match link in LinkedFiles().Matches(File.ReadAllText(Path.Combine(output, page))))
        {
            string source = Path.GetFullPath(Path.Combine(root, folder, Uri.UnescapeDataString(link.Groups["path"].Value)));
            if (!source.StartsWith(whole, StringComparison.Ordinal) || !File.Exists(source)) { continue; }
            string target = Path.Combine(output, source[whole.Length..]);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(source, target, overwrite: true);
        }
    }

    /// <summary>A folder's README.md becomes its index.</summary>
    public static string PageOf(string source) => ReadmeName().Replace(Path.ChangeExtension(source, ".html"), "${folder}index.html");

    static IEnumerable<string> Sources(string root)
        => !Directory.Exists(root) ? [] : Directory.EnumerateFiles(root, "*.md")
            .Concat(s_folders.Select(folder => Path.Combine(root, folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)))
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/')).Order(StringComparer.Ordinal);

    static Notebook Load(string path)
    {
        if (Path.GetExtension(path) == ".ipynb") { return Notebook.Load(path); }
        Notebook document = new();
        document.Cells.Add(new() { Kind = "markdown", Source = File.ReadAllText(path), Id = "text" });
        return document;
    }

    static string WithHead(string html, string up)
    {
        string linked = Links()
            .Replace(html, match => $"{match.Groups["before"]}{PageOf(match.Groups["path"].Value)}{match.Groups["after"]}");
        return linked.Replace("<body>\n", $$"""
            <body>
            <header style="display:flex;flex-wrap:wrap;gap:1rem;align-items:center;margin-bottom:1rem">
            <a href="{{up}}index.html"><b>InitNotebooks</b></a> <a href="{{up}}docs/atlas/index.html">Atlas</a> <a href="{{up}}notebooks/index.html">Notebooks</a>
            <input id="search" type="search" placeholder="Search" aria-label="Search titles and headings" style="flex:1;min-width:8rem;font:inherit;padding:.2rem .5rem">
            </header>
            <ul id="found"></ul>
            <script src="{{up}}pages.js"></script>
            <script>
              document.getElementById('search').addEventListener('input', function (event) {
                const words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean), list = document.getElementById('found');
                const rank = page => words.every(word => page.Title.toLowerCase().includes(word)) ? 0
                  : words.every(word => [page.Title].concat(page.Headings).join('\n').toLowerCase().includes(word)) ? 1 : 2;
                list.replaceChildren(...(words.length === 0 ? [] : window.pages).filter(page => rank(page) < 2).sort((a, b) => rank(a) - rank(b)).slice(0, 20).map(function (page) {
                  const item = document.createElement('li'), link = document.createElement('a');
                  link.href = '{{up}}' + page.Path;
                  link.textContent = page.Title;
                  item.append(link);
                  return item;
                }));
              });
            </script>

            """, StringComparison.Ordinal);
    }

    [GeneratedRegex("<title>(.*?)</title>")]
    private static partial Regex Title();

    [GeneratedRegex("<h[1-3][^>]*>(.*?)</h[1-3]>", RegexOptions.Singleline)]
    private static partial Regex Headings();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex("(?<folder>^|.*/)README[.]html$")]
    private static partial Regex ReadmeName();

    [GeneratedRegex("(?<before><a href=\")(?<path>(?!\\w+:)[^\"#]+[.](?:md|ipynb))(?<after>(?:#[^\"]*)?\")")]
    private static partial Regex Links();

    [GeneratedRegex("<a href=\"(?<path>(?!\\w+:)[^\"#]+)(?:#[^\"]*)?\"")]
    private static partial Regex LinkedFiles();

    sealed record Page(string Path, string Title, IReadOnlyList<string> Headings);
}
