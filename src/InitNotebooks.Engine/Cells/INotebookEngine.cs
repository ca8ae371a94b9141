namespace InitNotebooks.Engine;

/// <summary>Runs a notebook's cells, as a host needs it: this is all that the Jupyter kernel knows of an engine.</summary>
public interface INotebookEngine : IDisposable
{
    /// <summary>Runs a cell, on the calling thread.</summary>
    /// <param name="code">C#, <c>#!</c> lines and other languages.</param>
    /// <param name="output">Receives what the cell writes and shows.</param>
    /// <param name="interrupt">Stops the cell: loops, sleeps and awaits end, and the result is KeyboardInterrupt.</param>
    CellResult Run(string code, ICellOutput output, CancellationToken interrupt = default);

    /// <summary>Completions at a place in the next cell.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="cursor">In code points, as Jupyter counts.</param>
    /// <param name="cancellation">Cancels the search.</param>
    Task<Completions> CompleteAsync(string code, int cursor, CancellationToken cancellation = default);

    /// <summary>Signature and documentation of what stands at a place in the next cell; null if nothing is known.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="cursor">In code points, as Jupyter counts.</param>
    /// <param name="cancellation">Cancels the search.</param>
    Task<string?> InspectAsync(string code, int cursor, CancellationToken cancellation = default);

    /// <summary><c>complete</c>, <c>incomplete</c> with the indentation of the next line, <c>invalid</c> or <c>unknown</c>.</summary>
    /// <param name="code">The cell's text.</param>
    (string Status, string Indent) Completeness(string code);
}
