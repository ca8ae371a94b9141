namespace TorchInit.Oracle.PythonNet;

/// <summary>Reads runs of native memory one after the other: a reply's payload in torch's memory.</summary>
sealed unsafe class NativeBytes(IReadOnlyList<(nint Address, long Length)> parts) : Stream
{
    int _part;
    long _offset;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => parts.Sum(part => part.Length);

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (_part < parts.Count && _offset == parts[_part].Length) { (_part, _offset) = (_part + 1, 0); }
        if (_part == parts.Count) { return 0; }
        (nint address, long length) = parts[_part];
        int count = (int)Math.Min(buffer.Length, length - _offset);
        new ReadOnlySpan<byte>((byte*)address + _offset, count).CopyTo(buffer);
        _offset += count;
        return count;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
