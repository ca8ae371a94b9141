using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace TorchInit.MutationTests;

/// <summary>A worker's process, seen from outside.</summary>
sealed class Host : IDisposable
{
    readonly Process _process;
    readonly StringBuilder _errors = new();

    public Host(string program, int mutant = -1)
    {
        ProcessStartInfo start = new("dotnet", [program, "--worker"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TORCHINIT_MUTANT"] = mutant.ToString(CultureInfo.InvariantCulture);
        start.Environment["DOTNET_GCHeapHardLimit"] = "300000000";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => { if (line.Data is { } text) { lock (_errors) { _errors.AppendLine(text); } } };
        _process.BeginErrorReadLine();
        IsReady = Read(TimeSpan.FromMinutes(5))?.StartsWith("ready", StringComparison.Ordinal) == true;
    }

    /// <summary>False where the change keeps the tests from being found at all.</summary>
    public bool IsReady { get; }

    public void Send(string line)
    {
        try { _process.StandardInput.WriteLine(line); _process.StandardInput.Flush(); }
        catch (IOException) { return; }                // it died: the next answer is null
    }

    /// <summary>Its next line; null if it died or the time is over.</summary>
    public string? Read(TimeSpan limit)
    {
        Task<string?> line = _process.StandardOutput.ReadLineAsync();
        return line.Wait(limit) ? line.Result : null;
    }

    /// <summary>What it wrote to its standard error.</summary>
    public string Errors { get { lock (_errors) { return _errors.ToString(); } } }

    public bool HasDied => _process.WaitForExit(2000);

    public void Dispose()
    {
        if (!_process.HasExited) { _process.Kill(entireProcessTree: true); }
        _process.Dispose();
    }
}
