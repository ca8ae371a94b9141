using System.IO.Compression;
using System.Numerics;

namespace TorchInit;

/// <summary>
/// Reads files of torch.save (.pt, .pth, .bin, .ckpt), as zip archives or in the form before torch 1.6. Their pickle is read as data:
/// tensors, dicts, lists, numbers and strings. Nothing in it is imported, called or constructed; a file that contains anything else is
/// refused, with its name in the error.
/// </summary>
public static class TorchCheckpoint
{
    /// <summary>What a user can do about a program of torch.jit.save.</summary>
    internal const string OfScript = "In Python: torch.save(torch.jit.load(path).state_dict(), \"weights.pt\").";

    static readonly BigInteger s_magic = BigInteger.Parse("1950a86a20f9469cfc6c", System.Globalization.NumberStyles.HexNumber,
        System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Reads the tensors of a file: its state dict, or the one inside under <c>state_dict</c>, <c>model_state_dict</c>,
    /// <c>model</c> and similar keys.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is not such a file, is damaged, or contains more than data.</exception>
    public static StateDict Load(string path)
        => InputFile.Read(path, FileFormat.Checkpoint, stream => Load(stream, path));

    /// <summary>Reads the tensors of a file; in a zip archive the elements stay in the file until they are needed, and the tensors are
    /// read-only.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is not such a file, is damaged, or contains more than data.</exception>
    internal static StateDict Open(string path)
    {
        FileStream stream = InputFile.Open(path);
        StateDict? tensors = null;
        try
        {
            if (IsZip(stream))
            {
                tensors = OrDamaged(path, () =>
                {
                    ZipArchive archive = new(stream);        // stays open as long as one of its tensors exists
                    return Zipped(archive, stream, path, entry => new ZippedBytes(archive, entry, path));
                });
            }
        }
        catch (InvalidDataException error) { throw InputFile.Explained(error, stream, path, FileFormat.Checkpoint); }
        finally
        {
            if (tensors is null) { stream.Dispose(); }
        }
        return tensors ?? Load(path);
    }

    /// <summary>Reads the tensors of a stream, from its beginning to its end.</summary>
    /// <param name="stream">A seekable stream.</param>
    /// <param name="name">Its name in error messages.</param>
    /// <exception cref="ArgumentException"><paramref name="stream"/> cannot seek.</exception>
    /// <exception cref="InvalidDataException">The stream is not such a file, is damaged, or contains more than data.</exception>
    public static StateDict Load(Stream stream, string name = "the checkpoint")
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek)
        {
            throw new ArgumentException("stream cannot seek; allowed: one that can, for example a file or a MemoryStream.", nameof(stream));
        }
        return OrDamaged(name, () =>
        {
            if (!IsZip(stream)) { return Legacy(stream, name); }
            using ZipArchive archive = new(stream, ZipArchiveMode.Read, leaveOpen: true);
            return Zipped(archive, stream, name, null);
        });
    }

    static bool IsZip(Stream stream)
    {
        stream.Position = 0;
        Span<byte> start = stackalloc byte[4];
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return read == 4 && start.SequenceEqual("PK\x3\x4"u8);
    }

    static StateDict OrDamaged(string name, Func<StateDict> read)
    {
        try { return read(); }
        catch (Exception error) when (error is EndOfStreamException or ArgumentException or OverflowException or NotSupportedException)
        {
            throw new InvalidDataException($"{name} is damaged: {error.Message}", error);
        }
    }

    /// <param name="archive">The file.</param>
    /// <param name="stream">The stream of the archive.</param>
    /// <param name="name">The file's name in error messages.</param>
    /// <param name="stored">Gives a reader of a storage's bytes on demand; null if all are read now.</param>
    static StateDict Zipped(ZipArchive archive, Stream stream, string name, Func<ZipArchiveEntry, IStoredBytes>? stored)
    {
        Limits limits = Limits.Current;
        if (archive.Entries.Count > limits.Tensors)
        {
            throw new InvalidDataException($"{name} has {archive.Entries.Count} "
                + $"entries; {Limits.Allowed(limits.Tensors, nameof(Limits.Tensors))}.");
        }
        Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.Ordinal);
        Int128 expanded = 0;
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            expanded += entry.Length;
            if (entry.Length < 0 || !entries.TryAdd(entry.FullName, entry))
            {
                throw new InvalidDataException($"{name} has two entries {SafetensorsHeader.Show(entry.FullName)}, or one without a "
                    + $"length; allowed: one.");
            }
        }
        if (expanded > (Int128)limits.Expansion * stream.Length)
        {
            throw new InvalidDataException($"{name} has {stream.Length} bytes and expands to {expanded}; "
                + Limits.Allowed((Int128)limits.Expansion * stream.Length, nameof(Limits.Expansion)) + ".");
        }
        ZipArchiveEntry pickle = archive.Entries.FirstOrDefault(entry => entry.FullName.EndsWith("/data.pkl", StringComparison.Ordinal))
            ?? throw new InvalidDataException($"{name} is a zip without data.pkl; allowed: a file written by torch.save.");
        string root = pickle.FullName[..^"data.pkl".Length];
        if (entries.Keys.Any(entry => entry.StartsWith($"{root}code/", StringComparison.Ordinal)))
        {
            throw new InvalidDataException($"{name} is a TorchScript program; allowed: tensors. {OfScript}");
        }
        if (entries.TryGetValue($"{root}byteorder", out ZipArchiveEntry? order) && Bytes(order, name) is not [(byte)'l', ..])
        {
            throw new InvalidDataException($"{name} is big-endian; allowed: little-endian files.");
        }
        using Stream opcodes = new BufferedStream(pickle.Open());
        object? value = new PickleReader(opcodes, pickle.Length, stream.Length, name).Read();
        return new CheckpointTensors(name, stream.Length, storage => Bytes(Entry(storage), name),
            stored is null ? null : storage => stored(Entry(storage))).Of(value);

        ZipArchiveEntry Entry(PickleStorage storage)
            => entries.TryGetValue($"{root}data/{storage.Key}", out ZipArchiveEntry? entry) ? entry
                : throw new InvalidDataException($"{name} has no entry data/{SafetensorsHeader.Show(storage.Key)}, which one of its "
                    + "tensors uses.");
    }

    static byte[] Bytes(ZipArchiveEntry entry, string name)
    {
        if (entry.Length > Array.MaxLength)
        {
            throw new InvalidDataException($"{name}: {SafetensorsHeader.Show(entry.FullName)} "
            + $"has {entry.Length} bytes; allowed: {Array.MaxLength}.");
        }
        byte[] bytes = new byte[entry.Length];
        using Stream stream = entry.Open();
        Npy.Read(stream, bytes, $"{name}: {SafetensorsHeader.Show(entry.FullName)}");
        return bytes;
    }

    /// <summary>The old form: pickles of a magic number, a version, the system, the value and the storages' keys; then each storage with
    /// its count.</summary>
    static StateDict Legacy(Stream stream, string name)
    {
        if (stream.Length > 262 && TarMagic(stream))
        {
            throw new InvalidDataException($"{name} is a tar file, as written by torch before 0.1.11; allowed: files of a later "
                + $"torch.save.");
        }
        BufferedStream buffered = new(stream, 1 << 16);
        object? Next() => new PickleReader(buffered, stream.Length - buffered.Position, stream.Length, name).Read();
        if (Next() is not BigInteger magic || magic != s_magic)
        {
            throw new InvalidDataException($"{name} is not a file of torch.save: its magic number is missing; allowed: a file written by "
                + $"torch.save.");
        }
        if (Next() is not 1001L) { throw new InvalidDataException($"{name} has a version other than 1001; allowed: 1001."); }
        if (Next() is not PickleDict system || system.Items.Exists(item => item is { Key: "little_endian", Value: not true }))
        {
            throw new InvalidDataException($"{name} is big-endian or does not state its byte order; allowed: little-endian files.");
        }
        object? value = Next();
        if (Next() is not List<object?> keys) { throw new InvalidDataException($"{name} has no list of storages."); }
        Dictionary<string, PickleStorage> known = CheckpointTensors.Storages(value);
        Dictionary<string, byte[]> storages = new(StringComparer.Ordinal);
        Span<byte> count = stackalloc byte[8];
        foreach (object? key in keys)
        {
            if (key is not string text || !known.TryGetValue(text, out PickleStorage? storage) || storages.ContainsKey(text))
            {
                throw new InvalidDataException($"{name} has a storage that none of its tensors uses.");
            }
            Npy.Read(buffered, count, name);
            long elements = System.Buffers.Binary.BinaryPrimitives.ReadInt64LittleEndian(count);
            int width = storage.Type?.Bytes ?? 1;
            long left = stream.Length - buffered.Position;
            if (elements < 0 || elements > left / width || elements * width > Array.MaxLength)
            {
                throw new InvalidDataException($"{name} has a storage of {elements} elements; {left} bytes are left.");
            }
            storages[text] = new byte[elements * width];
            Npy.Read(buffered, storages[text], name);
        }
        return new CheckpointTensors(name, stream.Length, storage => storages.GetValueOrDefault(storage.Key)
            ?? throw new InvalidDataException($"{name} has no storage {SafetensorsHeader.Show(storage.Key)}.")).Of(value);
    }

    static bool TarMagic(Stream stream)
    {
        Span<byte> magic = stackalloc byte[5];
        stream.Position = 257;
        stream.ReadExactly(magic);
        stream.Position = 0;
        return magic.SequenceEqual("ustar"u8);
    }
}
