using Spectre.Console;
using TorchInit.Oracle;

namespace TorchInit.Cli;

/// <summary>Errors that are the user's to know: one line, no stack.</summary>
static class Refusal
{
    /// <summary>Runs a command; what it refuses becomes a line and exit code 4.</summary>
    public static int Guard(Func<int> command)
    {
        try
        {
            return command();
        }
        catch (OracleUnavailableException error)
        {
            Say(error.Message);
            return ExitCodes.NotAsked;
        }
        catch (Exception error) when (error is ArgumentException or TorchExpressionException or NotInThisTorchException or InvalidOperationException or IOException
            or UnauthorizedAccessException or InvalidDataException or InsufficientMemoryException or OracleCrashedException or OracleProtocolException or OverflowException)
        {
            // .NET's addition names the parameter of a C# method, not the user's argument.
            Say(error.Message.Split(" (Parameter '")[0]);
            return ExitCodes.Refused;
        }
    }

    static void Say(string message)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected) { console.Profile.Width = 160; }
        console.MarkupLineInterpolated($"[red]torchinit:[/] {PlainText.Of(message)}");
    }
}
