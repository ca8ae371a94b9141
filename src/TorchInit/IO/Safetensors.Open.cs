using Microsoft.Win32.SafeHandles;

namespace TorchInit;

public static partial class Safetensors
{
    /// <summary>The tensors of a file, whose elements stay there until they are asked for; those of the integer types and bool among them.
    /// They are for reading.</summary>
    /// <param name="path">The file; its header is checked as in <see cref="Load(string)"/>.</param>
    /// <exception cref="InvalidDataException">The file breaks a rule of the format, or has a size that is not supported.</exception>
    internal static StateDict Open(string path)
    {
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

    /// <summary>What the header says, and where the elements begin. The file stays open unless it is refused.</summary>
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
