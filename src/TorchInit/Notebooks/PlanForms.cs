using System.Globalization;

namespace TorchInit;

/// <summary>A plan in a notebook: its steps in drawing order, with their positions in the stream.</summary>
sealed class PlanForms : NotebookForms<InitPlan>
{
    static readonly string[] s_columns = ["#", "step", "shape", "#words", "#from word"];
    static readonly string[] s_gpuColumns = ["#", "step", "shape", "#offset moves by", "#from offset"];

    protected override string Html(InitPlan plan)
    {
        string tensors = $"{plan.Profile}; {HtmlText.Count(plan.Parameters.Count())} parameters, {HtmlText.Count(plan.Steps.Count)} steps";
        string[] columns = plan.Profile.Gpu is null ? s_columns : s_gpuColumns;
        return HtmlText.Head(plan.Title, tensors) + HtmlText.Table(columns, Rows(plan), plan.Steps.Count);
    }

    static IEnumerable<string[]> Rows(InitPlan plan)
    {
        Int128? place = 0;
        int number = 0;
        foreach ((InitStep step, long? words) in plan.Steps.Zip(plan.WordsOfSteps()))
        {
            number++;
            yield return
            [
                HtmlText.Count(number), $"<code>{HtmlText.Text($"{step}")}</code>",
                    HtmlText.Text(TensorShape.Text([.. plan[step.Target.Tensor].Shape])),
                words is { } known ? HtmlText.Count(known) : "depends on the values", words > 0 || words is null ? Place(place) : "",
            ];
            place += words;
        }
    }

    static string Place(Int128? place) => place?.ToString("N0", CultureInfo.InvariantCulture) ?? "";
}
