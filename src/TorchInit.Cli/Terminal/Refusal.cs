using System.Reflection;
using Spectre.Console;
using TorchInit.Oracle;

namespace TorchInit.Cli;

/// <summary>Errors as one line, whosever they are.</summary>
static class Refusal
{
    /// <summary>Runs a command. What goes wrong becomes a line: with exit code 2 where torch could not be asked, else with 4, so that no
    /// mistake of ours is taken for a verdict.</summary>
    public static int Guard(Func<int> command)
    {
        try
        {
            return command();
        }
        catch (Exception thrown)
        {
            Exception error = Cause(thrown);
            // .NET's addition names the parameter of a C# method, not the user's argument.
            Say(IsExpected(error) ? error.Message.Split(" (Parameter '")[0]
                : $"failed unexpectedly: {error.GetType().Name}: {error.Message}{Place(error)}");
            return error is OracleUnavailableException or OracleCrashedException or OracleProtocolException ? ExitCodes.NotAsked
                : ExitCodes.Refused;
        }
    }

    /// <summary>What a parallel loop or a task threw, not that it did.</summary>
    static Exception Cause(Exception error)
        => error is (AggregateException or TargetInvocationException) && error.InnerException is { } inner ? Cause(inner) : error;

    static bool IsExpected(Exception error)
        => error is ArgumentException or TorchExpressionException or NotInThisTorchException or InvalidOperationException or IOException
        or NotFollowedException or UnauthorizedAccessException or InvalidDataException or OutOfMemoryException
        or OracleUnavailableException or OracleCrashedException or OracleProtocolException or OverflowException;

    /// <summary>Where it happened, in one line: enough to report it.</summary>
    static string Place(Exception error) => error.StackTrace?.Split('\n')[0].Trim() is { Length: > 0 } first ? $" ({first})" : "";

    static void Say(string message)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected) { console.Profile.Width = 160; }
        console.MarkupLineInterpolated($"[red]torchinit:[/] {PlainText.Of(message)}");
    }
}
