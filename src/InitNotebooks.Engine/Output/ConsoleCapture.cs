namespace InitNotebooks.Engine;

/// <summary>Gives the process's console to the cells: .NET's writers, and on Unix what native code writes too.</summary>
public sealed class ConsoleCapture : IDisposable
{
    readonly TextBatches _batches = new();
    readonly NativeCapture? _output;
    readonly NativeCapture? _error;
    readonly (TextWriter Out, TextWriter Error, TextReader In) _previous = (Console.Out, Console.Error, Console.In);

    /// <summary>Takes the console.</summary>
    /// <param name="native">Whether descriptors 1 and 2 are taken as well: for a kernel, which has no console of its own.</param>
    public ConsoleCapture(bool native)
    {
        if (native && !OperatingSystem.IsWindows())
        {
            _output = new(1, "stdout", _batches);
            _error = new(2, "stderr", _batches);
        }
        Console.SetOut(new CellWriter(_batches, "stdout"));
        Console.SetError(new CellWriter(_batches, "stderr"));
        Console.SetIn(new CellReader());
    }

    /// <summary>Hands on everything that was written so far, in order.</summary>
    public void Flush()
    {
        _output?.Drain();
        _error?.Drain();
        _batches.Flush();
    }

    /// <summary>Gives the console back.</summary>
    public void Dispose()
    {
        Flush();
        Console.SetOut(_previous.Out);
        Console.SetError(_previous.Error);
        Console.SetIn(_previous.In);
        _batches.Dispose();
    }
}
