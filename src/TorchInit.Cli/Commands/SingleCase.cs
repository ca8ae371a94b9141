using Spectre.Console;
using TorchInit.Parity;

namespace TorchInit.Cli;

/// <summary><c>torchinit parity --case</c>: one question, with both kinds of kernels, tensor by tensor.</summary>
static class SingleCase
{
    public static int Run(ParityCase item, string? python, string transport)
    {
        // What cannot be read is said before torch is started.
        _ = TorchExpression.Parse(item.Expression);
        _ = Generator.ParseSeed(item.Seed);
        using LiveOracles oracles = new(python, transport);
        bool passed = true;
        foreach (var oracle in oracles.All)
        {
            CaseResult result = CaseRunner.Run(oracle, LiveProfile.Of(oracle.Info), item);
            passed &= result.Passed;
            Show(LiveProfile.Of(oracle.Info).ToString(), result);
        }
        oracles.Say();
        return passed ? ExitCodes.Kept : ExitCodes.Broken;
    }

    static void Show(string profile, CaseResult result)
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]{result.Case}[/]  {profile}");
        if (result.Tensors.Count > 0)
        {
            Table table = new Table().Border(TableBorder.Rounded).AddColumns("tensor", "dtype", "shape", "elements", "differing", "max ULP", "first difference");
            foreach (TensorResult tensor in result.Tensors)
            {
                BitComparison bits = tensor.Bits;
                table.AddRow(new Text(tensor.Name), new Text(tensor.DType), new Text(tensor.Shape), new Text($"{bits.Count:N0}"), new Text($"{bits.Differing:N0}"), new Text($"{bits.MaxUlp}"),
                    new Text(bits.Differing == 0 ? "" : $"[{bits.FirstIndex}] torch {bits.Expected}, C# {bits.Actual}"));
            }
            AnsiConsole.Write(table);
        }
        AnsiConsole.MarkupLineInterpolated($"{(result.Passed ? "✔" : "✘")} {Words(result)}\n");
    }

    static string Words(CaseResult result) => result.Outcome switch
    {
        Outcome.SameBits => "the same bits, and the same generator state after",
        Outcome.WithinTolerance => $"distance {result.Distance:G2} ε, {result.Promise.Tolerance:G2} ε allowed ({result.Promise.Why}); the same generator state after",
        Outcome.RefusedAlike => $"both refuse: {result.Detail}",
        Outcome.AbsentInBoth => result.Detail,
        _ => result.Detail,
    };
}
