using System.Text.Json;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace TorchInit.Tests.Docs;

/// <summary>The Markdown of a document, or of a notebook's text cells.</summary>
sealed class Document
{
    static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseMathematics().Build();
    readonly MarkdownDocument _markdown;

    Document(string path, string text) => (Path, _markdown) = (path, Markdown.Parse(text, s_pipeline));

    /// <summary>All that a person reads: documents, and notebooks.</summary>
    public static IEnumerable<Document> All => Repository.Files("", ".md", ".ipynb").Select(Load);

    /// <summary>From the root.</summary>
    public string Path { get; }

    /// <summary>Where links and pictures point to.</summary>
    public IEnumerable<string> Links => _markdown.Descendants<LinkInline>().Select(link => link.Url ?? "");

    /// <summary>The anchors that its headings have on GitHub.</summary>
    public IEnumerable<string> Anchors => _markdown.Descendants<HeadingBlock>().Select(heading => Anchor(Text(heading)));

    /// <summary>The words, without code, formulas and addresses; a paragraph a line.</summary>
    public IEnumerable<string> Prose => _markdown.Descendants<LeafBlock>().Where(block => block is not CodeBlock).Select(Text);

    public static Document Load(string path)
    {
        string text = Repository.Read(path);
        return new(path, path.EndsWith(".ipynb", StringComparison.Ordinal) ? TextCells(text) : text);
    }

    /// <summary>The lines of a notebook's code cells.</summary>
    public static IEnumerable<string> CodeLines(string path) => Cells(Repository.Read(path), "code").SelectMany(cell => cell.Split('\n'));

    static string TextCells(string notebook) => string.Join("\n\n", Cells(notebook, "markdown"));

    static string[] Cells(string notebook, string kind)
    {
        using JsonDocument json = JsonDocument.Parse(notebook);
        return [.. from cell in json.RootElement.GetProperty("cells").EnumerateArray()
                   where cell.GetProperty("cell_type").GetString() == kind
                   let source = cell.GetProperty("source")
                   select source.ValueKind == JsonValueKind.Array
                       ? string.Concat(source.EnumerateArray().Select(line => line.GetString())) : source.GetString()!];
    }

    static string Text(LeafBlock block) => string.Concat(block.Inline?.Descendants().Select(part => part switch
    {
        LiteralInline text => $"{text.Content}",
        LineBreakInline or CodeInline => " ",
        _ => "",
    }) ?? []);

    static string Anchor(string heading) => string.Concat(heading.ToLowerInvariant().Replace(' ', '-')
        .Where(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_'));
}
