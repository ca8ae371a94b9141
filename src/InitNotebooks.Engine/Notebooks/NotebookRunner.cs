using System.Text.Json.Nodes;

namespace InitNotebooks.Engine;

/// <summary>Runs a notebook without a front end and stores the outputs in it. Only one runs at a time in a process: console and references
/// belong to the process.</summary>
public static class NotebookRunner
{
    /// <summary>
    /// Runs the code cells in order; after a failure, the remaining cells do not run and keep their old outputs. A cell whose kernel
    /// this machine lacks does not run either: it shows what was recorded, marked as such, and so does a cell that needs what it
    /// would have made.
    /// </summary>
    /// <param name="notebook">The notebook; outputs of the cells that run are replaced.</param>
    /// <param name="directory">Relative paths start here.</param>
    /// <param name="kinds">The kinds of kernel that <c>#!connect</c> offers; null refuses it.</param>
    /// <param name="starting">Called before each cell with its number among the code cells, from 1, and how many there are.</param>
    /// <param name="isLack">Whether a cell's error only says that this machine lacks what the notebook was recorded with.</param>
    public static NotebookRun Run(Notebook notebook, string directory, IReadOnlyList<KernelKind>? kinds = null,
        Action<int, int>? starting = null, Predicate<CellError>? isLack = null)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        NotebookCell[] cells = [.. notebook.Cells.Where(cell => cell.IsCode)];
        Recordings recordings = new();
        using NotebookSession session = new(directory, kinds ?? []) { Recordings = recordings };
        CellNeeds needs = new(session);
        Dictionary<string, List<JsonObject>> displays = new(StringComparer.Ordinal);
        (int passed, int recorded) = (0, 0);
        for (int at = 0; at < cells.Length; at++)
        {
            starting?.Invoke(at + 1, cells.Length);
            NotebookCell cell = cells[at];
            JsonArray stored = cell.Outputs;
            int? count = cell.ExecutionCount;
            recordings.Begin(cell);
            CellError? error = null;
            bool canRun = needs.CanRun(cell);
            if (canRun)
            {
                error = RunCell(session, cell, at + 1, displays).Error;
                if (error is not null && isLack?.Invoke(error) != true) { return new(passed, recorded, Failed(cell, error)); }
            }
            if (canRun && error is null)
            {
                recordings.End();
                recordings.Mark(cell);
                needs.Find(cell);
                (passed, recorded) = recordings.IsLacking ? (passed, recorded + 1) : (passed + 1, recorded);
                continue;
            }
            (cell.Outputs, cell.ExecutionCount) = (stored, count);
            if (Recordings.Replay(cell) is { } why) { return new(passed, recorded, Failed(cell, new("NotRecorded", why, [why]))); }
            needs.Lose(cell);
            recorded++;
        }
        return new(passed, recorded, null);

        CellFailure Failed(NotebookCell cell, CellError error) => new(notebook.Cells.IndexOf(cell) + 1, cell, error);
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

/// <summary>The result of running a notebook.</summary>
/// <param name="Passed">Cells that ran to their end.</param>
/// <param name="Recorded">Cells that did not run here and show what was recorded, or that would have connected a missing
/// kernel.</param>
/// <param name="Failure">The cell that failed, and why; null if none did.</param>
public sealed record NotebookRun(int Passed, int Recorded, CellFailure? Failure);

/// <summary>A cell that failed.</summary>
/// <param name="Number">Its number among all cells, from 1.</param>
/// <param name="Cell">The cell.</param>
/// <param name="Error">The error.</param>
public sealed record CellFailure(int Number, NotebookCell Cell, CellError Error);
