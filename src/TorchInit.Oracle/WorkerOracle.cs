using System.ComponentModel;

namespace TorchInit.Oracle;

/// <summary>Real torch in a separate process: a crash there is an error of that case, and several versions can run side by side.</summary>
public sealed class WorkerOracle : ITorchOracle
{
    readonly Lock _gate = new();
    readonly WorkerOptions _options;
    WorkerProcess? _worker;
    OracleInfo _info;
    bool _disposed;

    /// <summary>Starts a worker with the first Python that can import torch.</summary>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="OracleUnavailableException">No Python can; the message gives the reason for each.</exception>
    public WorkerOracle(WorkerOptions? options = null)
    {
        _options = options ?? new();
        (_worker, _info, Python) = Start(PythonLocator.Candidates(PythonSearch.OfThisProcess(_options.Python)));
    }

    /// <summary>The Python that was chosen.</summary>
    public PythonCandidate Python { get; }

    /// <inheritdoc/>
    public OracleInfo Info
    {
        get { lock (_gate) { return _info; } }
    }

    /// <summary>The worker's process id, for a test that kills it.</summary>
    internal int? WorkerId
    {
        get { lock (_gate) { return _worker?.Id; } }
    }

    /// <inheritdoc/>
    public OracleReply Run(OracleRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            // Restarts use the Python chosen first: a restart must not change the version.
            if (_worker is null) { (_worker, _info, _) = Start([Python]); }
            bool answered = false;
            try
            {
                OracleReply reply = _worker.Exchange(_options.RequestTimeout, (input, output) =>
                {
                    OracleWire.WriteRequest(input, request);
                    return OracleWire.ReadReply(output);
                });
                answered = true;
                return reply;
            }
            finally
            {
                // After any failure the streams may be in the middle of a frame.
                if (!answered) { Stop(); }
            }
        }
    }

    /// <summary>Kills the worker and its descendants.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            Stop();
        }
    }

    void Stop()
    {
        _worker?.Dispose();
        _worker = null;
    }

    (WorkerProcess Worker, OracleInfo Info, PythonCandidate Python) Start(IEnumerable<PythonCandidate> candidates)
    {
        if (!File.Exists(_options.Script))
        {
            throw new FileNotFoundException($"{_options.Script} is missing; it is shipped next to the assembly.", _options.Script);
        }
        List<PythonCandidate> tried = [];
        foreach (PythonCandidate candidate in candidates)
        {
            string? refusal = candidate.Refusal;
            if (refusal is null)
            {
                (WorkerProcess? worker, OracleInfo? info, refusal) = Greet(candidate.Path);
                if (worker is not null && info is not null) { return (worker, info, candidate); }
            }
            tried.Add(candidate with { Refusal = refusal });
        }
        throw _options.OnGpu ? OracleUnavailableException.OnGpu(tried) : new OracleUnavailableException(tried);
    }

    (WorkerProcess? Worker, OracleInfo? Info, string Refusal) Greet(string python)
    {
        WorkerProcess? worker = null;
        try
        {
            worker = new(python, _options);
            (OracleInfo? info, string unavailable) = worker.Exchange(_options.StartTimeout, (_, output) => OracleWire.ReadHello(output));
            if (info is not null)
            {
                WorkerProcess started = worker;
                worker = null;
                return (started, info, "");
            }
            return (null, null, $"{(_options.OnGpu ? "torch cannot draw on a GPU" : "torch cannot be imported")}: {unavailable}");
        }
        catch (OracleCrashedException error)
        {
            return (null, null, $"crashed: {error.Message}");
        }
        catch (OracleProtocolException error)
        {
            return (null, null, $"not an oracle: {error.Message}");
        }
        catch (Win32Exception error)
        {
            return (null, null, $"cannot be started: {error.Message}");
        }
        finally
        {
            worker?.Dispose();
        }
    }
}
