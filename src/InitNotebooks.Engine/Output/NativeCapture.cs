using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace InitNotebooks.Engine;

/// <summary>
/// Catches what native code (a library's printf, CPython, the runtime itself) writes to a descriptor, by putting an unnamed file in its
/// place. A file accepts any amount. With a pipe, a runtime that dies of a stack overflow would wait for ever: it stops our threads, and
/// then fills the pipe.
/// </summary>
sealed class NativeCapture : IDisposable
{
    const int BytesToFree = 1 << 20, BytesKept = 1 << 16;

    readonly FileStream _write;
    readonly SafeFileHandle _written;            // read once: FileStream.SafeFileHandle moves the offset back to the stream's own
    readonly SafeFileHandle _read;
    readonly SafeFileHandle _witness;
    readonly int _descriptor;
    readonly string _stream;
    readonly TextBatches _batches;
    readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    readonly byte[] _bytes = new byte[1 << 14];
    readonly char[] _text = new char[1 << 14];
    readonly Lock _gate = new();
    long _done;
    long _freed;
    long _begin;

    /// <exception cref="IOException">There is no room for a temporary file, or no descriptor is left.</exception>
    [UnsupportedOSPlatform("windows")]
    public NativeCapture(int descriptor, string stream, TextBatches batches)
    {
        (_descriptor, _stream, _batches) = (descriptor, stream, batches);
        string path = Path.Combine(Path.GetTempPath(), $"initnotebooks-{Guid.NewGuid():N}");
        const FileShare shared = FileShare.ReadWrite | FileShare.Delete;
        _write = new(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = shared,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite
        });
        _written = _write.SafeFileHandle;
        _read = File.OpenHandle(path, share: shared);
        _witness = File.OpenHandle(path, share: shared);
        File.Delete(path);
        Original = NativeDescriptors.Duplicate(descriptor);
        NativeDescriptors.Replace(descriptor, (int)_written.DangerousGetHandle());
    }

    /// <summary>The descriptor's previous target.</summary>
    public int Original { get; }

    /// <summary>Reads what was written since <see cref="Begin"/>, at least its beginning, whether or not it was passed on.</summary>
    public int Witness => (int)_witness.DangerousGetHandle();

    /// <summary>Called when a cell begins; earlier text is no longer needed.</summary>
    /// <returns>How many bytes that was.</returns>
    public long Begin()
    {
        lock (_gate) { return _begin = RandomAccess.GetLength(_read); }
    }

    /// <summary>Passes on everything written so far.</summary>
    /// <param name="buffered">Whether to flush C's stdio first.</param>
    public void Drain(bool buffered)
    {
        if (buffered) { NativeDescriptors.FlushStreams(); }
        lock (_gate)
        {
            // Only up to here: text may be written faster than this reads.
            for (long end = RandomAccess.GetLength(_read); _done < end;)
            {
                int count = NativeDescriptors.Read((int)_read.DangerousGetHandle(), _bytes);
                if (count <= 0) { break; }
                _done += count;
                _batches.Write(CellScope.Latest, _stream, _text.AsSpan(0, _decoder.GetChars(_bytes.AsSpan(0, count), _text, flush: false)));
            }
            if (_done - _freed > BytesToFree)
            {
                NativeDescriptors.Free(_written, 0, Math.Min(_begin, _done));
                NativeDescriptors.Free(_written, _begin + BytesKept, _done - _begin - BytesKept);
                _freed = _done;
            }
        }
    }

    /// <summary>Gives the descriptor back.</summary>
    public void Dispose()
    {
        NativeDescriptors.Replace(_descriptor, Original);
        _write.Dispose();
        _read.Dispose();
        _witness.Dispose();
    }
}
