namespace TorchInit;

/// <summary>An expression that cannot be parsed as torch code. The message says what was expected and what was found, and points at the
/// position.</summary>
public sealed class TorchExpressionException : FormatException
{
    // Characters shown on each side of the caret: an expression may have 64 Ki characters, a terminal's line has few.
    const int Context = 50;

    internal TorchExpressionException(string expression, int position, string problem, string? pythonKind = null)
        : base(Describe(expression, position, problem))
        => (Position, PythonKind) = (position, pythonKind);

    /// <summary>The class of the exception that Python itself would raise, such as <c>ZeroDivisionError</c>; null if none is
    /// known.</summary>
    public string? PythonKind { get; }

    /// <summary>Where in the expression, in UTF-16 code units from 0; the expression's length if it ended too early.</summary>
    public int Position { get; }

    static string Describe(string expression, int position, string problem)
    {
        int lineStart = position == 0 ? 0 : expression.LastIndexOf('\n', position - 1) + 1;
        int lineEnd = expression.IndexOf('\n', position) is var end and >= 0 ? end : expression.Length;
        int line = expression.AsSpan(0, lineStart).Count('\n') + 1;
        int from = Math.Max(lineStart, position - Context);
        int to = Math.Min(lineEnd, position + Context);
        string shown = string.Concat(expression[from..to].Select(letter => char.IsControl(letter) ? ' ' : letter));
        return $"{problem} (line {line}, column {position - lineStart + 1})\n  {shown}\n  {new string(' ', position - from)}^";
    }
}
