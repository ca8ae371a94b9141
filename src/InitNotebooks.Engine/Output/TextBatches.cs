using System.Text;

namespace InitNotebooks.Engine;

/// <summary>Collects written text and passes it on in batches: one message per line took a minute for 20,000 lines, batches of 50 ms take a
/// tenth of a second.</summary>
sealed class TextBatches : IDisposable
{
    const int MostCharacters = 1 << 16;
    const int Milliseconds = 50;

    readonly Lock _gate = new();
    readonly StringBuilder _text = new();
    readonly Timer _timer;
    CellScope? _scope;
    string _stream = "stdout";

    public TextBatches() => _timer = new(_ => Flush(), null, Milliseconds, Milliseconds);

    public void Write(CellScope? scope, string stream, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || scope is null) { return; }
        lock (_gate)
        {
            if (_text.Length > 0 && (scope != _scope || stream != _stream)) { FlushLocked(); }
            (_scope, _stream) = (scope, stream);
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
        _scope?.Output.Text(_stream, text);
    }
}
