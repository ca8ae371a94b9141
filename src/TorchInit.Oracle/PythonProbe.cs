using System.ComponentModel;
using System.Diagnostics;

namespace TorchInit.Oracle;

/// <summary>Asks a Python for its version and whether it finds torch.</summary>
static class PythonProbe
{
    const string Script = "import sys, importlib.util as u; print('torchinit', '.'.join(map(str, sys.version_info[:3])), u.find_spec('torch') is not None)";
    const int MostOutput = 4 << 10;
    static readonly Version Oldest = new(3, 8);

    // An answer takes 30 ms, on a machine under load seconds; only a program that waits for something needs longer than this.
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    internal static PythonCandidate Ask(string path, string source) => Ask(path, source, Patience);

    internal static PythonCandidate Ask(string path, string source, TimeSpan patience)
    {
        ProcessStartInfo start = new(path) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        // -I: no PYTHON* variables, no user site, no directory of the script or the caller on sys.path.
        foreach (string argument in (string[])["-I", "-c", Script]) { start.ArgumentList.Add(argument); }
        PythonCandidate Refuse(string why, string? version = null) => new(path, source, version, why);
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            OutputTail output = new(process.StandardOutput.BaseStream, MostOutput, MostOutput),
                errors = new(process.StandardError.BaseStream, MostOutput);
            if (!process.WaitForExit(patience))
            {
                ProcessTree.Kill(process);
                return Refuse($"no answer in {patience.TotalSeconds} seconds");
            }
            // A child that it left behind may hold the pipes open: what it said itself is read by then.
            output.Ended(Rest);
            if (output.IsTooLong) { return Refuse($"no Python: it says more than {MostOutput} bytes"); }
            if (process.ExitCode != 0) { return Refuse($"crashed: exit code {process.ExitCode}: {LastLine(errors)}"); }
            string[] answer = output.Text().Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
            if (answer is not ["torchinit", _, "True" or "False"] || !Version.TryParse(answer[1], out Version? version)) { return Refuse("no Python: it did not answer the question"); }
            if (version < Oldest) { return Refuse($"Python {version}, and torch_oracle.py needs {Oldest}", answer[1]); }
            return answer[2] == "True" ? new(path, source, answer[1], null) : Refuse("no torch: ModuleNotFoundError", answer[1]);
        }
        catch (Win32Exception error)
        {
            return Refuse($"cannot be started: {error.Message}");
        }
    }

    static string LastLine(OutputTail errors)
    {
        errors.Ended(Rest);
        return errors.Text().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [.., string last]
            ? last : "(silent)";
    }
}
