using System.IO.Compression;
using System.Text;

namespace TorchInit.Tests.IO;

/// <summary>Small files of torch.save's forms, opcode by opcode: a (2, 3) weight, a strided view of the same storage, a mask.</summary>
static class CheckpointFiles
{
    /// <summary>A zip archive round a pickle.</summary>
    public static byte[] Zip(byte[]? pickle = null)
    {
        using MemoryStream file = new();
        using (ZipArchive archive = new(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, "archive/data.pkl", pickle ?? Pickle());
            Add(archive, "archive/byteorder", "little"u8.ToArray());
            Add(archive, "archive/data/0", Floats());
            Add(archive, "archive/data/1", [1, 0]);
            Add(archive, "archive/version", "3\n"u8.ToArray());
        }
        return file.ToArray();
    }

    /// <summary>The form before torch 1.6: five pickles, then the storages.</summary>
    public static byte[] Legacy()
    {
        byte[] magic = [0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, .. "."u8];
        byte[] version = [0x80, 2, .. "M"u8, 0xE9, 3, .. "."u8];
        byte[] system = [0x80, 2, .. "}("u8, .. Text("protocol_version"), .. "M"u8, 0xE9, 3, .. Text("little_endian"), 0x88, .. "u."u8];
        byte[] keys = [0x80, 2, .. "]("u8, .. Text("0"), .. Text("1"), .. "e."u8];
        return [.. magic, .. version, .. system, .. Pickle(), .. keys, .. BitConverter.GetBytes(6L), .. Floats(),
            .. BitConverter.GetBytes(2L), 1, 0];
    }

    /// <summary>A state dict; the second tensor has this size and stride.</summary>
    public static byte[] Pickle(int shape = 2, int stride = 2) =>
    [
        0x80, 2, .. "ccollections\nOrderedDict\n)R("u8,
        .. Text("weight"), .. Tensor("FloatStorage", "0", 6, 0, [.. "K\x02K\x03"u8, 0x86], [.. "K\x03K\x01"u8, 0x86]),
        .. Text("bias"), .. Tensor("FloatStorage", "0", 6, 1, [.. "J"u8, .. BitConverter.GetBytes(shape), 0x85],
            [.. "K"u8, (byte)stride, 0x85]),
        .. Text("mask"), .. Tensor("BoolStorage", "1", 2, 0, [.. "K\x02"u8, 0x85], [.. "K\x01"u8, 0x85]),
        .. "u}"u8, .. Text("_metadata"), .. "ccollections\nOrderedDict\n)Rsb."u8,
    ];

    /// <summary>The opcodes of one tensor.</summary>
    public static byte[] Tensor(string storage, string key, byte count, byte offset, byte[] shape, byte[] strides) =>
    [
        .. "ctorch._utils\n_rebuild_tensor_v2\n(("u8, .. Text("storage"), .. Encoding.ASCII.GetBytes($"ctorch\n{storage}\n"), .. Text(key),
        .. Text("cpu"), .. "K"u8, count, .. "tQK"u8, offset, .. shape, .. strides, 0x89, .. "ccollections\nOrderedDict\n)RtR"u8,
    ];

    static byte[] Floats() => [.. Enumerable.Range(0, 6).SelectMany(number => BitConverter.GetBytes((float)number))];

    static byte[] Text(string text) => [.. "X"u8, .. BitConverter.GetBytes(text.Length), .. Encoding.ASCII.GetBytes(text)];

    static void Add(ZipArchive archive, string name, byte[] bytes)
    {
        using Stream entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
        entry.Write(bytes);
    }
}
