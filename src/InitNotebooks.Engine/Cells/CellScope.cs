namespace InitNotebooks.Engine;

/// <summary>
/// The cell that code runs for, and where its output goes. It flows with the execution context, so what an earlier cell's task writes
/// goes to that cell; code without a cell (native threads) writes to the latest.
/// </summary>
/// <param name="output">Receives text and displays.</param>
public sealed class CellScope(ICellOutput output)
{
    static readonly AsyncLocal<CellScope?> s_current = new();
    static CellScope? s_latest;

    readonly Lock _gate = new();
    Exception? _stray;

    /// <summary>Receives text and displays.</summary>
    public ICellOutput Output { get; } = output;

    /// <summary>The cell of the calling code, or else the latest; null before the first.</summary>
    public static CellScope? Current => s_current.Value ?? s_latest;

    /// <summary>The cell of the calling code; null on a thread that no cell started.</summary>
    internal static CellScope? Own => s_current.Value;

    /// <summary>The cell that was entered last, on any thread.</summary>
    public static CellScope? Latest => s_latest;

    /// <summary>Makes this the calling thread's cell, and the latest.</summary>
    public void Enter()
    {
        s_current.Value = this;
        s_latest = this;
    }

    /// <summary>
    /// An uncaught exception on a thread other than the cell's: it is shown, and the first one fails the cell.
    /// </summary>
    internal void Stray(Exception error)
    {
        lock (_gate) { _stray ??= error; }
        ConsoleCapture.FlushCurrent();
        Output.Text("stderr", $"Uncaught exception on another thread:\n{string.Join('\n', CellErrors.Of(error).Traceback)}\n");
    }

    /// <summary>The cell's result, including failures of its other threads.</summary>
    internal CellResult Judge(CellResult result)
    {
        Exception? stray;
        lock (_gate) { stray = _stray; }
        if (stray is null || result.Error is not null) { return result; }
        CellError error = CellErrors.Of(stray);
        return result with { Error = error with { Message = $"{error.Message} (uncaught, on another thread of this cell)" } };
    }
}
