using System.Globalization;
using System.Text;

namespace TorchInit.Parity;

/// <summary>One line of the scoreboard as Markdown, case by case.</summary>
public static class ScoreboardMarkdown
{
    /// <summary>A table of the cases: the expression, the verdict, the width of each random tensor and the first finding that
    /// accuses.</summary>
    /// <param name="row">A framework and its answers.</param>
    public static string Of(ScoreboardRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture,
            $"# {SafeText.Markdown(row.Name)}\n\n{SafeText.Markdown(row.Source)}. Judged by `torchinit scoreboard judge`.\n\n");
        text.Append("| case | verdict | standard deviation, torch = 1 | what accuses |\n|---|---|---|---|\n");
        foreach (ScoreboardCell cell in row.Cells)
        {
            IEnumerable<string> widths = cell.Widths.Select(width
                => string.Create(CultureInfo.InvariantCulture, $"{width.Key} {width.Value:0.000}").Trim());
            string evidence = cell.Evidence is [string first, ..] ? SafeText.Markdown(first) : "";
            text.Append(CultureInfo.InvariantCulture,
                $"| `{cell.Case.Expression}` | {Verdict(cell.Answer)} | {SafeText.Markdown(string.Join(", ", widths))} | {evidence} |\n");
        }
        return text.ToString();
    }

    static string Verdict(ScoreboardAnswer answer) => answer switch
    {
        ScoreboardAnswer.SameBits => "same bits",
        ScoreboardAnswer.SameDistribution => "same laws",
        ScoreboardAnswer.Differs => "**differs**",
        _ => "no answer",
    };
}
