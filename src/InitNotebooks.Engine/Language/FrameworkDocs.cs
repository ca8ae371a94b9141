using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace InitNotebooks.Engine;

/// <summary>
/// The framework's documentation, from the SDK's reference pack: the runtime's own files have none. It is searched only on request, in
/// a file of megabytes that is read up to the right line and not kept.
/// </summary>
sealed class FrameworkDocs(string framework) : DocumentationProvider
{
    readonly Lazy<string[]> _files = new(() => Files(framework));

    protected override string? GetDocumentationForSymbol(string documentationMemberID, CultureInfo preferredCulture,
        CancellationToken cancellationToken = default)
        => _files.Value.Select(file => Find(file, documentationMemberID, cancellationToken)).FirstOrDefault(text => text is not null);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <summary>The packs of the same version; System.Runtime first, which documents most.</summary>
    static string[] Files(string framework)
    {
        string version = Path.GetFileName(framework.TrimEnd(Path.DirectorySeparatorChar));
        string packs = Path.GetFullPath(Path.Combine(framework, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        if (!Directory.Exists(packs)) { return []; }
        string major = version.Split('.')[0] + ".";
        string? pack = Directory.GetDirectories(packs).Where(folder => Path.GetFileName(folder)
            .StartsWith(major, StringComparison.Ordinal)).OrderBy(folder => Path.GetFileName(folder) == version).LastOrDefault();
        return pack is null ? []
            : [.. Directory.GetFiles(pack, "*.xml", SearchOption.AllDirectories)
            .OrderBy(file => Path.GetFileName(file) != "System.Runtime.xml").ThenBy(file => file, StringComparer.Ordinal)];
    }

    static string? Find(string file, string member, CancellationToken cancellation)
    {
        string start = $"<member name=\"{member}\">";
        StringBuilder? text = null;
        foreach (string line in File.ReadLines(file))
        {
            if (text is null && line.Contains(start, StringComparison.Ordinal)) { text = new(); }
            if (text is null) { continue; }
            text.Append(line).Append('\n');
            if (line.Contains("</member>", StringComparison.Ordinal)) { return text.ToString(); }
        }
        cancellation.ThrowIfCancellationRequested();
        return null;
    }
}
