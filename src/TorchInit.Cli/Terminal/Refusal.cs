using System.Reflection;
using System.Text.RegularExpressions;
using Spectre.Console;
using TorchInit.Oracle;

namespace TorchInit.Cli;

/// <summary>Reports any error in one line.</summary>
static partial class Refusal
{
    /// <summary>Runs a command. An error becomes one line and exit code 2 if torch could not be asked, otherwise 4, so that a fault of
    /// ours never looks like a verdict; whatever ends with Ctrl-C was interrupted.</summary>
    public static int Guard(Func<int> command, CancellationToken cancellation = default)
    {
        try
        {
            return command();
        }
        catch (Exception thrown)
        {
            Exception error = Cause(thrown);
            if (error is OperationCanceledException || cancellation.IsCancellationRequested)
            {
                Say("interrupted; nothing was written.");
                return ExitCodes.Interrupted;
            }
            Say(IsExpected(error) ? WordsOf(error)
                : $"failed unexpectedly: {error.GetType().Name}: {error.Message}{Place(error)}");
            return error is OracleUnavailableException or OracleCrashedException or OracleProtocolException ? ExitCodes.NotAsked
                : ExitCodes.Refused;
        }
    }

    /// <summary>The message without .NET's suffixes. They name the parameter of a C# method, which is needed only where the message leaves
    /// out name and value.</summary>
    static string WordsOf(Exception error)
    {
        string words = MissingFile().Replace(error.Message.Split(" (Parameter '")[0], "there is no file '$1'.");
        return error is ArgumentOutOfRangeException { ParamName: { } name, ActualValue: { } value } && words.StartsWith("allowed",
            StringComparison.Ordinal) ? $"{name} is {value}; {words}" : words;
    }

    [GeneratedRegex(@"^Could not find (?:file|a part of the path) '(.*)'\.$")]
    private static partial Regex MissingFile();

    /// <summary>The exception thrown inside a parallel loop or a task, not its wrapper.</summary>
    static Exception Cause(Exception error)
        => error is (AggregateException or TargetInvocationException) && error.InnerException is { } inner ? Cause(inner) : error;

    static bool IsExpected(Exception error)
        => error is ArgumentException or TorchExpressionException or NotInThisTorchException or InvalidOperationException or IOException
        or NotFollowedException or UnauthorizedAccessException or InvalidDataException or OutOfMemoryException
        or OracleUnavailableException or OracleCrashedException or OracleProtocolException or OverflowException;

    /// <summary>The first stack frame: enough for a bug report.</summary>
    static string Place(Exception error) => error.StackTrace?.Split('\n')[0].Trim() is { Length: > 0 } first ? $" ({first})" : "";

    static void Say(string message) => Consoles.Errors().MarkupLineInterpolated($"[red]torchinit:[/] {PlainText.Of(message)}");
}
