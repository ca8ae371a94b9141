using System.CommandLine;
using Spectre.Console;
using TorchInit.Cli;

// Each run writes to the console of that run.
AnsiConsole.Console = Consoles.Output();
RootCommand root = new("PyTorch's starting weights, bit for bit, in pure C#; and the proof against real PyTorch.")
{
    ParityCommand.Create(), InitCommand.Create(), MaterializeCommand.Create(), BenchCommand.Create(), RecordCommand.Create(),
        NotebookCommand.Create(), KernelCommand.Create(),
    ScoreboardCommand.Create(), VerifyCommand.Create(), PlanCommand.Create(), FuzzCommand.Create(), SiteCommand.Pages(), SiteCommand.Site(),
        SetupCommand.Create(),
};
ParseResult parsed = root.Parse(args);
int code = Refusal.Guard(() =>
{
    if (parsed.Errors.Count == 0) { EmptyValues.Refuse(parsed); }
    else { WrongKinds.Refuse(parsed); }
    return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
});
return parsed.Errors.Count > 0 ? ExitCodes.Refused : code;
