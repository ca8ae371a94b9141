using Spectre.Console;

namespace TorchInit.Cli;

/// <summary>Weights as text: each tensor as torch prints it, and on request the bits of its first elements.</summary>
static class WeightsText
{
    const int Shown = 4;

    /// <summary>Prints them; <paramref name="seed"/> is the seed as it was given, or null.</summary>
    public static void Show(InitPlan plan, StateDict weights, Generator generator, string? seed, bool bits,
        string? path)
    {
        seed ??= $"{unchecked((long)generator.InitialSeed)}";
        AnsiConsole.MarkupLineInterpolated($"[bold]{plan.Title}[/]  seed {seed}  {plan.Profile}");
        if (weights.Count == 0) { AnsiConsole.WriteLine("No tensors: nothing is drawn."); }
        foreach ((string name, TensorBuffer tensor) in weights)
        {
            AnsiConsole.WriteLine();
            AnsiConsole.MarkupLineInterpolated($"[bold]{(name.Length > 0 ? name + "  " : "")}[/]{tensor.DType.TorchName()} {TensorShape.Text([.. tensor.Shape])}");
            // torch's line breaks, whatever the width
            foreach (string line in TensorText.Of(tensor).Split('\n')) { Console.Out.WriteLine(line); }
        }
        if (bits && weights.Count > 0) { AnsiConsole.Write(Bits(weights)); }
        if (path is not null) { AnsiConsole.MarkupLineInterpolated($"Written: {path}"); }
    }

    static Table Bits(StateDict weights)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumns("tensor", $"first {Shown} elements, in bits");
        foreach ((string name, TensorBuffer tensor) in weights)
        {
            string words = string.Join(' ', HexWords.Of(tensor, 0, Math.Min(Shown, tensor.Count))) + (tensor.Count > Shown ? " …" : "");
            table.AddRow(new Text(name), new Text(words));
        }
        return table;
    }
}
