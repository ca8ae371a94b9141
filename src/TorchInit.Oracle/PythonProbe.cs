using System.ComponentModel;
using System.Diagnostics;

namespace TorchInit.Oracle;

/// <summary>Asks a Python for its version and whether it finds torch.</summary>
static class PythonProbe
{
    const string Script = "import sys, importlib.util as u; print('torchinit', '.'.join(map(str, sys.version_info[:3])), u.find_spec('torch') is not None)";
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    static readonly Version Oldest = new(3, 8);

    internal static PythonCandidate Ask(string path, string source)
    {
        ProcessStartInfo start = new(path) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        // -I: no PYTHON* variables, no user site, no directory of the script or the caller on sys.path.
        foreach (string argument in (string[])["-I", "-c", Script]) { start.ArgumentList.Add(argument); }
        PythonCandidate Refuse(string why, string? version = null) => new(path, source, version, why);
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                return Refuse($"no answer in {Patience.TotalSeconds} seconds");
            }
            if (process.ExitCode != 0) { return Refuse($"crashed: exit code {process.ExitCode}: {LastLine(errors)}"); }
            string[] answer = (Task.WaitAny([output], 1000) == 0 ? output.Result : "").Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
            if (answer is not ["torchinit", _, "True" or "False"] || !Version.TryParse(answer[1], out Version? version)) { return Refuse("no Python: it did not answer the question"); }
            if (version < Oldest) { return Refuse($"Python {version}, and torch_oracle.py needs {Oldest}", answer[1]); }
            return answer[2] == "True" ? new(path, source, answer[1], null) : Refuse("no torch: ModuleNotFoundError", answer[1]);
        }
        catch (Win32Exception error)
        {
            return Refuse($"cannot be started: {error.Message}");
        }
    }

    static string LastLine(Task<string> errors)
        => Task.WaitAny([errors], 1000) == 0 && errors.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [.., string last] ? last : "(silent)";
}
