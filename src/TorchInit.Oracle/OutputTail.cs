using System.Text;

namespace TorchInit.Oracle;

/// <summary>The end of a program's output, read on its own thread: a full pipe never blocks the program, and memory is bounded whatever it
/// writes.</summary>
sealed class OutputTail
{
    readonly byte[] _tail;
    readonly long _most;
    readonly Thread _reader;
    long _written;

    /// <summary>Starts reading.</summary>
    /// <param name="stream">The program's output.</param>
    /// <param name="length">How many of the last bytes are kept.</param>
    /// <param name="most">After this many bytes the stream is closed, which ends a program that never stops.</param>
    internal OutputTail(Stream stream, int length, long most = long.MaxValue)
    {
        (_tail, _most) = (new byte[length], most);
        _reader = new Thread(() => Read(stream)) { IsBackground = true, Name = "what a program says" };
        _reader.Start();
    }

    /// <summary>Whether the program wrote more than allowed.</summary>
    internal bool IsTooLong
    {
        get { lock (_tail) { return _written > _most; } }
    }

    /// <summary>Waits until everything is read; false if the stream stays open for longer, for example because a child of the program holds
    /// it.</summary>
    internal bool Ended(TimeSpan patience) => _reader.Join(patience);

    /// <summary>The bytes kept so far, as text.</summary>
    internal string Text()
    {
        lock (_tail)
        {
            long length = Math.Min(_written, _tail.Length), start = _written - length;
            byte[] ordered = [.. Enumerable.Range(0, (int)length).Select(i => _tail[(start + i) % _tail.Length])];
            return Encoding.UTF8.GetString(ordered).Trim();
        }
    }

    void Read(Stream stream)
    {
        byte[] buffer = new byte[1024];
        try
        {
            for (int count; !IsTooLong && (count = stream.Read(buffer)) > 0;)
            {
                lock (_tail)
                {
                    for (int i = 0; i < count; i++) { _tail[_written++ % _tail.Length] = buffer[i]; }
                }
            }
            if (IsTooLong) { stream.Dispose(); }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The stream was closed from here; the rest is no longer needed.
        }
    }
}
