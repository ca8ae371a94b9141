using System.Runtime.InteropServices;
using System.Text;

namespace InitNotebooks.Engine;

/// <summary>Catches what native code (a library's printf, CPython) writes to a descriptor: a pipe is put in its place.</summary>
sealed class NativeCapture
{
    // What no text holds. Only a mark in the pipe itself says without a race that everything before it has been read.
    static readonly byte[] s_mark = [0, 0x1c, 0, 0x1d, (byte)'S', (byte)'Y', (byte)'N', (byte)'C', 0];

    readonly int _read;
    readonly int _write;
    readonly string _stream;
    readonly TextBatches _batches;
    readonly object _gate = new();
    int _marks;

    public NativeCapture(int descriptor, string stream, TextBatches batches)
    {
        (_stream, _batches) = (stream, batches);
        int[] ends = new int[2];
        if (Native.Pipe(ends) != 0) { throw new IOException($"no pipe for descriptor {descriptor}: error {Marshal.GetLastPInvokeError()}"); }
        (_read, _write) = (ends[0], ends[1]);
        if (Native.Dup2(_write, descriptor) < 0) { throw new IOException($"descriptor {descriptor} could not be replaced: error {Marshal.GetLastPInvokeError()}"); }
        new Thread(Pump) { IsBackground = true, Name = $"descriptor {descriptor}" }.Start();
    }

    /// <summary>Waits until everything that was written has been handed on.</summary>
    public void Drain()
    {
        _ = Native.Flush(0);
        lock (_gate)
        {
            int before = _marks;
            if (Native.Write(_write, s_mark, s_mark.Length) != s_mark.Length) { return; }
            while (_marks == before && Monitor.Wait(_gate, 2000)) { }
        }
    }

    void Pump()
    {
        Decoder decoder = Encoding.UTF8.GetDecoder();
        byte[] buffer = new byte[1 << 16];
        char[] text = new char[buffer.Length];
        List<byte> pending = [];
        while (true)
        {
            nint count = Native.Read(_read, buffer, buffer.Length);
            if (count <= 0) { return; }
            pending.AddRange(buffer.AsSpan(0, (int)count));
            byte[] bytes = [.. pending];
            int start = 0;
            for (int at; (at = bytes.AsSpan(start).IndexOf(s_mark)) >= 0; start += at + s_mark.Length)
            {
                Emit(bytes.AsSpan(start, at));
                lock (_gate)
                {
                    _marks++;
                    Monitor.PulseAll(_gate);
                }
            }
            int kept = HalfMark(bytes.AsSpan(start));
            Emit(bytes.AsSpan(start, bytes.Length - start - kept));
            pending = [.. bytes.AsSpan(bytes.Length - kept)];
        }

        void Emit(ReadOnlySpan<byte> bytes)
        {
            while (!bytes.IsEmpty)
            {
                ReadOnlySpan<byte> part = bytes[..Math.Min(bytes.Length, buffer.Length)];
                _batches.Write(CellScope.Latest, _stream, text.AsSpan(0, decoder.GetChars(part, text, flush: false)));
                bytes = bytes[part.Length..];
            }
        }
    }

    /// <summary>How many bytes at the end may be the beginning of a mark.</summary>
    static int HalfMark(ReadOnlySpan<byte> bytes)
    {
        for (int length = Math.Min(s_mark.Length - 1, bytes.Length); length > 0; length--)
        {
            if (bytes[^length..].SequenceEqual(s_mark.AsSpan(0, length))) { return length; }
        }
        return 0;
    }

    static class Native
    {
        [DllImport("libc", EntryPoint = "pipe", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Pipe([Out] int[] ends);

        [DllImport("libc", EntryPoint = "dup2", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Dup2(int from, int to);

        [DllImport("libc", EntryPoint = "read", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern nint Read(int descriptor, [Out] byte[] buffer, nint count);

        [DllImport("libc", EntryPoint = "write", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern nint Write(int descriptor, byte[] buffer, nint count);

        [DllImport("libc", EntryPoint = "fflush")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Flush(nint stream);
    }
}
