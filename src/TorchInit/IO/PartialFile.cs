using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace TorchInit;

/// <summary>
/// The unfinished file of a streamed model: <c>.name.partial</c>, and <c>.name.partial.sums</c> with the identity of the run and a checksum
/// for each piece that is on the disk. A checksum is written after its piece was flushed, and trusted only if the piece still matches it,
/// so no bytes of another model, a power failure or a second writer survive. One process holds the sums file open from the first look to
/// the rename: it is the lock.
/// </summary>
sealed class PartialFile : IDisposable
{
    // A file's name has at most 255 bytes, and ".", ".partial" and ".sums" are added.
    const int MostNameBytes = 255 - 14;

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

    /// <summary>Opens or creates the unfinished file, and keeps those of its pieces that belong to this model and are undamaged.</summary>
    /// <param name="path">The final file.</param>
    /// <param name="identity">Gives the <see cref="PlanIdentity"/>; a small file that is written at once needs none, and computing it takes
    /// 80 ms in a young process.</param>
    /// <param name="header">The first bytes of the file.</param>
    /// <param name="pieces">The rest of the file.</param>
    /// <param name="flushAfter">The bytes that are flushed and counted together.</param>
    /// <exception cref="IOException">There is not enough room, the file cannot be at that path, or another process is writing
    /// it.</exception>
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

    /// <summary>The leading pieces that are on the disk and need not be drawn again.</summary>
    public int Counted => _counted;

    /// <summary>Writes the next piece, in order. Now and then the pieces written so far are flushed while the next ones are
    /// written.</summary>
    /// <param name="piece">The piece after the last one written.</param>
    /// <param name="bytes">The whole piece.</param>
    /// <param name="sum">Its <see cref="PieceSum"/>.</param>
    public void Write(int piece, ReadOnlySpan<byte> bytes, ulong sum)
    {
        RandomAccess.Write(_file, bytes, _pieces.Start(piece));
        _pending.Add(sum);
        _pendingBytes += bytes.Length;
        if (_pendingBytes >= _flushAfter) { Flush(); }
    }

    /// <summary>Renames it to the final file.</summary>
    public void Finish()
    {
        _flushing.GetAwaiter().GetResult();
        RandomAccess.FlushToDisk(_file);
        _file.Dispose();                            // Windows cannot rename an open file
        File.Move(_partial, _target, overwrite: true);
        _finished = true;
        AtomicFile.FlushFolder(Path.GetDirectoryName(_target)!);
    }

    /// <summary>Marks the contents as useless: a later call would be refused too.</summary>
    public void Discard() => _useless = true;

    /// <summary>Closes the file; keeps it if a later call can resume it.</summary>
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
            // Still under the lock, so that the next process finds all of it or nothing.
            if (!kept && _file is not null && !_finished) { File.Delete(_partial); }
            if (!kept) { File.Delete(_journal); }
            _sums.Dispose();
        }
    }

    /// <summary>Flushes and counts what was written before a stop; if the disk refuses, that part does not count.</summary>
    void Settle()
    {
        try
        {
            Flush();
            _flushing.GetAwaiter().GetResult();
        }
        catch (IOException)
        {
            // The error that stopped the writing is already being thrown, or it was the flush's own.
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

    /// <summary>The number of leading pieces to keep; the journal is cut after them.</summary>
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

    /// <summary>Checks, before the first draw, that the disk has room for the file; an hour later would be too late.</summary>
    /// <exception cref="IOException">The disk has less room, including what an unfinished file of this name already takes.</exception>
    public static void CheckRoom(string path, Int128 bytes)
    {
        string partial = PartialOf(OutputTarget.Check(path));
        CheckFree(path, bytes - LengthOf(partial));
    }

    static long LengthOf(string path)
    {
        try { return FileStatus.Of(path).Kind == FileKind.File ? new FileInfo(path).Length : 0; }
        catch (FileNotFoundException) { return 0; }                                     // another process has just renamed it
    }

    static string PartialOf(string target)
        => Path.Combine(Path.GetDirectoryName(target)!, $".{LongestOf(Path.GetFileName(target))}.partial");

    /// <summary>The name, or if it would become too long for a file with what is added, its beginning and its hash.</summary>
    static string LongestOf(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= MostNameBytes) { return name; }
        string hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..32].ToLowerInvariant();
        StringBuilder beginning = new();
        int left = MostNameBytes - hash.Length - 1;
        foreach (Rune letter in name.EnumerateRunes())
        {
            if ((left -= letter.Utf8SequenceLength) < 0) { break; }
            beginning.Append(letter.ToString());
        }
        return $"{beginning}~{hash}";
    }

    static void CheckFree(string path, Int128 needed)
    {
        if (FreeBytes(Path.GetDirectoryName(Path.GetFullPath(path))!) is { } free && needed > free)
        {
            throw new IOException($"{path} needs {needed:N0} more bytes; the disk has {free:N0} free. Nothing was drawn.");
        }
    }

    /// <summary>Null if unknown: network file systems may report 0, and a share has no drive.</summary>
    static long? FreeBytes(string folder)
    {
        try { return new DriveInfo(folder).AvailableFreeSpace is > 0 and var free ? free : null; }
        catch (Exception error) when (error is ArgumentException or IOException or UnauthorizedAccessException) { return null; }
    }
}
