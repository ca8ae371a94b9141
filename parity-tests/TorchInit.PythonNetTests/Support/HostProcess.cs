using System.Diagnostics;
using System.Reflection;

namespace TorchInit.PythonNetTests.Support;

/// <summary>A process of this program that runs one of <see cref="HostScenarios"/>.</summary>
static class HostProcess
{
    // Far beyond what a busy machine needs: this is how a hang is told from slowness.
    static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    /// <returns>The exit code and what was printed on both streams.</returns>
    public static (int ExitCode, string Output, string Errors) Run(
        string scenario, string[]? arguments = null, string? folder = null, IReadOnlyDictionary<string, string>? variables = null)
    {
        string program = Environment.ProcessPath!;
        ProcessStartInfo start = new(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? AppContext.BaseDirectory,
        };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet") { start.ArgumentList.Add(Assembly.GetExecutingAssembly().Location); }
        foreach (string argument in (string[])["--host", scenario, .. arguments ?? []]) { start.ArgumentList.Add(argument); }
        foreach ((string name, string value) in variables ?? new Dictionary<string, string>()) { start.Environment[name] = value; }
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{scenario} did not end in {s_patience.TotalMinutes} minutes. It printed: {output.Result}{errors.Result}");
        }
        return (process.ExitCode, output.Result.ReplaceLineEndings("\n").TrimEnd(), errors.Result.ReplaceLineEndings("\n").TrimEnd());
    }

    /// <summary>Runs a scenario that must end well, and gives what it printed.</summary>
    public static string Lines(
        string scenario, string[]? arguments = null, string? folder = null, IReadOnlyDictionary<string, string>? variables = null)
    {
        InProcess.Require();
        (int code, string output, string errors) = Run(scenario, arguments, folder, variables);
        Assert.True(code == 0, $"{scenario} ended with exit code {code}.\n{output}\n{errors}");
        return output;
    }
}
