using System.Globalization;
using TorchInit.Parity;

namespace TorchInit.Cli;

/// <summary>An explained plan as a table: a row for each tensor.</summary>
static class ExplanationTable
{
    public static TextTable Of(PlanExplanation explained, int shown)
    {
        TextTable table = new(("tensor", false), ("shape", false), ("by", false), ("std", false), ("bound", false), ("fan in", true),
            ("gain", true), (explained.Unit == StreamUnit.Offset ? "from offset" : "from word", true), ("drawn", true));
        foreach (ExplainedTensor tensor in explained.Tensors.Take(shown))
        {
            table.Add(tensor.Tensor, TensorShape.Text([.. tensor.Shape]), Alone(tensor), Short(tensor.StandardDeviation),
                Short(tensor.Bound), Number(tensor.FanIn), Short(tensor.Gain), Number(tensor.Place),
                tensor.Draws is 1 or 0 ? "" : $"{tensor.Draws} times");
        }
        return table;
    }

    /// <summary>The step without the tensor's name, which the row already shows.</summary>
    static string Alone(ExplainedTensor tensor) => tensor.Step.Replace($"({tensor.Tensor}, ", "(", StringComparison.Ordinal)
        .Replace($"({tensor.Tensor})", "()", StringComparison.Ordinal);

    static string Short(double? value) => value?.ToString("G4", CultureInfo.InvariantCulture) ?? "";

    static string Number(long? value) => value?.ToString("N0", CultureInfo.InvariantCulture) ?? "";
}
