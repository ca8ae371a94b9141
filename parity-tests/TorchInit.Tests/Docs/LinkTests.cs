namespace TorchInit.Tests.Docs;

/// <summary>No link of a document or notebook is dead.</summary>
public class LinkTests
{
    [Fact]
    public void Links_lead_to_files_and_headings_that_are_there()
        => Violations.None("Dead links",
            from document in Document.All
            from link in document.Links
            where !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal)
            where !Leads(document, link)
            select $"{document.Path}: {link}");

    [Fact]
    public void Addresses_in_the_web_are_https()
        => Violations.None("Links that are not https",
            from document in Document.All
            from link in document.Links
            where link.StartsWith("http:", StringComparison.Ordinal)
            select $"{document.Path}: {link}");

    static bool Leads(Document from, string link)
    {
        string[] parts = link.Split('#', 2);
        string folder = Path.GetDirectoryName(from.Path) ?? "";
        string path = parts[0].Length == 0 ? from.Path
            : Path.GetRelativePath(Repository.Root, Path.GetFullPath(Uri.UnescapeDataString(parts[0]), Repository.PathOf(folder)))
                .Replace('\\', '/');
        if (!File.Exists(Repository.PathOf(path)) && !Directory.Exists(Repository.PathOf(path))) { return false; }
        return parts.Length == 1 || Path.GetExtension(path) is not (".md" or ".ipynb") || Document.Load(path).Anchors.Contains(parts[1]);
    }
}
