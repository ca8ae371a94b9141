using System.Globalization;
using TorchInit;
using TorchInit.Parity;

namespace InitNotebooks;

/// <summary>A plan as a page: its stream as a timeline, warnings, and every tensor. It needs no network and runs no
/// script.</summary>
public static class PlanPage
{
    const int MostLanes = 150, MostTensors = 2000, MostBars = 600;

    const string Style = """
        <style>
          :root { --kept: #0969da; --overwritten: #d4731a; --discarded: #8c959f; }
          .strip, .lane div { position: relative; background: var(--soft); } .strip { height: 2.2rem; margin: .5rem 0; } .lane div { height: 1rem; }
          .strip i, .lane i { position: absolute; top: 0; bottom: 0; min-width: 1px; } .kept { background: var(--kept); } .overwritten { background: var(--overwritten); }
          .discarded { background: var(--discarded); } .odd { filter: brightness(1.35); }
          .lane { display: grid; grid-template-columns: min(14rem, 34%) 1fr; gap: .5rem; align-items: center; font-size: .8rem; margin: .15rem 0; }
          .lane span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; direction: rtl; text-align: right; }
          .key i { display: inline-block; width: .9em; height: .9em; margin: 0 .3em 0 .5em; vertical-align: -.1em; } .key span { white-space: nowrap; }
          .axis { display: flex; justify-content: space-between; font-size: .8rem; color: var(--dim); }
        </style>
        """;

    /// <summary>The page's text.</summary>
    /// <param name="explained">A plan, explained; for a very long one, the first tensors are shown and the others counted.</param>
    public static string Of(PlanExplanation explained)
    {
        ArgumentNullException.ThrowIfNull(explained);
        bool onGpu = explained.Unit == StreamUnit.Offset;
        string words = (onGpu, explained.Words) switch
        {
            (false, { } number) => $"{Number(number)} words of 32 bits are drawn",
            (false, null) => "how many words are drawn depends on the values",
            (true, { } number) => $"the offset moves by {Number(number)}",
            (true, null) => "how far the offset moves depends on the values",
        };
        string elements = Number(explained.Plan.StateTensors.Where(tensor => tensor.SameAs is null).Sum(tensor => tensor.Count));
        return HtmlPage.Head(HtmlReport.Encode(explained.Plan.Title), ["Stream", "Warnings", "Torches", "Tensors"]) + Style
            + $"<p>{HtmlReport.Encode($"{explained.Plan.Profile}: {Number(explained.Tensors.Count)} tensors, {elements} elements; {words}.")}</p>"
            + HtmlPage.Section("Stream", Stream(explained)) + HtmlPage.Section("Warnings", Regrets(explained))
            + HtmlPage.Section("Torches", Torches(explained)) + HtmlPage.Section("Tensors", Tensors(explained)) + "</main></body></html>\n";
    }

    static string Stream(PlanExplanation explained)
    {
        Bar[] bars = [.. Bars(explained)];
        if (bars.Length == 0) { return "<p>Nothing is drawn.</p>"; }
        double end = bars.Max(bar => bar.From + bar.Words);
        // Anything thinner than a pixel of a wide screen is merged with its neighbours into one bar.
        IEnumerable<Bar> visible = bars.Length <= MostBars ? bars : Merged(bars, end / MostBars);
        string strip = string.Concat(visible.Select((bar, at) => Box(bar, end, at, explained.Unit)));
        Lane[] lanes = [.. bars.GroupBy(bar => bar.Group).Select(group => new Lane(group.Key, [.. group]))];
        string rows = string.Concat(lanes.Take(MostLanes).Select(lane
            => $"<div class=\"lane\"><span title=\"{HtmlReport.Encode(lane.Name)}\">{HtmlReport.Encode(lane.Name)}</span><div>"
                + $"{string.Concat(Merged(lane.Bars, end / MostBars).Select(bar => Box(bar, end, 0, explained.Unit)))}</div></div>"));
        string more = lanes.Length > MostLanes ? $"<p>… and {Number(lanes.Length - MostLanes)} more.</p>" : "";
        string span = explained.Unit == StreamUnit.Offset ? "From the first offset to the last" : "From the first word to the last";
        return $"<p class=\"key\">{span}: <span><i class=\"kept\"></i>kept</span> "
            + "<span><i class=\"overwritten\"></i>overwritten later</span> <span><i class=\"discarded\"></i>thrown away</span></p>"
            + $"<div class=\"strip\">{strip}</div><div class=\"axis\"><span>0</span>"
            + $"<span>{Number((long)end)}{(explained.Unit == StreamUnit.Offset ? "" : " words")}</span></div>{rows}{more}";
    }

    /// <summary>Draws in order; successive draws of the same part of the model with the same fate form one bar.</summary>
    static IEnumerable<Bar> Bars(PlanExplanation explained)
    {
        Bar? open = null;
        double at = 0;
        foreach (StreamSpan span in explained.Stream.Where(span => span.Words != 0))
        {
            double words = span.Words ?? explained.Plan[span.Tensor].Count;
            string group = Group(span.Tensor);
            if (open is { } bar && bar.Group == group && bar.Fate == span.Fate) { open = bar with { Words = bar.Words + words }; }
            else
            {
                if (open is { } done) { yield return done; }
                open = new(group, at, words, span.Fate);
            }
            at += words;
        }
        if (open is { } last) { yield return last; }
    }

    static IEnumerable<Bar> Merged(IEnumerable<Bar> bars, double least)
    {
        Bar? open = null;
        foreach (Bar bar in bars)
        {
            if (open is { } before && before.Fate == bar.Fate && before.Words < least && bar.From - (before.From + before.Words) < least)
            {
                open = before with { Words = bar.From + bar.Words - before.From };
                continue;
            }
            if (open is { } done) { yield return done; }
            open = bar;
        }
        if (open is { } last) { yield return last; }
    }

    static string Box(Bar bar, double end, int at, StreamUnit unit)
        => string.Create(CultureInfo.InvariantCulture, $"<i class=\"{bar.Fate.ToString().ToLowerInvariant()}{(at % 2 == 1 ? " odd" : "")}\" "
            + $"style=\"left:{100 * bar.From / end:0.###}%;width:{100 * bar.Words / end:0.###}%\" "
            + $"title=\"{HtmlReport.Encode($"{bar.Group}: {Taken(bar, unit)}")}\"></i>");

    static string Taken(Bar bar, StreamUnit unit) => unit == StreamUnit.Offset
        ? $"from offset {Number((long)bar.From)} to {Number((long)(bar.From + bar.Words))}"
        : $"{Number((long)bar.Words)} words from {Number((long)bar.From)} on";

    /// <summary>The layer of a tensor: its name up to the first number.</summary>
    static string Group(string name)
    {
        string[] parts = name.Split('.');
        int number = Array.FindIndex(parts, part => part.Length > 0 && part.All(char.IsAsciiDigit));
        return string.Join('.', parts.Take(number >= 0 ? number + 1 : Math.Max(1, parts.Length - 1)));
    }

    static string Regrets(PlanExplanation explained) => explained.Warnings.Count == 0 ? "<p class=\"good\">No warnings.</p>"
        : $"<ul>{string.Concat(explained.Warnings.Select(warning => $"<li>{HtmlReport.Encode(warning.Said)}</li>"))}</ul>";

    static string Torches(PlanExplanation explained)
        => $"<p>Every step has the same bits on:</p><ul>{Items(explained.SameOn)}</ul>"
            + (explained.Elsewhere.Count == 0 ? "" : $"<p>Elsewhere:</p><ul>{Items(explained.Elsewhere)}</ul>");

    static string Items(IEnumerable<string> items) => string.Concat(items.Select(item => $"<li>{HtmlReport.Encode(item)}</li>"));

    static string Tensors(PlanExplanation explained)
    {
        string from = explained.Unit == StreamUnit.Offset ? "from offset#" : "from word#";
        string table = HtmlTable.Of(["tensor", "shape", "by", "std#", "bound#", "fan in#", "gain#", from, "drawn#"],
            explained.Tensors.Take(MostTensors).Select(tensor => (string[])
            [
                tensor.Tensor, TensorShape.Text([.. tensor.Shape]), tensor.Step, Short(tensor.StandardDeviation), Short(tensor.Bound),
                Number(tensor.FanIn), Short(tensor.Gain), Number(tensor.Place),
                tensor.Draws.ToString(CultureInfo.InvariantCulture),
            ]));
        int more = explained.Tensors.Count - MostTensors;
        return table + (more > 0 ? $"<p>… and {Number(more)} more.</p>" : "");
    }

    static string Short(double? value) => value?.ToString("G4", CultureInfo.InvariantCulture) ?? "";

    static string Number(long? value) => value?.ToString("N0", CultureInfo.InvariantCulture) ?? "";

    readonly record struct Bar(string Group, double From, double Words, DrawFate Fate);

    sealed record Lane(string Name, Bar[] Bars);
}
