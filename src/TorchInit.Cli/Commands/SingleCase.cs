using Spectre.Console;
using TorchInit.Oracle;
using TorchInit.Parity;

namespace TorchInit.Cli;

/// <summary><c>torchinit parity --case</c>: compares one case with both kinds of kernels, tensor by tensor.</summary>
static class SingleCase
{
    /// <summary>Runs the case and prints the result.</summary>
    /// <param name="item">One call, or several on one generator.</param>
    /// <param name="pythons">Pythons that have torch; null for the first that is found.</param>
    /// <param name="transport">How torch is called.</param>
    /// <param name="device">Where torch draws.</param>
    /// <param name="folder">Where a report of this case goes; null for none.</param>
    public static int Run(ParityCase item, IReadOnlyList<string?> pythons, string transport, ParityDevice device, string? folder)
    {
        // Reports an unreadable expression before starting torch.
        foreach (string call in item.Calls)
        {
            if (TorchProgram.Parse(call).NamesGpu && !device.IsGpu)
            {
                throw new ArgumentException($"--case names a GPU: {call}. Add --device cuda, and a --python whose torch has a GPU.");
            }
            CallTable.CheckNames(TorchExpression.Parse(call));
        }
        _ = Generator.ParseSeed(item.Seed);
        ParityReport report = Ask(item, pythons, transport, device) with { IsSingleCase = true };
        if (folder is not null)
        {
            report.Write(folder);
            WrittenReports.Say(folder);
        }
        return Code(report);
    }

    /// <summary>Broken if a promise is; otherwise not asked, if either kind of kernels was not.</summary>
    internal static int Code(ParityReport report)
        => report.IsBroken ? ExitCodes.Broken : report.Passed ? ExitCodes.Kept : ExitCodes.NotAsked;

    static ParityReport Ask(ParityCase item, IReadOnlyList<string?> pythons, string transport, ParityDevice device)
    {
        List<ParitySection> sections = [];
        List<string> notAsked = [];
        foreach (string? python in pythons)
        {
            try
            {
                using LiveOracles oracles = new(python, transport, device);
                foreach (ITorchOracle oracle in oracles.All)
                {
                    (ParitySection section, CaseResult result) = ParitySection.Single(oracle, item);
                    sections.Add(section);
                    Show(section.Profile.ToString(), result);
                }
                oracles.Say();
            }
            catch (OracleUnavailableException error)
            {
                AnsiConsole.MarkupLineInterpolated($"[yellow]? not asked:[/] {PlainText.Of($"{item}: {error.Message}")}");
                notAsked.Add(error.Message);
            }
        }
        return new(sections, notAsked.Count == 0 ? null : string.Join('\n', notAsked));
    }

    static void Show(string profile, CaseResult result)
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]{PlainText.Of(result.Case.ToString())}[/]  {profile}");
        if (result.Tensors.Count > 0)
        {
            TextTable table = new(("tensor", false), ("dtype", false), ("shape", false), ("elements", true), ("left undefined", true),
                ("differing", true), ("max ULP", true), ("first difference", false));
            foreach (TensorResult tensor in result.Tensors)
            {
                BitComparison bits = tensor.Bits;
                table.Add(tensor.Name, tensor.DType, tensor.Shape, $"{bits.Count:N0}", $"{tensor.Undefined:N0}", $"{bits.Differing:N0}",
                    $"{bits.MaxUlp}", bits.Differing == 0 ? "" : $"[{bits.FirstIndex}] torch {bits.Expected}, C# {bits.Actual}");
            }
            table.Write(AnsiConsole.Console);
        }
        string sign = ParityTables.Sign(result.Passed, result.Outcome == Outcome.Mismatch);
        AnsiConsole.MarkupLineInterpolated($"{sign} {PlainText.Of(Words(result))}\n");
    }

    static string Words(CaseResult result) => result.Outcome switch
    {
        Outcome.SameBits => $"the same bits, and the same generator state after{Left(result)}",
        Outcome.WithinTolerance
            => $"distance {result.Distance:G2} ε, {result.Promise.Allowed} ({result.Promise.Why}); "
                + $"the same generator state after{Left(result)}",
        Outcome.RefusedAlike => $"both refuse: {result.Detail}",
        Outcome.AbsentInBoth => $"neither has it: {result.Detail}",
        _ => result.Detail + Left(result),
    };

    static string Left(CaseResult result) => result.Undefined == 0 ? "" : "; " + ParityReport.UndefinedWords(result.Undefined);
}
