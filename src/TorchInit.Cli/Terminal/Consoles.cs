using Spectre.Console;

namespace TorchInit.Cli;

/// <summary>Where a command prints: what was asked for on standard output, all else on standard error.</summary>
static class Consoles
{
    // A file has no width: a line is as long as its text, and a table as wide as its cells.
    const int WidthOfFile = 1 << 20;

    /// <summary>Standard output as it is now.</summary>
    public static IAnsiConsole Output() => Of(Console.Out);

    /// <summary>Standard error as it is now, for refusals.</summary>
    public static IAnsiConsole Errors() => Of(Console.Error);

    /// <summary>Bars and spinners, only for someone who watches: on standard error, or on standard output if only that is a terminal. In
    /// a file they would be part of the answer.</summary>
    public static IAnsiConsole Watch()
        => Of(Array.Find([Console.Error, Console.Out], writer => new AnsiConsoleOutput(writer).IsTerminal) ?? TextWriter.Null);

    static IAnsiConsole Of(TextWriter writer)
    {
        AnsiConsoleOutput output = new(writer);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = output });
        if (!output.IsTerminal) { console.Profile.Width = WidthOfFile; }
        return console;
    }
}
