using System.Text.Json;

namespace TorchInit.Parity;

/// <summary>A part of a random program, in two forms: as users write it, and as data from which torch builds the same.</summary>
/// <param name="Text">In torch's own spelling.</param>
/// <param name="Json">For the oracle.</param>
sealed record TextNode(string Text, string Json)
{
    public static TextNode Variable(string name) => new(name, $$"""{"variable":"{{name}}"}""");

    public static TextNode Integer(long value) => new($"{value}", $"{value}");

    public static TextNode Float(string repr) => new(repr, $$"""{"float":"{{repr}}"}""");

    public static TextNode DType(string name) => new($"torch.{name}", $$"""{"dtype":"{{name}}"}""");

    public static TextNode None { get; } = new("None", "null");

    public static TextNode Bool(bool value) => new(value ? "True" : "False", value ? "true" : "false");

    public static TextNode Tuple(params IReadOnlyList<TextNode> items)
        => new($"({string.Join(", ", items.Select(item => item.Text))}{(items.Count == 1 ? "," : "")})",
            $$"""{"tuple":[{{Join(items)}}]}""");

    public static TextNode List(params IReadOnlyList<TextNode> items)
        => new($"[{string.Join(", ", items.Select(item => item.Text))}]", $"[{Join(items)}]");

    /// <summary>torch.name(arguments, keyword=…).</summary>
    public static TextNode Call(string prefix, string name, IReadOnlyList<TextNode> arguments,
        params IReadOnlyList<(string Name, TextNode Value)> keywords)
        => new($"{prefix}{name}({Written(arguments, keywords)})", Data(name, arguments, keywords));

    /// <summary>owner.name(arguments).</summary>
    public static TextNode Method(TextNode owner, string name, params IReadOnlyList<TextNode> arguments)
        => new($"{owner.Text}.{name}({Written(arguments, [])})", Data(name, [owner, .. arguments], []));

    /// <summary>(left symbol right).</summary>
    public static TextNode Operator(string symbol, TextNode left, TextNode right)
        => new($"({left.Text} {symbol} {right.Text})", Data("operator", [Quoted(symbol), left, right], []));

    public static TextNode Negative(TextNode operand) => new($"(-{operand.Text})", Data("operator", [Quoted("neg"), operand], []));

    public static TextNode Item(TextNode owner, TextNode index)
        => new($"{owner.Text}[{(index.Json.StartsWith("{\"tuple\"", StringComparison.Ordinal) ? index.Text[1..^1] : index.Text)}]",
            Data("getitem", [owner, index], []));

    /// <summary>owner.T or owner.data.</summary>
    public static TextNode Attribute(TextNode owner, string name)
        => new($"{owner.Text}.{name}", $$"""{"attribute":"{{name}}","of":{{owner.Json}}}""");

    /// <summary>A slice inside of an index.</summary>
    public static TextNode Slice(TextNode? start, TextNode? stop, TextNode? step)
        => new($"{start?.Text}:{stop?.Text}{(step is null ? "" : $":{step.Text}")}",
            Data("slice", [start ?? None, stop ?? None, step ?? None], []));

    public static TextNode Ellipsis { get; } = new("...", Data("Ellipsis", [], []));

    public static TextNode Quoted(string text) => new($"'{text}'", JsonSerializer.Serialize(text));

    public static string Data(string name, IReadOnlyList<TextNode> arguments, IReadOnlyList<(string Name, TextNode Value)> keywords)
        => $$"""{"call":"{{name}}","args":[{{Join(arguments)}}],"kwargs":{"""
            + string.Join(",", keywords.Select(keyword => $"\"{keyword.Name}\":{keyword.Value.Json}")) + "}}";

    static string Join(IEnumerable<TextNode> nodes) => string.Join(",", nodes.Select(node => node.Json));

    static string Written(IReadOnlyList<TextNode> arguments, IReadOnlyList<(string Name, TextNode Value)> keywords)
        => string.Join(", ", arguments.Select(argument => argument.Text).Concat(keywords.Select(keyword
            => $"{keyword.Name}={keyword.Value.Text}")));
}
