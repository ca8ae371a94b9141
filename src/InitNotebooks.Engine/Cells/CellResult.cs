using System.Text.Json.Nodes;

namespace InitNotebooks.Engine;

/// <summary>The result of a cell.</summary>
/// <param name="Value">The value of its last expression.</param>
/// <param name="HasValue">Whether the last statement was an expression without a semicolon.</param>
/// <param name="Error">The error; null if there was none.</param>
public sealed record CellResult(object? Value = null, bool HasValue = false, CellError? Error = null)
{
    /// <summary>The value in the forms that a front end may choose from; null if there is none.</summary>
    public JsonObject? Shown { get; init; }

    /// <summary>A cell that succeeded without a value.</summary>
    public static CellResult Nothing { get; } = new();

    /// <summary>A cell that failed.</summary>
    /// <param name="name">The exception's class, or CompilationError, KeyboardInterrupt, ….</param>
    /// <param name="message">One sentence.</param>
    /// <param name="traceback">Lines to show; null for the message alone.</param>
    public static CellResult Failed(string name, string message, IReadOnlyList<string>? traceback = null)
        => new(Error: new(name, message, traceback ?? [message]));

    /// <summary>A cell that the user interrupted.</summary>
    internal static CellResult Interrupted { get; } = Failed("KeyboardInterrupt", "The cell was interrupted.");
}

/// <summary>The error of a cell that failed.</summary>
/// <param name="Name">The exception's class, or CompilationError, KeyboardInterrupt, ….</param>
/// <param name="Message">One sentence.</param>
/// <param name="Traceback">Lines to show: source with carets, or a stack trace with the cell's line numbers.</param>
public sealed record CellError(string Name, string Message, IReadOnlyList<string> Traceback);
