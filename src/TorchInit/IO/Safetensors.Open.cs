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
        using FileStream stream = File.OpenRead(path);
        (List<SafetensorsEntry> entries, _) = ReadHeader(stream);
        long data = stream.Position;
        SafeFileHandle file = File.OpenHandle(path, share: FileShare.Read | FileShare.Delete, options: FileOptions.SequentialScan);
        StateDict tensors = new();
        foreach (SafetensorsEntry entry in entries)
        {
            if (SafetensorsType.HeldBy(entry.Type.Name) is { } dtype && TensorShape.CountOrThrow(entry.Shape, long.MaxValue) <= Array.MaxLength)
            {
                FileBytes bytes = new(file, data + entry.Begin, entry.End - entry.Begin, path);
                tensors.Add(entry.Name, TensorBuffer.Stored(dtype, entry.Shape, bytes));
            }
            else { tensors.Add(new OpaqueTensor(entry.Name, entry.Type.Name, entry.Shape, [])); }
        }
        return tensors;
    }
}
