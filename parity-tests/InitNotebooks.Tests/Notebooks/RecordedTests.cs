using System.Text.Json.Nodes;
using InitNotebooks.Engine;

namespace InitNotebooks.Tests.Cells;

/// <summary>A notebook where a kernel cannot be had: its cells show what was recorded, marked and counted; the others run.</summary>
[Collection("One session at a time")]
public sealed class RecordedTests : IDisposable
{
    const string Connect = "#!connect fake --kernel-name fake";

    readonly FakeKernel _kernel = new();
    readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    NotebookRun Run(Notebook notebook)
        => NotebookRunner.Run(notebook, _files.Folder, [_kernel.Kind], isLack: error => error.Name == "TimeoutException");

    /// <summary>Runs the cells with the kernel, writes and reads the notebook, and gives it.</summary>
    Notebook Recorded(params string[] cells)
    {
        Notebook notebook = new();
        foreach (string cell in cells) { notebook.Cells.Add(new() { Kind = "code", Source = cell, Id = $"c{notebook.Cells.Count}" }); }
        NotebookRun run = Run(notebook);
        Assert.Equal((cells.Length, 0, null), (run.Passed, run.Recorded, run.Failure?.Error));
        _kernel.Missing = "It is not installed.";
        return Ipynb.Read(Ipynb.Write(notebook));
    }

    static Notebook Copy(Notebook notebook) => Ipynb.Read(Ipynb.Write(notebook));

    static string Text(NotebookCell cell)
        => string.Concat(cell.Outputs.Select(output => Ipynb.Text(output!["text"] ?? output["data"]?["text/plain"]) + "\n"));

    [Fact]
    public void Cells_of_the_kernel_show_what_was_recorded()
    {
        Notebook stored = Recorded(Connect, "#!fake\nx = 1\nsay one", "Console.WriteLine(2);"), fresh = Copy(stored);
        NotebookRun run = Run(fresh);
        Assert.Equal((1, 2, null), (run.Passed, run.Recorded, run.Failure));
        Assert.Equal("There is no #!fake here; what it showed is shown as it was recorded. It is not installed.\n", Text(fresh.Cells[0]));
        Assert.Equal("Recorded with Fake 1.0; not run here.\nsay one\n\n", Text(fresh.Cells[1]));
        Assert.Equal("2\n\n", Text(fresh.Cells[2]));
        Assert.Null(OutputCheck.FirstDifference(stored, fresh));
        // A second time shows the same, and with the kernel nothing of it is left.
        Notebook again = Copy(fresh);
        Run(again);
        Assert.Equal(Ipynb.Write(fresh), Ipynb.Write(again));
        _kernel.Missing = null;
        Run(again);
        Assert.Equal(Ipynb.Write(stored), Ipynb.Write(again));
    }

    [Fact]
    public void Small_values_are_recorded_and_CSharp_runs_on_them()
    {
        Notebook stored = Recorded(Connect, "#!fake\nx = 7",
            "#!share few --from fake\n#!set --name n --value @fake:whole\n"
                + "Console.WriteLine($\"{few[0, 0]} {few.GetType()} {n.GetType()}\");",
            "Console.WriteLine(few[1, 1] + n);"), fresh = Copy(stored);
        NotebookRun run = Run(fresh);
        Assert.Equal((2, 2, null), (run.Passed, run.Recorded, run.Failure?.Error));
        Assert.Equal("few of #!fake, whole of #!fake: recorded with Fake 1.0, not made here.\n"
            + "7 System.Single[,] System.Int64\n\n", Text(fresh.Cells[2]));
        Assert.Equal("9\n\n", Text(fresh.Cells[3]));
        Assert.Null(OutputCheck.FirstDifference(stored, fresh));
    }

    [Fact]
    public void What_needs_a_value_that_is_not_recorded_is_not_run_either()
    {
        Notebook fresh = Recorded(Connect,
            "#!share many --from fake --as big\nint size = big.Length;\nvoid Show() => Console.WriteLine(size);",
            "Console.WriteLine(1);", "var twice = 2 * size;", "Console.WriteLine(twice);", "Show();", "int size = 3;\nint twice = 4;",
            "Console.WriteLine(size + twice);",
            "var holder = new { size };\nConsole.WriteLine(holder.size);", "Console.WriteLine(big.Length);");
        NotebookRun run = Run(fresh);
        Assert.Null(run.Failure);
        Assert.Equal("Recorded with Fake 1.0; not run here.\n", Text(fresh.Cells[1]));
        string[] shown = [.. fresh.Cells.Select(Text)];
        const string mark = "Recorded earlier; not run here.\n";
        Assert.Equal(["1\n\n", mark, $"{mark}200000\n\n", $"{mark}100000\n\n", "", "7\n\n", "3\n\n", $"{mark}100000\n\n"], shown[2..]);
        Assert.Equal((4, 6), (run.Passed, run.Recorded));
    }

    [Fact]
    public void A_CSharp_cell_that_says_what_is_missing_is_recorded_too()
    {
        Notebook stored = Recorded(Connect, "Console.WriteLine(1);");
        JsonArray outputs = stored.Cells[1].Outputs.DeepClone().AsArray();
        const string lacking = "int kept = 1;\nthrow new TimeoutException();";
        stored.Cells[1] = new() { Kind = "code", Source = lacking, Id = "x", ExecutionCount = 2, Outputs = outputs };
        stored.Cells.Add(new() { Kind = "code", Source = "Console.WriteLine(kept);", Id = "y", ExecutionCount = 3 });
        NotebookRun run = Run(stored);
        Assert.Equal((0, 3, null), (run.Passed, run.Recorded, run.Failure));
        Assert.Equal("Recorded earlier; not run here.\n1\n\n", Text(stored.Cells[1]));
    }

    [Fact]
    public void What_was_never_run_or_failed_is_no_record()
    {
        Notebook notebook = Recorded(Connect, "#!fake\nsay one");
        notebook.Cells[1].ExecutionCount = null;
        Assert.Equal(("NotRecorded", 2), (Run(notebook).Failure!.Error.Name, Run(notebook).Failure!.Number));
        notebook.Cells[1].ExecutionCount = 2;
        JsonObject error = new() { ["output_type"] = "error", ["ename"] = "E", ["evalue"] = "", ["traceback"] = new JsonArray() };
        notebook.Cells[1].Outputs.Add(error);
        Assert.Contains("what is recorded is an error", Run(notebook).Failure!.Error.Message);
    }

    [Fact]
    public void A_value_that_is_another_by_now_is_found_by_the_check()
    {
        Notebook stored = Recorded(Connect, "#!fake\nx = 7", "#!share few --from fake\nConsole.WriteLine(few.Length);");
        Assert.Contains("initnotebooks", Ipynb.Write(stored));
        Notebook changed = Copy(stored);
        string data = (string)Recordings.Values(changed.Cells[2])!["fake"]!["few"]!["value"]!["data"]!;
        Assert.Null(OutputCheck.FirstDifference(stored, changed));
        Recordings.Values(changed.Cells[2])!["fake"]!["few"]!["value"]!["data"] = "BB" + data[2..];
        Assert.StartsWith("cell 3, recorded values: stored", OutputCheck.FirstDifference(stored, changed));
        // What a stranger wrote there is an error of the cell, and no more.
        Recordings.Values(changed.Cells[2])!["fake"]!["few"]!["value"]!["data"] = "no bytes";
        Assert.Equal("MagicError", Run(changed).Failure!.Error.Name);
        Recordings.Values(changed.Cells[2])!["fake"]!["few"]!["value"] = new JsonObject { ["dtype"] = 5, ["shape"] = "x" };
        Assert.Equal("MagicError", Run(changed).Failure!.Error.Name);
    }

    [Fact]
    public void Without_a_notebook_the_cells_say_what_is_missing()
    {
        _kernel.Missing = "It is not installed.";
        using NotebookSession session = new(_files.Folder, _kernel.Kind);
        Recorder output = new();
        CancellationToken token = TestContext.Current.CancellationToken;
        Assert.Equal("#!connect fake: It is not installed.", session.Run(Connect, output, token).Error!.Message);
        Assert.Equal("There is no kernel #!fake here: It is not installed.", session.Run("#!fake\nx = 1", output, token).Error!.Message);
        _kernel.Missing = null;
        Assert.Null(session.Run(Connect, output, token).Error);
        Assert.Null(session.Run("#!fake\nx = 1", output, token).Error);
    }
}
