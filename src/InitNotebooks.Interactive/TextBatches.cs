using System.Text;

namespace InitNotebooks.Interactive;

/// <summary>Collects what a cell prints and passes it on in pieces: one message per write takes a minute for 20,000 lines.</summary>
sealed class TextBatches : IDisposable
{
    const int MostCharacters = 1 << 16;
    const int Milliseconds = 50;

    readonly Lock _gate = new();
    readonly StringBuilder _text = new();
    readonly Action<string, bool> _publish;
    readonly Timer _timer;
    bool _isError;

    public TextBatches(Action<string, bool> publish)
    {
        _publish = publish;
        _timer = new(_ => Flush(), null, Milliseconds, Milliseconds);
    }

    public void Write(string text, bool isError)
    {
        lock (_gate)
        {
            if (isError != _isError) { FlushLocked(); }
            _isError = isError;
            _text.Append(text);
            if (_text.Length > MostCharacters) { FlushLocked(); }
        }
    }

    public void Flush()
    {
        lock (_gate) { FlushLocked(); }
    }

    public void Dispose()
    {
        _timer.Dispose();
        Flush();
    }

    void FlushLocked()
    {
        if (_text.Length == 0) { return; }
        string text = _text.ToString();
        _text.Clear();
        _publish(text, _isError);
    }
}
