using System.Collections.Concurrent;
using System.Diagnostics;

namespace TorchInit.Oracle;

/// <summary>One worker: a Python that runs torch_oracle.py, its two streams, and the end of its standard error.</summary>
sealed class WorkerProcess : IDisposable
{
    const int TailLength = 8 << 10;

    // The output left in the pipe of an ended process is read in microseconds; a loaded machine may take longer to start reading.
    static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(10);
    readonly Process _process;
    readonly OutputTail _errors;
    readonly BlockingCollection<Action> _exchanges = [];
    readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Starts the worker; its first frame is not read yet.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    internal WorkerProcess(string python, WorkerOptions options)
    {
        ProcessStartInfo start = new(python)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(options.Script)!,
        };
        // -I: nothing from PYTHONPATH, PYTHONSTARTUP, the user's site or the working directory runs. utf8: one encoding on Windows too.
        string[] device = options.OnGpu ? ["cuda"] : [];
        foreach (string argument in (string[])["-I", "-X", "utf8", options.Script, .. device]) { start.ArgumentList.Add(argument); }
        foreach ((string name, string? value) in options.Environment) { start.Environment[name] = value; }
        _process = new() { StartInfo = start, EnableRaisingEvents = true };
        _process.Exited += (_, _) => _ended.TrySetResult();
        _process.Start();
        _errors = new(_process.StandardError.BaseStream, TailLength);
        // A blocking read of a pipe cannot be cancelled on every system, and a child of the worker may keep the pipe open after its death,
        // so exchanges run on a thread that can be abandoned.
        new Thread(() => { foreach (Action exchange in _exchanges.GetConsumingEnumerable()) { exchange(); } })
        {
            IsBackground = true,
            Name = "torch worker"
        }.Start();
    }

    internal int Id => _process.Id;

    /// <summary>Runs one exchange on the worker's streams; a worker that takes too long is killed, whoever holds its streams.</summary>
    /// <exception cref="OracleCrashedException">The worker ended or was killed before the exchange was complete.</exception>
    /// <exception cref="OracleProtocolException">The exchange's reader refused what it received.</exception>
    internal T Exchange<T>(TimeSpan patience, Func<Stream, Stream, T> exchange)
    {
        TaskCompletionSource<T> exchanged = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _exchanges.Add(() =>
        {
            try { exchanged.SetResult(exchange(_process.StandardInput.BaseStream, _process.StandardOutput.BaseStream)); }
            catch (Exception error) { exchanged.SetException(error); }
        });
        Task<T> answer = exchanged.Task;
        int first = Task.WaitAny([answer, _ended.Task], patience);
        // The output of an ended worker is still in the pipe.
        if (first == 1) { Task.WaitAny([answer], ExitPatience); }
        if (answer.IsCompletedSuccessfully) { return answer.Result; }
        if (answer.Exception?.InnerException is { } error and not IOException)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error);
        }
        throw Crash(first < 0 ? patience : null);
    }

    /// <summary>The end of the worker's standard error; complete once the worker has ended.</summary>
    internal string Tail()
    {
        if (_process.HasExited) { _errors.Ended(ExitPatience); }
        return _errors.Text();
    }

    /// <summary>Kills the worker and its descendants.</summary>
    public void Dispose()
    {
        _exchanges.CompleteAdding();
        ProcessTree.Kill(_process);
        _process.WaitForExit(ExitPatience);
        _process.Dispose();
    }

    /// <summary>How the worker ended, or why it is killed: too late, or its output is closed.</summary>
    OracleCrashedException Crash(TimeSpan? late)
    {
        if (late is { } patience)
        {
            ProcessTree.Kill(_process);
            _process.WaitForExit(ExitPatience);
            return new($"The worker gave no answer in {patience.TotalSeconds:0.###} s and was stopped", Tail(), null, timedOut: true);
        }
        return _process.WaitForExit(ExitPatience)
            ? new($"The worker died with exit code {_process.ExitCode}", Tail(), _process.ExitCode, timedOut: false)
            : new("The worker closed its output and was stopped", Tail(), null, timedOut: false);
    }
}
