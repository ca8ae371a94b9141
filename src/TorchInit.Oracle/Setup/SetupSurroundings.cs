using System.ComponentModel;
using System.Diagnostics;

namespace TorchInit.Oracle;

/// <summary>The machine that <see cref="SetupRun"/> sees, as data, so that a test can supply another.</summary>
/// <param name="Search">Where to look for Pythons; its PATH is also used for other programs.</param>
/// <param name="IsRoot">Whether this process may install system packages.</param>
/// <param name="Variables">Environment variables for commands, which override those of this process.</param>
sealed record SetupSurroundings(PythonSearch Search, bool IsRoot, IReadOnlyDictionary<string, string> Variables)
{
    const int MostKept = 16 << 10;
    static readonly TimeSpan s_rest = TimeSpan.FromSeconds(10);

    internal static SetupSurroundings OfThisProcess()
        => new(PythonSearch.OfThisProcess(null), Environment.IsPrivilegedProcess, new Dictionary<string, string>());

    /// <summary>The path of Chromium, for notebooks in a browser.</summary>
    internal string Chromium { get; init; } = "/usr/bin/chromium";

    /// <summary>A program's path; null if it is not on PATH.</summary>
    internal string? Program(string name)
        => (Search.Environment("PATH") ?? "").Split(Path.PathSeparator).Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Runs a command to completion, however long it takes.</summary>
    /// <returns>Its exit code, and the end of its output on both streams.</returns>
    internal (int Code, string Said) Run(IReadOnlyList<string> command)
    {
        ProcessStartInfo start = new(Program(command[0]) ?? command[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Search.WorkingDirectory,
        };
        foreach (string argument in command.Skip(1)) { start.ArgumentList.Add(argument); }
        start.Environment["LC_ALL"] = "C";          // its output is quoted in English sentences
        foreach ((string name, string value) in Variables) { start.Environment[name] = value; }
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            OutputTail output = new(process.StandardOutput.BaseStream, MostKept), errors = new(process.StandardError.BaseStream, MostKept);
            process.WaitForExit();
            output.Ended(s_rest);
            errors.Ended(s_rest);
            return (process.ExitCode, $"{output.Text()}\n{errors.Text()}".Trim());
        }
        catch (Win32Exception error)
        {
            return (127, $"{command[0]} cannot be started: {error.Message}");
        }
    }
}
