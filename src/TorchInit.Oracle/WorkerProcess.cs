using System.Diagnostics;
using System.Text;

namespace TorchInit.Oracle;

/// <summary>One worker: a Python that runs torch_oracle.py, its two streams, and the end of what it wrote to standard error.</summary>
sealed class WorkerProcess : IDisposable
{
    const int TailLength = 8 << 10;
    const int Running = 0, Done = 1, Late = 2;
    static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(5);
    readonly Process _process;
    readonly Thread _errorReader;
    readonly byte[] _tail = new byte[TailLength];
    long _tailWritten;

    /// <summary>Starts the worker; the hello is still to be read.</summary>
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
        // -I: what PYTHONPATH, PYTHONSTARTUP, the user's site or the working directory hold is not run. utf8: one encoding on Windows too.
        foreach (string argument in (string[])["-I", "-X", "utf8", options.Script]) { start.ArgumentList.Add(argument); }
        foreach ((string name, string? value) in options.Environment) { start.Environment[name] = value; }
        _process = Process.Start(start)!;
        _errorReader = new Thread(KeepTail) { IsBackground = true, Name = "torch worker's standard error" };
        _errorReader.Start();
    }

    internal int Id => _process.Id;

    /// <summary>Runs one exchange on the worker's streams; a worker that needs longer is killed.</summary>
    /// <exception cref="OracleCrashedException">The worker ended or was killed before the exchange was over.</exception>
    /// <exception cref="OracleProtocolException">The exchange's reader refused what came.</exception>
    internal T Exchange<T>(TimeSpan patience, Func<Stream, Stream, T> exchange)
    {
        // A blocking read of a pipe cannot be cancelled everywhere; killing the other end ends it, and costs no task a call.
        int state = Running;
        using Timer timer = new(_ => { if (Interlocked.CompareExchange(ref state, Late, Running) == Running) { Kill(); } }, null, patience, Timeout.InfiniteTimeSpan);
        try
        {
            T result = exchange(_process.StandardInput.BaseStream, _process.StandardOutput.BaseStream);
            if (Interlocked.CompareExchange(ref state, Done, Running) == Running) { return result; }
        }
        catch (IOException)   // EndOfStreamException, or a broken pipe
        {
            // The worker has ended, or is ending; why is judged below.
        }
        bool late = Interlocked.CompareExchange(ref state, Done, Running) == Late;
        bool ended = _process.WaitForExit(ExitPatience);
        if (late)
        {
            throw new OracleCrashedException($"The worker gave no answer in {patience.TotalSeconds:0.###} s and was stopped", Tail(), null, timedOut: true);
        }
        if (!ended) { throw new OracleCrashedException("The worker closed its output and was stopped", Tail(), null, timedOut: false); }
        throw new OracleCrashedException($"The worker died with exit code {_process.ExitCode}", Tail(), _process.ExitCode, timedOut: false);
    }

    /// <summary>The last that the worker wrote to standard error; complete once it has ended.</summary>
    internal string Tail()
    {
        if (_process.HasExited) { _errorReader.Join(ExitPatience); }
        lock (_tail)
        {
            int length = (int)Math.Min(_tailWritten, TailLength), start = (int)(_tailWritten - length);
            byte[] ordered = [.. Enumerable.Range(start, length).Select(i => _tail[i % TailLength])];
            return Encoding.UTF8.GetString(ordered).Trim();
        }
    }

    /// <summary>Kills the worker and what it started.</summary>
    public void Dispose()
    {
        Kill();
        _process.WaitForExit(ExitPatience);
        _process.Dispose();
    }

    void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or AggregateException or System.ComponentModel.Win32Exception)
        {
            // It has ended already, or a child has: there is nothing left to kill.
        }
    }

    void KeepTail()
    {
        byte[] buffer = new byte[1024];
        try
        {
            Stream errors = _process.StandardError.BaseStream;
            for (int count; (count = errors.Read(buffer)) > 0;)
            {
                lock (_tail)
                {
                    for (int i = 0; i < count; i++) { _tail[_tailWritten++ % TailLength] = buffer[i]; }
                }
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Dispose has closed the stream; nobody asks for the tail any more.
        }
    }
}
