using System.Diagnostics;

namespace InitNotebooks.Tests;

/// <summary>torchinit as a process: console, references and working directory are a process's own.</summary>
static class Cli
{
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "TorchInit.Cli.dll");

    /// <summary>What an installed kernel starts: the same, in a load context of its own.</summary>
    public static string Host { get; } = Path.Combine(AppContext.BaseDirectory, "InitNotebooks.Host.dll");

    public static (int Code, string Output) Run(params string[] args) => Run("dotnet", [Program, .. args]);

    public static (int Code, string Output) Run(string program, IEnumerable<string> args, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(program, args)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true
        };
        foreach ((string name, string value) in environment) { start.Environment[name] = value; }
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(5)))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', args)}");
        }
        return (process.ExitCode, output.Result + error.Result);
    }
}
