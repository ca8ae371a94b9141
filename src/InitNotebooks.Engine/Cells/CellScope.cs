namespace InitNotebooks.Engine;

/// <summary>
/// The cell that code runs for, and where its output goes. It flows with the execution context, so what a task of an earlier cell writes
/// goes to that cell; code without one (native threads) writes to the latest.
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

    /// <summary>The cell of the calling code; else the latest; null before the first.</summary>
    public static CellScope? Current => s_current.Value ?? s_latest;

    /// <summary>The cell of the calling code; null on a thread that no cell started.</summary>
    internal static CellScope? Own => s_current.Value;

    /// <summary>The cell that was entered last, on any thread.</summary>
    public static CellScope? Latest => s_latest;

    /// <summary>Makes it the calling thread's cell, and the latest.</summary>
    public void Enter()
    {
        s_current.Value = this;
        s_latest = this;
    }

    /// <summary>
    /// An exception that nobody caught, on another thread than the cell's: it is shown, and the cell fails by the first one.
    /// </summary>
    internal void Stray(Exception error)
    {
        lock (_gate) { _stray ??= error; }
        Output.Text("stderr", $"Nobody caught this on another thread:\n{string.Join('\n', CellErrors.Of(error).Traceback)}\n");
    }

    /// <summary>What the cell ended in, once its other threads are heard.</summary>
    internal CellResult Judge(CellResult result)
    {
        Exception? stray;
        lock (_gate) { stray = _stray; }
        if (stray is null || result.Error is not null) { return result; }
        CellError error = CellErrors.Of(stray);
        return result with { Error = error with { Message = $"{error.Message} (on another thread of this cell, where nobody caught it)" } };
    }
}
