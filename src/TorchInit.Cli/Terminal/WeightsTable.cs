using Spectre.Console;

namespace TorchInit.Cli;

/// <summary>Weights for people: each tensor with its first elements, in bits.</summary>
static class WeightsTable
{
    const int Shown = 4;

    public static void Show(InitPlan plan, StateDict weights, Generator generator, string? path)
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]{plan.Title}[/]  seed {unchecked((long)generator.InitialSeed)}  {plan.Profile}");
        Table table = new Table().Border(TableBorder.Rounded).AddColumns("tensor", "dtype", "shape", $"first {Shown} elements, in bits");
        foreach ((string name, TensorBuffer tensor) in weights)
        {
            string words = string.Join(' ', HexWords.Of(tensor, 0, Math.Min(Shown, tensor.Count))) + (tensor.Count > Shown ? " …" : "");
            table.AddRow(new Text(name), new Text(tensor.DType.TorchName()), new Text(TensorShape.Text([.. tensor.Shape])), new Text(words));
        }
        if (weights.Count == 0) { AnsiConsole.WriteLine("No tensors: nothing is drawn."); }
        else { AnsiConsole.Write(table); }
        if (path is not null) { AnsiConsole.MarkupLineInterpolated($"Written: {path}"); }
    }
}
