namespace TorchInit.Tests.Readme;

/// <summary>A fenced block of a document.</summary>
/// <param name="File">The document, from the root.</param>
/// <param name="Language">What follows the fence: <c>csharp</c>, <c>bash</c>, <c>text</c>.</param>
/// <param name="Line">The fence's line, from 1.</param>
/// <param name="Text">What is between the fences.</param>
/// <param name="Output">The <c>text</c> block right after it, if there is one: what it prints.</param>
sealed record ReadmeBlock(string File, string Language, int Line, string Text, string? Output)
{
    /// <summary>The documents whose blocks are run here.</summary>
    public static readonly string[] Files = ["README.md", "README.zh-CN.md", "docs/porting.md"];

    public static IEnumerable<ReadmeBlock> Of(string language) => Files.SelectMany(Parse).Where(block => block.Language == language);

    public static IReadOnlyList<ReadmeBlock> Parse(string file)
    {
        string[] lines = Repository.Read(file).Split('\n');
        var blocks = new List<(ReadmeBlock Block, int End)>();
        for (int line = 0; line < lines.Length; line++)
        {
            if (!lines[line].StartsWith("```", StringComparison.Ordinal)) { continue; }
            int end = Array.IndexOf(lines, "```", line + 1);
            if (end < 0) { throw new FormatException($"{file}:{line + 1}: the block has no closing fence."); }
            string text = string.Concat(lines[(line + 1)..end].Select(part => part + "\n"));
            blocks.Add((new(file, lines[line][3..].Trim(), line + 1, text, null), end));
            line = end;
        }
        return [.. blocks.Select((entry, index) => entry.Block with { Output = OutputAfter(index) })];

        string? OutputAfter(int index)
            => index + 1 < blocks.Count && blocks[index + 1].Block is { Language: "text" } next
                && lines[(blocks[index].End + 1)..(next.Line - 1)].All(string.IsNullOrWhiteSpace) ? next.Text : null;
    }
}
