using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace TorchInit;

/// <summary>
/// The unfinished file of a streamed model: <c>.name.partial</c>, and <c>.name.partial.sums</c> with the identity of who draws it and a
/// checksum for each piece that the disk has. A sum is written when its piece was flushed, and believed when the piece still agrees with
/// it; so no bytes of another model, of a power cut or of a second writer stay. The sums are open for one process from the first look to
/// the rename: they are the lock.
/// </summary>
sealed class PartialFile : IDisposable
{
    readonly string _target, _partial, _journal;
    readonly SafeFileHandle _sums;
    readonly SafeFileHandle _file;
    readonly FilePieces _pieces;
    readonly long _flushAfter;
    readonly Lazy<byte[]> _identity;
    readonly List<ulong> _pending = [];
    long _pendingBytes;
    Task _flushing = Task.CompletedTask;
    volatile int _counted;
    bool _finished, _useless;

    /// <summary>Opens or makes the unfinished file, and keeps of it what is this model's and undamaged.</summary>
    /// <param name="path">The file that it will be.</param>
    /// <param name="identity">Of <see cref="PlanIdentity"/>; a small file that is written at once needs none, and it takes 80 ms in a young
    /// process.</param>
    /// <param name="header">The first bytes of the file.</param>
    /// <param name="pieces">The others.</param>
    /// <param name="flushAfter">Bytes that are flushed and counted together.</param>
    /// <exception cref="IOException">There is no room for the file, it cannot lie there, or another process writes it.</exception>
    public PartialFile(string path, Func<byte[]> identity, byte[] header, FilePieces pieces, long flushAfter)
    {
        FileStatus us = OutputTarget.Probe(path);
        (_target, _identity, _pieces, _flushAfter) = (Path.GetFullPath(path), new(identity), pieces, flushAfter);
        _partial = PartialOf(_target);
        _journal = _partial + ".sums";
        _sums = OwnFile.Open(_journal, path, us);
        try
        {
            _file = OwnFile.Open(_partial, path, us);
            _counted = Kept();
            RandomAccess.SetLength(_file, _counted == 0 ? 0 : pieces.End(_counted - 1));
            CheckFree(path, (pieces.Count == 0 ? header.Length : pieces.End(pieces.Count - 1)) - RandomAccess.GetLength(_file));
            RandomAccess.Write(_file, header, 0);
            AtomicFile.KeepPermissions(_target, _partial);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The leading pieces that are there and need not be drawn again.</summary>
    public int Counted => _counted;

    /// <summary>Writes the next piece, in order. From time to time what was written is flushed, while the next pieces are
    /// written.</summary>
    /// <param name="piece">The one behind the last.</param>
    /// <param name="bytes">All of it.</param>
    /// <param name="sum">Of <see cref="PieceSum"/>.</param>
    public void Write(int piece, ReadOnlySpan<byte> bytes, ulong sum)
    {
        RandomAccess.Write(_file, bytes, _pieces.Start(piece));
        _pending.Add(sum);
        _pendingBytes += bytes.Length;
        if (_pendingBytes >= _flushAfter) { Flush(); }
    }

    /// <summary>Makes it the file.</summary>
    public void Finish()
    {
        _flushing.GetAwaiter().GetResult();
        RandomAccess.FlushToDisk(_file);
        _file.Dispose();                            // Windows renames no open file
        File.Move(_partial, _target, overwrite: true);
        _finished = true;
        AtomicFile.FlushFolder(Path.GetDirectoryName(_target)!);
    }

    /// <summary>What is there is of no use to a later call, which would be refused too.</summary>
    public void Discard() => _useless = true;

    /// <summary>Closes; keeps the unfinished file when a later call can go on with it.</summary>
    public void Dispose()
    {
        try
        {
            if (!_finished && !_useless && _file is { IsClosed: false }) { Settle(); }
        }
        finally
        {
            _file?.Dispose();
            bool kept = !_finished && !_useless && _counted > 0;
            // While the lock is held: the next process finds all of it or nothing.
            if (!kept && _file is not null && !_finished) { File.Delete(_partial); }
            if (!kept) { File.Delete(_journal); }
            _sums.Dispose();
        }
    }

    /// <summary>Counts what was written before a stop; a disk that does not take it does not count.</summary>
    void Settle()
    {
        try
        {
            Flush();
            _flushing.GetAwaiter().GetResult();
        }
        catch (IOException)
        {
            // The error that stopped the writing is on its way already, or the flush's own came first.
        }
    }

    void Flush()
    {
        _flushing.GetAwaiter().GetResult();
        if (_pending.Count == 0) { return; }
        ulong[] sums = [.. _pending];
        _pending.Clear();
        _pendingBytes = 0;
        _flushing = Task.Run(() =>
        {
            RandomAccess.FlushToDisk(_file);
            if (_counted == 0) { RandomAccess.Write(_sums, _identity.Value, 0); }
            byte[] entries = new byte[sums.Length * sizeof(ulong)];
            for (int i = 0; i < sums.Length; i++) { BinaryPrimitives.WriteUInt64LittleEndian(entries.AsSpan(i * sizeof(ulong)), sums[i]); }
            RandomAccess.Write(_sums, entries, EntryOf(_counted));
            _counted += sums.Length;
        });
    }

    /// <summary>How many leading pieces can stay; the journal then ends behind them.</summary>
    int Kept()
    {
        int entries = (int)Math.Clamp((RandomAccess.GetLength(_sums) - PlanIdentity.Length) / sizeof(ulong), 0, _pieces.Count);
        byte[] journal = new byte[EntryOf(entries)];
        int kept = 0;
        if (entries > 0 && Fill(_sums, journal, 0) && journal.AsSpan(0, PlanIdentity.Length).SequenceEqual(_identity.Value))
        {
            byte[] bytes = new byte[_pieces.Largest];
            while (kept < entries
                && HasSum(kept, bytes, BinaryPrimitives.ReadUInt64LittleEndian(journal.AsSpan(EntryOf(kept))))) { kept++; }
        }
        RandomAccess.SetLength(_sums, kept == 0 ? 0 : EntryOf(kept));
        return kept;
    }

    bool HasSum(int piece, byte[] buffer, ulong sum)
    {
        Span<byte> bytes = buffer.AsSpan(0, _pieces.Bytes(piece));
        return Fill(_file, bytes, _pieces.Start(piece)) && PieceSum.Of(bytes) == sum;
    }

    static bool Fill(SafeFileHandle file, Span<byte> bytes, long at)
    {
        while (bytes.Length > 0)
        {
            int got = RandomAccess.Read(file, bytes, at);
            if (got == 0) { return false; }
            bytes = bytes[got..];
            at += got;
        }
        return true;
    }

    static int EntryOf(int piece) => checked(PlanIdentity.Length + (piece * sizeof(ulong)));

    /// <summary>Whether a file of so many bytes can be written: before the first draw, because an hour later is too late.</summary>
    /// <exception cref="IOException">The disk has less room, with what an unfinished file of this name holds.</exception>
    public static void CheckRoom(string path, Int128 bytes)
    {
        string partial = PartialOf(OutputTarget.Check(path));
        CheckFree(path, bytes - (FileStatus.Of(partial).Kind == FileKind.File ? new FileInfo(partial).Length : 0));
    }

    static string PartialOf(string target) => Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.partial");

    static void CheckFree(string path, Int128 needed)
    {
        if (FreeBytes(Path.GetDirectoryName(Path.GetFullPath(path))!) is { } free && needed > free)
        {
            throw new IOException($"{path} needs {needed:N0} more bytes; the disk has {free:N0} free. Nothing was drawn.");
        }
    }

    /// <summary>Null where nobody knows: file systems on a network may say 0, and a share has no drive.</summary>
    static long? FreeBytes(string folder)
    {
        try { return new DriveInfo(folder).AvailableFreeSpace is > 0 and var free ? free : null; }
        catch (Exception error) when (error is ArgumentException or IOException or UnauthorizedAccessException) { return null; }
    }
}
