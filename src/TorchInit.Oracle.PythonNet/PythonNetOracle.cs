using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Python.Runtime;

namespace TorchInit.Oracle.PythonNet;

/// <summary>
/// Real torch in this process: the same torch_oracle.py and the same replies as a <see cref="WorkerOracle"/>, without another process.
/// </summary>
/// <remarks>A process has one torch with one set of kernels, which all instances share. A crash of torch ends the process.</remarks>
public sealed class PythonNetOracle : ITorchOracle
{
    readonly TimeSpan _patience;
    bool _disposed;

    /// <summary>Starts Python and imports torch, unless this process already has.</summary>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="OracleUnavailableException">Torch cannot run in this process; the message says why and what helps.</exception>
    /// <exception cref="InvalidOperationException">Python already runs with another program or other variables, or was shut
    /// down.</exception>
    public PythonNetOracle(PythonNetOptions? options = null)
    {
        Host = PythonHost.Start(options);
        Info = Host.Torch();
        _patience = (options ?? new()).RequestTimeout;
    }

    /// <summary>The Python that answers.</summary>
    public PythonHost Host { get; }

    /// <inheritdoc/>
    public OracleInfo Info { get; }

    /// <inheritdoc/>
    public OracleReply Run(OracleRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        using MemoryStream frame = new();
        OracleWire.WriteRequest(frame, request);      // the same header and checks as for a worker
        int length = (int)BinaryPrimitives.ReadUInt32LittleEndian(frame.GetBuffer());
        string header = Encoding.UTF8.GetString(frame.GetBuffer(), OracleWire.PrefixLength, length);
        try
        {
            return Host.Run(() =>
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                return Ask(header, request.State ?? []);
            });
        }
        catch (PythonRaisedException error) when (error.Kind is "SystemExit")
        {
            int? code = error.Text.Length == 0 ? 0
                : int.TryParse(error.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int stated) ? stated : null;
            string reason = $"Python asked to end the process with exit code {error.Text}; this was refused";
            throw new OracleCrashedException(reason, error.Traceback, code, timedOut: false);
        }
        catch (PythonRaisedException error)
        {
            throw new OracleCrashedException($"torch_oracle.py itself failed: {error.Message}", error.Traceback, null, timedOut: false);
        }
    }

    /// <summary>Closes this oracle. Python keeps running: it belongs to the process.</summary>
    public void Dispose() => _disposed = true;

    unsafe OracleReply Ask(string header, byte[] state)
    {
        using Interrupt timer = new(Host, _patience);
        fixed (byte* payload = state)
        {
            PyObject result;
            try
            {
                result = Host.Call("answer", new PyString(header), new PyInt((long)payload), new PyInt(state.Length));
            }
            catch (PythonException) when (timer.Stop())
            {
                throw Late();
            }
            using (result)
            {
                return timer.Stop() ? throw Late() : Read(result);
            }
        }
    }

    OracleCrashedException Late()
        => new($"Python gave no answer in {_patience.TotalSeconds:0.###} s and was interrupted", "", null, timedOut: true);

    static OracleReply Read(PyObject result)
    {
        using PyObject reply = result[0], numbers = result[1];
        long[] places = numbers.As<long[]>();
        (nint Address, long Length)[] parts = [.. places.Chunk(2).Select(pair => ((nint)pair[0], pair[1]))];
        using JsonDocument json = JsonDocument.Parse(reply.As<string>());
        using NativeBytes memory = new(parts);
        return OracleReplyReader.Read(json.RootElement, memory.Length, memory);
    }
}
