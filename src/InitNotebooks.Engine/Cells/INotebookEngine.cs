namespace InitNotebooks.Engine;

/// <summary>What runs a notebook's cells, as a host needs it: the Jupyter kernel knows no more of an engine than this.</summary>
public interface INotebookEngine : IDisposable
{
    /// <summary>Runs a cell, on the calling thread.</summary>
    /// <param name="code">C#, <c>#!</c> lines and other languages.</param>
    /// <param name="output">Receives what it writes and shows.</param>
    /// <param name="interrupt">Stops it: loops, sleeps and awaits end, and the result is KeyboardInterrupt.</param>
    CellResult Run(string code, ICellOutput output, CancellationToken interrupt = default);

    /// <summary>What can stand at a place of the next cell.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="cursor">In code points, as Jupyter counts.</param>
    /// <param name="cancellation">Ends the search.</param>
    Task<Completions> CompleteAsync(string code, int cursor, CancellationToken cancellation = default);

    /// <summary>What stands at a place of the next cell: signature and documentation; null where nothing is known.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="cursor">In code points, as Jupyter counts.</param>
    /// <param name="cancellation">Ends the search.</param>
    Task<string?> InspectAsync(string code, int cursor, CancellationToken cancellation = default);

    /// <summary><c>complete</c>, <c>incomplete</c> with the indentation of the next line, <c>invalid</c> or <c>unknown</c>.</summary>
    /// <param name="code">The cell's text.</param>
    (string Status, string Indent) Completeness(string code);
}
