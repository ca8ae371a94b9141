namespace TorchInit;

/// <summary>An expression that is no call in torch's spelling. The message says what was expected and found, and points at the
/// place.</summary>
public sealed class TorchExpressionException : FormatException
{
    // On both sides of the caret: a line that fits a terminal, of an expression that may have 64 Ki characters.
    const int Context = 50;

    internal TorchExpressionException(string expression, int position, string problem, string? pythonKind = null)
        : base(Describe(expression, position, problem))
        => (Position, PythonKind) = (position, pythonKind);

    /// <summary>The class of the exception that Python raises for it, for example <c>ZeroDivisionError</c>; null where it is no
    /// Python.</summary>
    public string? PythonKind { get; }

    /// <summary>Where in the expression, in UTF-16 units from 0; its length when the end came too early.</summary>
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
