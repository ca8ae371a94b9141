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
        SafeFileHandle file = InputFile.Handle(path, FileOptions.SequentialScan);
        (List<SafetensorsEntry> entries, long data) = Described(file, path);
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
    static (List<SafetensorsEntry> Entries, long Data) Described(SafeFileHandle file, string path)
    {
        FileStream stream = new(file, FileAccess.Read, bufferSize: 0);         // not disposed: that would close the file
        bool isRead = false;
        try
        {
            (List<SafetensorsEntry> entries, _) = ReadHeader(stream);
            isRead = true;
            return (entries, stream.Position);
        }
        catch (InvalidDataException error) { throw InputFile.Explained(error, stream, path, FileFormat.Safetensors); }
        finally
        {
            if (!isRead) { file.Dispose(); }
        }
    }
}
