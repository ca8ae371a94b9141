using System.Buffers.Binary;

namespace TorchInit;

public static partial class Safetensors
{
    static (List<SafetensorsEntry> Entries, Dictionary<string, string> Metadata) ReadHeader(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ThrowIfBigEndian();
        if (!stream.CanSeek)
        {
            throw new ArgumentException("stream cannot seek; allowed: one that can, for example a file or a MemoryStream.", nameof(stream));
        }
        long left = stream.Length - stream.Position;
        if (left < sizeof(ulong))
        {
            throw new InvalidDataException($"The file has {left} bytes; allowed: 8, the header's length, or more.");
        }
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        ReadAll(stream, prefix);
        left -= sizeof(ulong);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > SafetensorsHeader.MaxLength)
        {
            throw new InvalidDataException($"The header's length is {length}; allowed: up to {SafetensorsHeader.MaxLength}.");
        }
        if ((long)length > left)
        {
            throw new InvalidDataException($"The header's length is {length}; allowed: up to {left}, the rest of the file."
                + (left > 0 && stream.ReadByte() == '{' ? $" {CutShort}" : ""));
        }
        byte[] header = new byte[length];
        ReadAll(stream, header);
        return SafetensorsHeader.Parse(header, left - (long)length);
    }

    /// <summary>What a user can do about a file that begins well.</summary>
    internal const string CutShort = "If it was cut short, copy or download it again.";

    static void ReadTensor(Stream stream, SafetensorsEntry entry, StateDict tensors)
    {
        if (entry.Type.DType is { } dtype) { tensors.AddRead(entry.Name, ReadElements(stream, dtype, entry.Shape)); }
        else { tensors.Add(new OpaqueTensor(entry.Name, entry.Type.Name, entry.Shape, ReadRuns(stream, entry.End - entry.Begin))); }
    }

    static TensorBuffer ReadElements(Stream stream, DType dtype, long[] shape)
    {
        TensorBuffer tensor = TensorBuffer.Zeros(dtype, shape);
        foreach ((int start, int count) in TensorBuffer.Runs(tensor.Count, dtype.ByteSize()))
        {
            ReadAll(stream, tensor.Bytes(start, count));
        }
        return tensor;
    }

    static List<byte[]> ReadRuns(Stream stream, long bytes)
    {
        List<byte[]> runs = [];
        for (long left = bytes; left > 0; left -= runs[^1].Length)
        {
            runs.Add(GC.AllocateUninitializedArray<byte>((int)Math.Min(left, 1 << 30)));
            ReadAll(stream, runs[^1]);
        }
        return runs;
    }

    static void ReadAll(Stream stream, Span<byte> bytes)
    {
        try { stream.ReadExactly(bytes); }
        catch (EndOfStreamException error)
        {
            throw new InvalidDataException($"The file became shorter: it ended while {bytes.Length} bytes were being "
                + $"read.", error);
        }
    }
}
