using System.Globalization;
using TorchInit;

namespace InitNotebooks;

public static partial class Plot
{
    /// <summary>The generator's words that each step of a plan takes (on a GPU: its offset), in order; pale if the draw is overwritten or
    /// thrown away.</summary>
    /// <param name="plan">The plan; at most 60 steps that draw are shown.</param>
    public static Chart DrawOrder(InitPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        const int MostSteps = 60;
        List<(string Name, double From, double To, bool Lost)> spans = [];
        double at = 0;
        IReadOnlyList<long?> words = plan.WordsOfSteps();
        for (int step = 0; step < words.Count; step++)
        {
            double taken = words[step] ?? plan[plan.Steps[step].Target.Tensor].Count;
            if (taken == 0) { continue; }
            string tensor = plan.Steps[step].Target.Tensor;
            bool lost = plan[tensor].Kind == ParameterKind.Scratch
                || plan.Steps.Skip(step + 1).Any(later => later.Target.Tensor == tensor && later.Target.Shape is null);
            spans.Add((tensor, at, at + taken, lost));
            at += taken;
        }
        if (spans.Count == 0) { spans.Add(("nothing is drawn", 0, 0, false)); }
        (string Name, double From, double To, bool Lost)[] shown = [.. spans.Take(MostSteps)];
        string counted = plan.Profile.Gpu is null ? "32-bit words of the generator" : "offset of the generator";
        return new(new($"{plan.Title}: order of draws", counted, "",
            [.. shown.Select((span, lane) => new SpanMark(span.Name, lane, span.From, span.To, span.Lost))])
        {
            YDownwards = true,
            YNames = [.. shown.Select((span, lane) => $"{lane + 1} {span.Name}")],
            Note = shown.Any(span => span.Lost) ? "pale and dashed: overwritten later, or thrown away" : "",
            Height = Math.Max(120, 26 * shown.Length),
            Summary = string.Join('\n',
                shown.Select(span => string.Create(CultureInfo.InvariantCulture,
                $"{span.From:N0} – {span.To:N0}  {span.Name}{(span.Lost ? " (overwritten later)" : "")}"))),
        });
    }
}
