using System.Globalization;
using TorchInit;
using TorchInit.Parity;

namespace InitNotebooks;

public static partial class Plot
{
    const int MostDraws = 60;

    /// <summary>The generator's words that each step of a plan takes (on a GPU: its offset), in order; pale if nothing that is kept depends
    /// on the values: they are overwritten, or thrown away. A draw into memory that is not saved, which goes on into tensors that
    /// are (by a copy, by arithmetic, as a mask), is shown under their name, with an arrow.</summary>
    /// <param name="plan">The plan; at most 60 steps that draw are shown.</param>
    public static Chart DrawOrder(InitPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        List<DrawnSpan> spans = [];
        double at = 0;
        foreach (StreamSpan span in PlanStreamMap.Of(plan, DType.Float32).Where(span => span.Words != 0))
        {
            double taken = span.Words ?? plan[span.Tensor].Count;
            if (taken == 0) { continue; }
            string reached = span.Fate == DrawFate.Kept ? Reached(plan, span.Step) : "";
            spans.Add(new(span.Tensor, reached, at, at + taken, span.Fate));
            at += taken;
            if (spans.Count == MostDraws) { break; }
        }
        if (spans.Count == 0) { spans.Add(new("nothing is drawn", "", 0, 0, DrawFate.Kept)); }
        string counted = plan.Profile.Gpu is null ? "32-bit words of the generator" : "offset of the generator";
        return new(new($"{plan.Title}: order of draws", counted, "",
            [.. spans.Select((span, lane) => new SpanMark(span.Label, lane, span.From, span.To, span.Fate != DrawFate.Kept))])
        {
            YDownwards = true,
            YNames = [.. spans.Select((span, lane) => $"{lane + 1} {span.Label}")],
            Note = spans.Any(span => span.Fate != DrawFate.Kept) ? "pale and dashed: overwritten later, or thrown away" : "",
            Height = Math.Max(120, 26 * spans.Count),
            Summary = string.Join('\n', spans),
        });
    }

    /// <summary>The saved tensors whose values come from a step's, if it writes another one itself; empty if it writes a saved
    /// one.</summary>
    static string Reached(InitPlan plan, int step)
    {
        ILookup<int, string> saved = plan.StateTensors.ToLookup(tensor => plan.StorageOf(tensor.Name), tensor => tensor.Name);
        if (saved.Contains(plan.Placed[step].Storage)) { return ""; }
        HashSet<int> carrying = [plan.Placed[step].Storage];
        for (int later = step + 1; later < plan.Steps.Count; later++)
        {
            PlacedStep placed = plan.Placed[later];
            if (placed.Step.Reads.Any(name => carrying.Contains(plan.StorageOf(name))))
            {
                carrying.UnionWith(placed.Step.Writes.Select(plan.StorageOf));
            }
            else if (placed.Replaces) { carrying.Remove(placed.Storage); }
        }
        string[] names = [.. plan.StateTensors.Select(tensor => tensor.Name).Where(name => carrying.Contains(plan.StorageOf(name)))];
        return names.Length == 0 ? "" : names[0] + (names.Length > 1 ? ", …" : "");
    }

    readonly record struct DrawnSpan(string Tensor, string Reached, double From, double To, DrawFate Fate)
    {
        public string Label => Reached.Length > 0 ? $"→ {Reached}" : Tensor;

        public override string ToString()
        {
            string goes = Reached.Length > 0 ? $" → {Reached}" : "";
            string fate = Fate switch
            {
                DrawFate.Overwritten => " (overwritten later)",
                DrawFate.Discarded => " (thrown away)",
                _ => "",
            };
            return string.Create(CultureInfo.InvariantCulture, $"{From:N0} – {To:N0}  {Tensor}{goes}{fate}");
        }
    }
}
