using Spectre.Console;
using TorchInit.Oracle;

namespace TorchInit.Cli;

/// <summary>Errors that are the user's to know: one line, no stack.</summary>
static class Refusal
{
    /// <summary>With this variable set, a fault of the program shows where it happened.</summary>
    const string StackVariable = "TORCHINIT_STACK";

    /// <summary>Runs a command; what it refuses becomes a line and exit code 4, and what nobody foresaw a line and
    /// <paramref name="fault"/>.</summary>
    public static int Guard(Func<int> command, int fault = ExitCodes.Fault)
    {
        try
        {
            return command();
        }
        catch (Exception error)
        {
            return CodeOf(error is AggregateException { InnerExceptions.Count: 1 } ? error.InnerException! : error, fault);
        }
    }

    static int CodeOf(Exception error, int fault)
    {
        switch (error)
        {
            case OracleUnavailableException:
                Say(error.Message);
                return ExitCodes.NotAsked;
            case ArgumentException or TorchExpressionException or NotInThisTorchException or InvalidOperationException or IOException
                or UnauthorizedAccessException or InvalidDataException or OutOfMemoryException or OracleCrashedException or OracleProtocolException or OverflowException:
                // .NET's addition names the parameter of a C# method, not the user's argument.
                Say(error.Message.Split(" (Parameter '")[0]);
                return ExitCodes.Refused;
            default:
                bool stack = Environment.GetEnvironmentVariable(StackVariable) is { Length: > 0 };
                string what = stack ? error.ToString() : $"{error.Message} ({StackVariable}=1 shows where.)";
                Say($"a fault of this program, {error.GetType().Name}: {what}");
                return fault;
        }
    }

    static void Say(string message)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected) { console.Profile.Width = 160; }
        console.MarkupLineInterpolated($"[red]torchinit:[/] {PlainText.Of(message)}");
    }
}
