using System.Text;

namespace TorchInit.Oracle;

/// <summary>The end of what a program writes, read on a thread of its own: a full pipe never stops the program, and memory is bounded
/// whatever it says.</summary>
sealed class OutputTail
{
    readonly byte[] _tail;
    readonly long _most;
    readonly Thread _reader;
    long _written;

    /// <summary>Starts to read.</summary>
    /// <param name="stream">What the program writes.</param>
    /// <param name="length">How many bytes are kept: the last ones.</param>
    /// <param name="most">After more than these the stream is closed, which ends a program that does not stop by itself.</param>
    internal OutputTail(Stream stream, int length, long most = long.MaxValue)
    {
        (_tail, _most) = (new byte[length], most);
        _reader = new Thread(() => Read(stream)) { IsBackground = true, Name = "what a program says" };
        _reader.Start();
    }

    /// <summary>Whether it wrote more than is allowed.</summary>
    internal bool IsTooLong
    {
        get { lock (_tail) { return _written > _most; } }
    }

    /// <summary>Waits until all is read; false where somebody, a child of the program for example, holds the stream open for
    /// longer.</summary>
    internal bool Ended(TimeSpan patience) => _reader.Join(patience);

    /// <summary>What is kept, so far.</summary>
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
            // The stream was closed from here; nobody asks for the rest any more.
        }
    }
}
