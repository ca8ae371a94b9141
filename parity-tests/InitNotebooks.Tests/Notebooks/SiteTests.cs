using System.Text.RegularExpressions;
using TorchInit.Cli;

namespace InitNotebooks.Tests.Notebooks;

/// <summary>The static site: every link of every page leads to a file of the site, and the search knows every page.</summary>
public sealed partial class SiteTests
{
    [Fact]
    public void No_link_of_the_site_is_dead()
    {
        using Files files = new();
        int pages = SiteWriter.Write(Repository.Root, files.Folder);
        string[] written = Directory.GetFiles(files.Folder, "*.html", SearchOption.AllDirectories);
        Assert.Equal(written.Length, pages);
        Violations.None("Dead links",
            from page in written
            from Match link in Links().Matches(Scripts().Replace(File.ReadAllText(page), ""))
            let path = link.Groups[1].Value
            where path.Length > 0 && !path.Contains(':', StringComparison.Ordinal)
            let target = Path.GetFullPath(Uri.UnescapeDataString(path), Path.GetDirectoryName(page)!)
            where !File.Exists(target)
            select $"{Path.GetRelativePath(files.Folder, page)}: {path}");
        string index = File.ReadAllText(Path.Combine(files.Folder, "pages.js"));
        Assert.All(written,
            page => Assert.Contains($"\"Path\":\"{Path.GetRelativePath(files.Folder, page).Replace('\\', '/')}\"", index,
            StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_no_checkout_is_refused()
    {
        using Files files = new();
        foreach (string root in (string[])[files.Folder, Path.Combine(files.Folder, "nowhere")])
        {
            Assert.StartsWith($"--root is '{root}'; allowed: a checkout of the repository",
                Assert.Throws<FileNotFoundException>(() => SiteWriter.Write(root, Path.Combine(files.Folder, "site"))).Message,
                StringComparison.Ordinal);
        }
        Assert.Empty(Directory.EnumerateFileSystemEntries(files.Folder));
    }

    [Theory]
    [InlineData("README.md", "index.html")]
    [InlineData("docs/atlas/README.md", "docs/atlas/index.html")]
    [InlineData("README.zh-CN.md", "README.zh-CN.html")]
    [InlineData("notebooks/01-a.ipynb", "notebooks/01-a.html")]
    public void A_page_is_where_its_source_is(string source, string page) => Assert.Equal(page, SiteWriter.PageOf(source));

    [GeneratedRegex("<(?:a href|img src|script src)=\"([^\"#]*)")]
    private static partial Regex Links();

    [GeneratedRegex("<script>.*?</script>", RegexOptions.Singleline)]
    private static partial Regex Scripts();
}
