namespace TorchInit;

/// <summary>
/// Reads and writes the safetensors format: 8 bytes with the header's length, a JSON header, the elements. Tensors of every
/// <see cref="DType"/> are read; those of the format's other dtypes are kept byte for byte, in <see cref="StateDict.Opaque"/>.
/// </summary>
/// <remarks>
/// Tensors are written in the order of the state dict, in the header and in the data, and are read in the order of their data, so a round
/// trip keeps torch's order. (The reference implementation sorts by dtype, then by name; both are valid files. Without that sort, a tensor
/// that follows an odd number of 2- or 4-byte elements starts at an address that is not a multiple of its element size.) Little-endian
/// hosts only.
/// </remarks>
public static partial class Safetensors
{
    /// <summary>Writes a file whole or not at all: a temporary file beside it is written, flushed to the disk, then renamed.</summary>
    /// <param name="path">An existing file is replaced; on an error it stays unchanged and no temporary file is left.</param>
    /// <param name="tensors">Names may be any Unicode text except <c>__metadata__</c>.</param>
    /// <param name="metadata">Strings for the header's <c>__metadata__</c>, in this order; null omits that key.</param>
    /// <exception cref="ArgumentException">A name or string is not allowed, or the header would exceed 100 000 000 bytes; nothing is
    /// written.</exception>
    /// <exception cref="PlatformNotSupportedException">The host is big-endian.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, StateDict tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] header = Header(tensors, metadata);
        AtomicFile.Write(path, stream => Write(stream, header, tensors));
    }

    /// <summary><see cref="Save(string, StateDict, IReadOnlyDictionary{string, string}?)"/> on a thread of the pool.</summary>
    /// <param name="path">An existing file is replaced; on an error it stays unchanged and no temporary file is left.</param>
    /// <param name="tensors">Must not change until the task has ended.</param>
    /// <param name="metadata">Strings for the header's <c>__metadata__</c>, in this order; null omits that key.</param>
    /// <param name="cancellation">Has an effect until the writing begins.</param>
    public static Task SaveAsync(string path, StateDict tensors, IReadOnlyDictionary<string, string>? metadata = null,
        CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        return Task.Run(() => Save(path, tensors, metadata), cancellation);
    }

    /// <summary>Writes the same bytes to a stream at its position; the stream stays open.</summary>
    /// <param name="stream">A writable stream; it need not be seekable.</param>
    /// <param name="tensors">Names may be any Unicode text except <c>__metadata__</c>.</param>
    /// <param name="metadata">Strings for the header's <c>__metadata__</c>, in this order; null omits that key.</param>
    /// <exception cref="ArgumentException">A name or string is not allowed, or the header would exceed 100 000 000 bytes; nothing is
    /// written.</exception>
    /// <exception cref="PlatformNotSupportedException">The host is big-endian.</exception>
    public static void Save(Stream stream, StateDict tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Write(stream, Header(tensors, metadata), tensors);
    }

    /// <summary>Reads the tensors of a file, in the order of their data.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file breaks a rule of the format, or has an unsupported size; nothing large was
    /// allocated. If it is a file of another kind, the message says which, and what to do.</exception>
    /// <exception cref="IOException">There is no such file, or it is a folder, a pipe or a device.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    /// <exception cref="PlatformNotSupportedException">The host is big-endian.</exception>
    public static StateDict Load(string path) => InputFile.Read(path, FileFormat.Safetensors, Load);

    /// <summary><see cref="Load(string)"/> on a thread of the pool.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Has an effect until the reading begins.</param>
    public static Task<StateDict> LoadAsync(string path, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Task.Run(() => Load(path), cancellation);
    }

    /// <summary>Reads the tensors of a stream, from its position to its end.</summary>
    /// <param name="stream">A seekable stream: every size is checked against its length before anything is allocated.</param>
    /// <exception cref="ArgumentException"><paramref name="stream"/> cannot seek.</exception>
    /// <exception cref="InvalidDataException">The bytes break a rule of the format, or have an unsupported size.</exception>
    /// <exception cref="PlatformNotSupportedException">The host is big-endian.</exception>
    public static StateDict Load(Stream stream)
    {
        StateDict tensors = new();
        foreach (SafetensorsEntry entry in ReadHeader(stream).Entries) { ReadTensor(stream, entry, tensors); }
        return tensors;
    }

    /// <summary>Reads the strings under <c>__metadata__</c>; empty if the file has none.</summary>
    /// <param name="path">The file; its header is checked as in <see cref="Load(string)"/>, its elements are not read.</param>
    /// <exception cref="InvalidDataException">The file breaks a rule of the format.</exception>
    /// <exception cref="PlatformNotSupportedException">The host is big-endian.</exception>
    public static IReadOnlyDictionary<string, string> LoadMetadata(string path)
        => InputFile.Read(path, FileFormat.Safetensors, LoadMetadata);

    /// <summary>Reads the strings under <c>__metadata__</c> from the stream's position; empty if there are none.</summary>
    /// <param name="stream">A seekable stream; left at the end of the header.</param>
    /// <exception cref="ArgumentException"><paramref name="stream"/> cannot seek.</exception>
    /// <exception cref="InvalidDataException">The bytes break a rule of the format.</exception>
    /// <exception cref="PlatformNotSupportedException">The host is big-endian.</exception>
    public static IReadOnlyDictionary<string, string> LoadMetadata(Stream stream) => ReadHeader(stream).Metadata;

    static void ThrowIfBigEndian()
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("safetensors files are little-endian, and this host is big-endian; swapping is not "
                + "supported.");
        }
    }
}
