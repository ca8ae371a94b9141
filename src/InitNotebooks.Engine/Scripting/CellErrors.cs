using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace InitNotebooks.Engine;

/// <summary>Errors for a notebook's reader: the cell's own line, a caret, and no frames of the machinery.</summary>
static partial class CellErrors
{
    public static CellError Of(IEnumerable<Diagnostic> diagnostics)
    {
        Diagnostic[] errors = [.. diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        return new("CompilationError", string.Join('\n', errors.Select(error => $"{Position(error)}: {error.Id}: {error.GetMessage()}")),
            [.. errors.Select(Show)]);
    }

    /// <summary>
    /// One line per warning; empty if there is none. That an assembly is newer than the one another was built with does not concern a
    /// notebook.
    /// </summary>
    public static string Warnings(IEnumerable<Diagnostic> diagnostics)
        => string.Concat(diagnostics.Where(diagnostic => diagnostic is
        {
            Severity: DiagnosticSeverity.Warning,
            IsSuppressed: false
        } and not { Id: "CS1701" or "CS1702" })
            .Select(warning => $"{Position(warning)}: warning {warning.Id}: {warning.GetMessage()}\n"));

    public static CellError Of(Exception error)
    {
        while (error is AggregateException { InnerExceptions.Count: 1 } or TargetInvocationException { InnerException: not null })
        {
            error = error.InnerException!;
        }
        List<string> lines = [];
        for (Exception? each = error; each is not null; each = each.InnerException)
        {
            lines.Add($"{(each == error ? "" : " ---> ")}{each.GetType().FullName}: {each.Message}");
            lines.AddRange(from line in (each.StackTrace ?? "").Split('\n')
                           where line.Trim().Length > 0 && !Machinery().IsMatch(line)
                           select CellFile()
                               .Replace(Submission().Replace(line.TrimEnd(), match => match.Groups[1].Success ? "<cell>" : ""),
                               " in $1:line"));
        }
        return new(error.GetType().Name, error.Message, lines);
    }

    static string Position(Diagnostic error)
    {
        FileLinePositionSpan span = error.Location.GetLineSpan();
        string file = Path.GetFileName(span.Path ?? "");
        return $"{(OwnFile().IsMatch(file) ? "" : file)}({span.StartLinePosition.Line + 1},{span.StartLinePosition.Character + 1})";
    }

    static string Show(Diagnostic error)
    {
        FileLinePositionSpan span = error.Location.GetLineSpan();
        (int line, int from) = (span.StartLinePosition.Line, span.StartLinePosition.Character);
        string source = error.Location.SourceTree?.GetText().Lines is { } lines && line < lines.Count ? lines[line].ToString() : "";
        int width = span.EndLinePosition.Line == line ? Math.Max(1, span.EndLinePosition.Character - from) : 1;
        return $"{Position(error)}: error {error.Id}: {error.GetMessage()}\n    {source}\n    "
            + $"{new string(' ', from)}{new string('^', width)}";
    }

    [GeneratedRegex(@"Submission#\d+\.?(<<Initialize>>d__\d+\.MoveNext\(\)|<Initialize>)?")]
    private static partial Regex Submission();

    [GeneratedRegex(@" in \S*?(cell\d+):line")]
    private static partial Regex CellFile();

    [GeneratedRegex(@"^(cell\d+)?$")]
    private static partial Regex OwnFile();

    [GeneratedRegex(@"Microsoft\.CodeAnalysis\.Scripting|^--- End of stack|InitNotebooks\.Engine\.(CSharpCells|CellPump|Guard)")]
    private static partial Regex Machinery();
}
