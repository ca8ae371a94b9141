using System.ComponentModel;
using System.Diagnostics;

namespace TorchInit.Oracle;

/// <summary>Asks a Python for its version and whether it finds torch.</summary>
static class PythonProbe
{
    const string Script = "import sys, importlib.util as u; print('torchinit', '.'.join(map(str, sys.version_info[:3])), "
        + "u.find_spec('torch') is not None)";
    const int MostOutput = 4 << 10;
    internal const string NoTorch = "no torch: ModuleNotFoundError";
    static readonly Version Oldest = new(3, 8);

    // An answer takes 30 ms, or seconds on a loaded machine; only a program that waits for something needs longer than this.
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    internal static PythonCandidate Ask(string path, string source) => Ask(path, source, Patience);

    internal static PythonCandidate Ask(string path, string source, TimeSpan patience)
    {
        PythonCandidate Refuse(string why, string? version = null) => new(path, source, version, why);
        (string output, string? refusal) = Run(path, Script, patience);
        if (refusal is not null) { return Refuse(refusal); }
        string[] answer = output.Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (answer is not ["torchinit", _, "True" or "False"] || !Version.TryParse(answer[1], out Version? version))
        {
            return Refuse("not a Python: it did not answer");
        }
        if (version < Oldest) { return Refuse($"Python {version}; torch_oracle.py needs {Oldest} or later", answer[1]); }
        return answer[2] == "True" ? new(path, source, answer[1], null) : Refuse(NoTorch, answer[1]);
    }

    /// <summary>Runs a script in a Python, isolated, and returns its output, or the reason why that failed.</summary>
    internal static (string Output, string? Refusal) Run(string path, string script, TimeSpan? limit = null)
    {
        TimeSpan patience = limit ?? Patience;
        ProcessStartInfo start = new(path) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        // -I: no PYTHON* variables, no user site, no directory of the script or the caller on sys.path.
        foreach (string argument in (string[])["-I", "-c", script]) { start.ArgumentList.Add(argument); }
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            OutputTail output = new(process.StandardOutput.BaseStream, MostOutput, MostOutput),
                errors = new(process.StandardError.BaseStream, MostOutput);
            if (!process.WaitForExit(patience))
            {
                ProcessTree.Kill(process);
                return ("", $"no answer in {patience.TotalSeconds} seconds");
            }
            // A child that the program left behind may hold the pipes open; the program's own output has been read by then.
            output.Ended(Rest);
            if (output.IsTooLong) { return ("", $"not a Python: it writes more than {MostOutput} bytes"); }
            return process.ExitCode == 0 ? (output.Text(), null) : ("", $"crashed: exit code {process.ExitCode}: {LastLine(errors)}");
        }
        catch (Win32Exception error)
        {
            return ("", $"cannot be started: {error.Message}");
        }
    }

    static string LastLine(OutputTail errors)
    {
        errors.Ended(Rest);
        return errors.Text().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [.., string last]
            ? last : "(silent)";
    }
}
