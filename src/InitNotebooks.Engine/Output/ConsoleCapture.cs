using System.Runtime.Versioning;

namespace InitNotebooks.Engine;

/// <summary>Gives the process's console to the cells: .NET's writers, and on Unix what native code writes, too.</summary>
public sealed class ConsoleCapture : IDisposable
{
    const int Milliseconds = 50;

    static ConsoleCapture? s_current;

    readonly TextBatches _batches = new();
    readonly NativeCapture? _output;
    readonly NativeCapture? _error;
    readonly Timer? _timer;
    readonly (TextWriter Out, TextWriter Error, TextReader In) _previous = (Console.Out, Console.Error, Console.In);
    readonly (TextWriter Out, TextWriter Error, TextReader In) _own;

    /// <summary>Takes over the console.</summary>
    /// <param name="native">Whether descriptors 1 and 2 are taken over as well: for a kernel, which has no console of its own.</param>
    public ConsoleCapture(bool native)
    {
        if (native && !OperatingSystem.IsWindows())
        {
            _output = Take(1, "stdout");
            _error = Take(2, "stderr");
            _timer = new(_ => Drain(buffered: false), null, Milliseconds, Milliseconds);
        }
        _own = (new CellWriter(_batches, "stdout"), new CellWriter(_batches, "stderr"), new CellReader());
        Give(_own);
        s_current = this;
    }

    /// <summary>Collects what cells write, in every language and in the order written; null if nobody has taken over the console.</summary>
    internal static TextBatches? Shared => s_current?._batches;

    /// <summary>
    /// Two descriptors: the one that reads what was written to descriptor 2, and the one where that went before. Null if it was not
    /// taken over.
    /// </summary>
    public (int Witness, int Original)? NativeError => _error is null ? null : (_error.Witness, _error.Original);

    /// <summary>Called when a cell begins: takes .NET's console again, in case an earlier cell redirected it.</summary>
    /// <returns>How many bytes have been written to descriptor 2 so far.</returns>
    public long Begin()
    {
        Give(_own);
        return _error?.Begin() ?? 0;
    }

    /// <summary>Passes on everything written so far, in order.</summary>
    public void Flush()
    {
        Drain(buffered: true);
        _batches.Flush();
    }

    /// <summary>Passes on what the process's console holds, if it was taken over: for output that does not go through it.</summary>
    internal static void FlushCurrent() => s_current?.Flush();

    /// <summary>Gives the console back.</summary>
    public void Dispose()
    {
        Interlocked.CompareExchange(ref s_current, null, this);
        _timer?.Dispose();
        Flush();
        Give(_previous);
        _output?.Dispose();
        _error?.Dispose();
        _batches.Dispose();
    }

    static void Give((TextWriter Out, TextWriter Error, TextReader In) console)
    {
        Console.SetOut(console.Out);
        Console.SetError(console.Error);
        Console.SetIn(console.In);
    }

    [UnsupportedOSPlatform("windows")]
    NativeCapture? Take(int descriptor, string stream)
    {
        try
        {
            return new(descriptor, stream, _batches);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _previous.Error.WriteLine($"What native code writes to {stream} will not appear in the cells: {error.Message}");
            return null;
        }
    }

    void Drain(bool buffered)
    {
        _output?.Drain(buffered);
        _error?.Drain(buffered);
    }
}
