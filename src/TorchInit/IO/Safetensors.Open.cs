using Microsoft.Win32.SafeHandles;

namespace TorchInit;

public static partial class Safetensors
{
    /// <summary>Reads the tensors of a file, including those of integer types and bool; the elements stay in the file until they are
    /// needed. The tensors are read-only.</summary>
    /// <param name="path">The file; its header is checked as in <see cref="Load(string)"/>.</param>
    /// <exception cref="InvalidDataException">The file breaks a rule of the format, or has an unsupported size.</exception>
    internal static StateDict Open(string path)
    {
        InputFile.Check(path);
        SafeFileHandle file = File.OpenHandle(path, share: FileShare.Read | FileShare.Delete, options: FileOptions.SequentialScan);
        (List<SafetensorsEntry> entries, long data) = Described(file);
        StateDict tensors = new();
        foreach (SafetensorsEntry entry in entries)
        {
            bool fits = TensorShape.CountOrThrow(entry.Shape) <= Array.MaxLength;
            if (fits && SafetensorsType.HeldBy(entry.Type.Name) is { } dtype)
            {
                FileBytes bytes = new(file, data + entry.Begin, entry.End - entry.Begin, path);
                tensors.Add(entry.Name, TensorBuffer.Stored(dtype, entry.Shape, bytes));
            }
            else { tensors.Add(new OpaqueTensor(entry.Name, entry.Type.Name, entry.Shape, [])); }
        }
        return tensors;
    }

    /// <summary>The entries of the header, and where the elements begin. The file stays open unless it is refused.</summary>
    static (List<SafetensorsEntry> Entries, long Data) Described(SafeFileHandle file)
    {
        try
        {
            FileStream stream = new(file, FileAccess.Read, bufferSize: 0);         // not disposed: that would close the file
            return (ReadHeader(stream).Entries, stream.Position);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
