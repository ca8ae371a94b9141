using System.ComponentModel;
using System.Diagnostics;

namespace TorchInit.Oracle;

/// <summary>Asks a Python for its version and whether it finds torch.</summary>
static class PythonProbe
{
    const string Script = "import sys, importlib.util as u; print('torchinit', '.'.join(map(str, sys.version_info[:3])), u.find_spec('torch') is not None)";
    internal const string NoTorch = "no torch: ModuleNotFoundError";
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    static readonly Version Oldest = new(3, 8);

    internal static PythonCandidate Ask(string path, string source)
    {
        PythonCandidate Refuse(string why, string? version = null) => new(path, source, version, why);
        (string output, string? refusal) = Run(path, Script);
        if (refusal is not null) { return Refuse(refusal); }
        string[] answer = output.Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (answer is not ["torchinit", _, "True" or "False"] || !Version.TryParse(answer[1], out Version? version)) { return Refuse("no Python: it did not answer the question"); }
        if (version < Oldest) { return Refuse($"Python {version}, and torch_oracle.py needs {Oldest}", answer[1]); }
        return answer[2] == "True" ? new(path, source, answer[1], null) : Refuse(NoTorch, answer[1]);
    }

    /// <summary>Runs a script alone in a Python, and gives what it prints, or why it could not be asked.</summary>
    internal static (string Output, string? Refusal) Run(string path, string script)
    {
        ProcessStartInfo start = new(path) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        // -I: no PYTHON* variables, no user site, no directory of the script or the caller on sys.path.
        foreach (string argument in (string[])["-I", "-c", script]) { start.ArgumentList.Add(argument); }
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                return ("", $"no answer in {Patience.TotalSeconds} seconds");
            }
            if (process.ExitCode != 0) { return ("", $"crashed: exit code {process.ExitCode}: {LastLine(errors)}"); }
            return (Task.WaitAny([output], 1000) == 0 ? output.Result : "", null);
        }
        catch (Win32Exception error)
        {
            return ("", $"cannot be started: {error.Message}");
        }
    }

    static string LastLine(Task<string> errors)
        => Task.WaitAny([errors], 1000) == 0 && errors.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [.., string last] ? last : "(silent)";
}
