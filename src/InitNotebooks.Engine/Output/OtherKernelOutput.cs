using System.Text.Json.Nodes;

namespace InitNotebooks.Engine;

/// <summary>The output of another kernel's cell: text in batches, in order with what C# writes and with what is shown; a question ends if
/// the cell is interrupted.</summary>
sealed class OtherKernelOutput(ICellOutput output, CancellationToken interrupt) : ICellOutput, IDisposable
{
    // The console's, so that the texts of all languages stay in order.
    readonly TextBatches _batches = ConsoleCapture.Shared ?? new();
    readonly CellScope _cell = new(output);

    public void Text(string stream, string text) => _batches.Write(_cell, stream, text);

    public void Display(JsonObject data, string id, bool update)
    {
        _batches.Flush();
        output.Display(data, id, update);
    }

    public void Clear(bool wait)
    {
        _batches.Flush();
        output.Clear(wait);
    }

    public bool CanAsk => output.CanAsk;

    /// <exception cref="OperationCanceledException">The cell was interrupted.</exception>
    public string? Input(string prompt, bool password)
    {
        _batches.Flush();
        using InterruptScope scope = new(interrupt);
        try { return output.Input(prompt, password); }
        catch (ThreadInterruptedException) { throw new OperationCanceledException(interrupt); }
    }

    public void Dispose()
    {
        _batches.Flush();
        if (_batches != ConsoleCapture.Shared) { _batches.Dispose(); }
    }
}
