using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace InitNotebooks.Engine;

/// <summary>Compares the outputs of two runs: text exactly, charts by their data; timings and cells tagged <c>nocheck</c> are not compared.</summary>
public static partial class OutputCheck
{
    const string Chart = "application/vnd.plotly.v1+json";

    /// <summary>The first difference, as one sentence that names the cell; null when there is none.</summary>
    /// <param name="stored">As committed.</param>
    /// <param name="fresh">As run now.</param>
    public static string? FirstDifference(Notebook stored, Notebook fresh)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(fresh);
        if (stored.Cells.Count != fresh.Cells.Count) { return $"the notebook has {stored.Cells.Count} cells, the run {fresh.Cells.Count}"; }
        for (int at = 0; at < stored.Cells.Count; at++)
        {
            if (!stored.Cells[at].IsCode || stored.Cells[at].HasTag("nocheck")) { continue; }
            string[] expected = Comparable(stored.Cells[at]), actual = Comparable(fresh.Cells[at]);
            for (int output = 0; output < Math.Max(expected.Length, actual.Length); output++)
            {
                string was = expected.ElementAtOrDefault(output) ?? "(nothing)", now = actual.ElementAtOrDefault(output) ?? "(nothing)";
                if (was != now) { return $"cell {at + 1}, output {output + 1}: {Around(was, now)}"; }
            }
        }
        return null;
    }

    static string[] Comparable(NotebookCell cell) => [.. cell.Outputs.Select(output => Comparable(output!)).Where(text => text.Length > 0)];

    static string Comparable(JsonNode output) => output["output_type"]?.GetValue<string>() switch
    {
        "stream" => $"{output["name"]}: {WallTime().Replace(Ipynb.Text(output["text"]), "")}",
        "error" => $"error: {output["ename"]}: {output["evalue"]}",
        _ when output["data"] is not JsonObject data => "",
        _ when output["data"]![Chart] is { } chart => $"chart: {chart.ToJsonString()}",
        _ => WallTime().Replace(Ipynb.Text(output["data"]![MimeBundle.PlainText] ?? output["data"]!.AsObject().First().Value), ""),
    };

    static string Around(string was, string now)
    {
        int at = was.AsSpan().CommonPrefixLength(now);
        int from = Math.Max(0, at - 30);
        return $"stored '{Cut(was, from)}', run '{Cut(now, from)}'";
    }

    static string Cut(string text, int from) => text[Math.Min(from, text.Length)..Math.Min(text.Length, from + 100)].ReplaceLineEndings("⏎");

    [GeneratedRegex(@"Wall time: [\d.]+ ?ms")]
    private static partial Regex WallTime();
}
