using System.Text.Json.Nodes;

namespace InitNotebooks.Engine;

/// <summary>Runs a notebook without a front end and puts the outputs into it. One at a time in a process: console and references are the process's.</summary>
public static class NotebookRunner
{
    /// <summary>Runs the code cells in order; after one that fails, the others are not run and keep the outputs that they had.</summary>
    /// <param name="notebook">The outputs of the cells that ran are replaced.</param>
    /// <param name="directory">Relative files are found from here.</param>
    /// <param name="connect">Starts a Jupyter kernel; null where <c>#!connect</c> is refused.</param>
    /// <param name="starting">Called before each cell with its number among the code cells, from 1, and how many there are.</param>
    /// <returns>The cell that failed, and why; null when none did.</returns>
    public static CellFailure? Run(Notebook notebook, string directory, Func<string, IOtherKernel>? connect = null, Action<int, int>? starting = null)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        NotebookCell[] cells = [.. notebook.Cells.Where(cell => cell.IsCode)];
        using NotebookSession session = new(directory, connect);
        Dictionary<string, List<JsonObject>> displays = new(StringComparer.Ordinal);
        for (int at = 0; at < cells.Length; at++)
        {
            starting?.Invoke(at + 1, cells.Length);
            CellResult result = RunCell(session, cells[at], at + 1, displays);
            if (result.Error is { } error) { return new(notebook.Cells.IndexOf(cells[at]) + 1, cells[at], error); }
        }
        return null;
    }

    static CellResult RunCell(NotebookSession session, NotebookCell cell, int count, Dictionary<string, List<JsonObject>> displays)
    {
        CellResult result;
        CollectedOutput output;
        using (ConsoleCapture console = new(native: false))
        {
            output = new(displays, console.Flush);
            result = session.Run(cell.CodeToRun, output);
        }
        (cell.Outputs, cell.ExecutionCount) = (output.Finish(result, count), count);
        return result;
    }
}

/// <summary>A cell that failed.</summary>
/// <param name="Number">Among all cells, from 1.</param>
/// <param name="Cell">The cell.</param>
/// <param name="Error">Why.</param>
public sealed record CellFailure(int Number, NotebookCell Cell, CellError Error);
