using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using InitNotebooks.Engine;

namespace InitNotebooks.Tests;

/// <summary>Takes from .NET Interactive's outputs what its own form adds, so that the rest can be compared with ours.</summary>
static partial class InteractiveOutputs
{
    const string Chart = "application/vnd.plotly.v1+json";
    const string Html = "text/html";
    const string Plain = "text/plain";

    public static Notebook AsOurs(Notebook notebook)
    {
        foreach (NotebookCell cell in notebook.Cells)
        {
            cell.Outputs = [.. cell.Outputs.Where(output => !IsGreeting(output)).Select(output => AsOurs(output!.DeepClone()))];
        }
        return notebook;
    }

    /// <summary>The first cell of every session shows a script that looks for the HTTP server.</summary>
    static bool IsGreeting(JsonNode? output)
        => output?["data"]?[Html] is { } html && Text(html).Contains("dotnet-interactive-this-cell", StringComparison.Ordinal);

    static JsonNode AsOurs(JsonNode output)
    {
        if (output["data"] is not JsonObject data) { return output; }
        // JSON of other types than application/json goes out as a string.
        if (data[Chart] is JsonValue or JsonArray) { data[Chart] = JsonNode.Parse(Text(data[Chart]!)); }
        // Numbers and texts are HTML there, with a style sheet each.
        if (data[Plain] is null && data[Html] is { } html && Numbers().Match(Text(html)) is { Success: true } number)
        {
            data.Remove(Html);
            data[Plain] = WebUtility.HtmlDecode(number.Groups[1].Value);
        }
        return output;
    }

    public static string Text(JsonNode text)
        => text is JsonArray lines ? string.Concat(lines.Select(line => line!.GetValue<string>())) : text.GetValue<string>();

    [GeneratedRegex(@"\A\s*<div class=""dni-plaintext""><pre>(.*?)</pre></div>", RegexOptions.Singleline)]
    private static partial Regex Numbers();
}
