using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using InitNotebooks.Engine;

namespace TorchInit.Cli;

/// <summary>
/// A cell can end its process: by a stack overflow, FailFast, Environment.Exit, native code. So the cells run in a child process,
/// whose last words and progress this one keeps; if the child ends too early, the cell that was running gets the error.
/// </summary>
static class SupervisedRun
{
    /// <summary>Set in the process that runs the cells: the folder that holds its progress.</summary>
    const string Variable = "INITNOTEBOOKS_PROGRESS";

    const string CellFile = "cell", NotebookFile = "notebook.ipynb", EndFile = "ended";
    const int MostCharacters = 1 << 14;

    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    static string? Progress => Environment.GetEnvironmentVariable(Variable);

    /// <summary>Whether this is the process that runs the cells.</summary>
    public static bool IsChild => Progress is not null;

    /// <summary>In the child: records that a cell begins.</summary>
    public static void Starting(Notebook notebook, int cell)
    {
        if (Progress is not { } folder) { return; }
        notebook.Save(Path.Combine(folder, NotebookFile));
        File.WriteAllText(Path.Combine(folder, CellFile), cell.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>In the child: records that the run is complete.</summary>
    public static void Ended() => File.WriteAllText(Path.Combine(Progress!, EndFile), "");

    /// <summary>In the child: ends this process when the parent ends, for whatever reason.</summary>
    public static void EndWithParent() => new Thread(() =>
    {
        while (Console.OpenStandardInput().ReadByte() >= 0) { }
        Environment.Exit(ExitCodes.Broken);
    })
    {
        IsBackground = true,
        Name = "parent",
    }.Start();

    /// <summary>Runs this same command in a child.</summary>
    /// <param name="died">Receives the notebook so far, and the failed cell with its number among all cells and the error.</param>
    /// <returns>The child's exit code, or what <paramref name="died"/> gives.</returns>
    public static int Run(Func<Notebook, CellFailure, int> died)
    {
        string folder = Directory.CreateTempSubdirectory("notebook-run-").FullName;
        try
        {
            string[] program = HostProgram.Command;
            ProcessStartInfo start = new(program[0],
                [.. program[1..], .. Environment.GetCommandLineArgs()[1..]])
            { RedirectStandardError = true, RedirectStandardInput = true };
            start.Environment[Variable] = folder;
            using Process process = Process.Start(start)!;
            StringBuilder said = new();
            Task passed = Task.Run(() => Pass(process.StandardError, said));
            process.WaitForExit();
            passed.Wait(s_patience);       // a process that a cell left behind may keep stderr open
            string words;
            lock (said) { words = said.ToString().Trim(); }
            if (File.Exists(Path.Combine(folder, EndFile)) || !File.Exists(Path.Combine(folder, CellFile))) { return process.ExitCode; }
            int cell = int.Parse(File.ReadAllText(Path.Combine(folder, CellFile)), CultureInfo.InvariantCulture);
            Notebook notebook = Notebook.Load(Path.Combine(folder, NotebookFile));
            return died(notebook, Failure(notebook, cell, process.ExitCode, words));
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    /// <summary>Forwards the child's stderr to ours, and keeps its beginning, which says why it died.</summary>
    static void Pass(StreamReader error, StringBuilder words)
    {
        char[] buffer = new char[4096];
        for (int count; (count = error.Read(buffer)) > 0;)
        {
            Console.Error.Write(buffer.AsSpan(0, count));
            lock (words) { words.Append(buffer, 0, Math.Min(count, MostCharacters - words.Length)); }
        }
    }

    static CellFailure Failure(Notebook notebook, int number, int code, string words)
    {
        NotebookCell cell = notebook.Cells.Where(each => each.IsCode).ElementAt(number - 1);
        string why = words.Length > 0 ? words.Split('\n')[0] : code is > 128 and < 160 ? $"signal {code - 128}"
            : $"exit code {code}; Environment.Exit, or native code";
        CellError error = new("ProcessEnded", $"The cell ended the process that ran it: {why}", words.Length > 0 ? words.Split('\n')
            : [why]);
        (cell.ExecutionCount, cell.Outputs) = (number, [new JsonObject
        {
            ["output_type"] = "error",
            ["ename"] = error.Name,
            ["evalue"] = error.Message,
            ["traceback"] = new JsonArray([.. error.Traceback.Select(line => JsonValue.Create(line))]),
        }]);
        return new(notebook.Cells.IndexOf(cell) + 1, cell, error);
    }
}
