using System.Diagnostics;
using System.Text;
using System.Text.Json;
using TorchInit.Oracle;

[assembly: AssemblyFixture(typeof(TorchInit.ParityTests.Plans.RecordingPython))]

namespace TorchInit.ParityTests.Plans;

/// <summary>One Python that records model after model, so that torch is imported once.</summary>
public sealed class RecordingPython : IDisposable
{
    static readonly JsonSerializerOptions s_names = new(JsonSerializerDefaults.Web);

    readonly Lock _lock = new();
    Process? _process;
    Task<string>? _errors;

    /// <summary>The recording of a model, and torch's hashes of the seeds.</summary>
    public Recording Ask(string model, string dtype, IReadOnlyList<long> seeds, params string[] call)
    {
        lock (_lock)
        {
            _process ??= Start();
            _process.StandardInput.WriteLine(JsonSerializer.Serialize(new { model, dtype, call, seeds }));
            _process.StandardInput.Flush();
            if (_process.StandardOutput.ReadLine() is not { } line)
            {
                _process.WaitForExit();
                _process = null;
                throw new InvalidOperationException($"{model} ended the Python: {_errors!.Result}");
            }
            Answer answer = JsonSerializer.Deserialize<Answer>(line, s_names)!;
            return new(model, DType.Parse(dtype), answer.Plan, answer.Hashes ?? [], answer.Refused);
        }
    }

    public void Dispose()
    {
        if (_process is null) { return; }
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    Process Start()
    {
        ProcessStartInfo start = new(PythonLocator.Locate().Path)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        string script = Path.Combine(AppContext.BaseDirectory, "record_many.py");
        foreach (string argument in (string[])["-I", "-X", "utf8", script, OracleScript.Of("record_init.py")])
        {
            start.ArgumentList.Add(argument);
        }
        Process process = Process.Start(start)!;
        _errors = process.StandardError.ReadToEndAsync();
        return process;
    }

    sealed record Answer(string? Plan, IReadOnlyList<TorchHash>? Hashes, string? Refused);
}
