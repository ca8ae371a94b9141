using System.IO.Compression;
using System.Text;
using TorchInit.Parity;

namespace TorchInit.Tests.IO;

/// <summary>NumPy's files, written here byte by byte, and damaged ones.</summary>
public class NpyTests
{
    static byte[] File(string header, byte[] data, byte version = 1)
    {
        byte[] text = Encoding.ASCII.GetBytes(header + "\n");
        byte[] size = version == 1 ? BitConverter.GetBytes((ushort)text.Length) : BitConverter.GetBytes((uint)text.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. size, .. text, .. data];
    }

    static byte[] Floats(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void An_array_is_read(byte version)
    {
        TensorBuffer tensor = Npy.Load(new MemoryStream(File("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }",
            Floats(1, 2, 3, 4, 5, 6), version)));
        Assert.Equal([2L, 3L], tensor.Shape);
        Assert.Equal([1f, 2, 3, 4, 5, 6], tensor.AsSpan<float>().ToArray());
    }

    [Fact]
    public void Fortran_order_becomes_row_major()
        => Assert.Equal([1f, 3, 5, 2, 4, 6],
            Npy.Load(new MemoryStream(File("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }", Floats(1, 2, 3, 4, 5, 6))))
            .AsSpan<float>().ToArray());

    [Theory]
    [InlineData("magic", "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", 8, 0)]
    [InlineData("truncated", "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", 8, -3)]
    [InlineData("'>f4'", "{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }", 8, 1)]
    [InlineData("'|O'", "{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", 8, 1)]
    [InlineData("unsupported header", "__import__('os').system('true')", 8, 1)]
    [InlineData("needs", "{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 16), }", 8, 1)]
    [InlineData("size", "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999999,), }", 8, 1)]
    public void Damage_is_named(string said, string header, int bytes, int fault)
    {
        byte[] file = File(header, new byte[bytes]);
        if (fault == 0) { file[0] = 0; }
        if (fault < 0) { file = file[..12]; }
        Assert.Contains(said, Assert.Throws<InvalidDataException>(() => Npy.Load(new MemoryStream(file))).Message,
            StringComparison.Ordinal);
    }

    /// <summary>numpy.load says "Bad CRC-32 for file"; the weights would otherwise look as if someone had edited them.</summary>
    [Theory]
    [InlineData(CompressionLevel.NoCompression, 2)]
    [InlineData(CompressionLevel.NoCompression, 77)]
    [InlineData(CompressionLevel.Fastest, 77)]
    public void A_flipped_bit_of_an_npz_is_damage(CompressionLevel level, int count)
    {
        MemoryStream file = new();
        float[] values = [.. Enumerable.Range(0, count).Select(value => value + 0.1f)];
        using (ZipArchive archive = new(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = archive.CreateEntry("weight.npy", level).Open();
            // Bytes after the array belong to the entry, and to its checksum.
            entry.Write([.. File($"{{'descr': '<f4', 'fortran_order': False, 'shape': ({count},), }}", Floats(values)), 1, 2, 3]);
        }
        Assert.Equal(values, Npz.Load(file)["weight"].AsSpan<float>().ToArray());
        if (level != CompressionLevel.NoCompression) { return; }
        byte[] damaged = file.ToArray();
        damaged[damaged.AsSpan().IndexOf(Floats(values[1]))] ^= 0x40;
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Npz.Load(new MemoryStream(damaged), "w.npz"));
        Assert.Contains("weight.npy", error.Message, StringComparison.Ordinal);
        Assert.Contains("is damaged: its bytes have the CRC-32 ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_npz_is_a_state_dict()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.npz");
        try
        {
            using (ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create))
            {
                using Stream entry = archive.CreateEntry("weight.npy").Open();
                entry.Write(File("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", Floats(7, 8)));
            }
            Assert.Equal([7f, 8], WeightsFile.Load(path)["weight"].AsSpan<float>().ToArray());
        }
        finally { System.IO.File.Delete(path); }
        Assert.Contains("allowed: .safetensors, .pt", Assert.Throws<ArgumentException>(() => WeightsFile.Load("model.h5")).Message,
            StringComparison.Ordinal);
    }
}
