using System.IO.Compression;
using System.Text;

namespace TorchInit.Tests.IO;

/// <summary>Small files of NumPy's formats.</summary>
static class NpyFiles
{
    /// <summary>Six float32, (2, 3).</summary>
    public static byte[] Npy()
    {
        byte[] header = Encoding.ASCII.GetBytes("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }\n");
        return [0x93, .. "NUMPY"u8, 1, 0, .. BitConverter.GetBytes((ushort)header.Length), .. header,
            .. Enumerable.Range(0, 6).SelectMany(number => BitConverter.GetBytes((float)number))];
    }

    /// <summary>An archive of one array, compressed.</summary>
    public static byte[] Npz()
    {
        using MemoryStream file = new();
        using (ZipArchive archive = new(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = archive.CreateEntry("weight.npy", CompressionLevel.Fastest).Open();
            entry.Write(Npy());
        }
        return file.ToArray();
    }
}
