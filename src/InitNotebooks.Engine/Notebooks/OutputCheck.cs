using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace InitNotebooks.Engine;

/// <summary>
/// Compares the outputs of two runs: text exactly, charts by their data, recorded values by their bytes. Timings, notes that a kernel
/// was connected, that outputs are recorded or that the kernel's own build is used, and cells tagged <c>nocheck</c> are not compared.
/// </summary>
public static partial class OutputCheck
{
    const string Chart = "application/vnd.plotly.v1+json";

    /// <summary>The first difference, as one sentence that names the cell; null if there is none.</summary>
    /// <param name="stored">The notebook as committed.</param>
    /// <param name="fresh">The notebook as it ran now.</param>
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
            string kept = Canonical(Recordings.Values(stored.Cells[at])), made = Canonical(Recordings.Values(fresh.Cells[at]));
            if (kept != made) { return $"cell {at + 1}, recorded values: {Around(kept, made)}"; }
        }
        return null;
    }

    /// <summary>The compared part of each output; text received in several messages counts as one.</summary>
    static string[] Comparable(NotebookCell cell)
    {
        List<(string Stream, StringBuilder Text)> outputs = [];
        foreach (JsonNode? output in cell.Outputs.Where(output => !Recordings.IsMark(output)))
        {
            (string stream, string text) = Comparable(output as JsonObject ?? []);
            if (stream.Length > 0 && outputs is [.., var last] && last.Stream == stream) { last.Text.Append(text); }
            else if (text.Length > 0) { outputs.Add((stream, new(text))); }
        }
        return [.. outputs.Select(output => output.Stream.Length > 0 ? $"{output.Stream}: {output.Text}" : $"{output.Text}")];
    }

    static (string Stream, string Text) Comparable(JsonObject output) => (Ipynb.String(output["output_type"]), output["data"]) switch
    {
        ("stream", _) => (Ipynb.Text(output["name"]), NotCompared().Replace(Ipynb.Text(output["text"]), "")),
        ("error", _) => ("", $"error: {Ipynb.Text(output["ename"])}: {Ipynb.Text(output["evalue"])}"),
        (_, JsonObject { Count: > 0 } data) when data[Chart] is { } chart => ("", $"chart: {Canonical(chart)}"),
        (_, JsonObject { Count: > 0 } data)
            => ("", NotCompared().Replace(Ipynb.Text(data[MimeBundle.PlainText] ?? data.First().Value), "")),
        _ => ("", ""),
    };

    /// <summary>Names sorted and numbers as doubles: JSON libraries write 1e-09, 1E-9 and 0.000000001.</summary>
    static string Canonical(JsonNode? node) => node switch
    {
        JsonObject members
            => $"{{{string.Join(',', members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"\"{member.Key}\":{Canonical(member.Value)}"))}}}",
        JsonArray items => $"[{string.Join(',', items.Select(Canonical))}]",
        JsonValue value when value.GetValueKind() == JsonValueKind.Number
            => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture),
        _ => node?.ToJsonString() ?? "null",
    };

    static string Around(string was, string now)
    {
        int at = was.AsSpan().CommonPrefixLength(now);
        int from = Math.Max(0, at - 30);
        return $"stored '{Cut(was, from)}', run '{Cut(now, from)}'";
    }

    static string Cut(string text, int from)
        => text[Math.Min(from, text.Length)..Math.Min(text.Length, from + 100)].ReplaceLineEndings("⏎");

    [GeneratedRegex(@"Wall time: [\d.]+ ?ms|^Kernel added: #![\w-]+\s*\z|^Note: cells use this kernel's own build of [^\n]*\n")]
    private static partial Regex NotCompared();
}
