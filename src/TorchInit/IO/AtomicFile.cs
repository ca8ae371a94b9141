using System.Text;

namespace TorchInit;

/// <summary>Replaces a file as a whole or not at all: writes a temporary beside it, flushes it to the disk, then renames it.</summary>
static class AtomicFile
{
    /// <summary>Writes <paramref name="path"/> with what <paramref name="write"/> puts into the stream.</summary>
    /// <param name="path">The file; one that exists is replaced. Its directory must exist, because a rename is atomic only inside one file system.</param>
    /// <param name="write">Called once, with a stream that can seek. When it throws, the old file stays as it was and the temporary is deleted.</param>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        string target = Path.GetFullPath(path);
        string temporary = Path.Combine(Path.GetDirectoryName(target) ?? target, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        try
        {
            using (stream)                        // closed before the rename: Windows renames no open file
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Writes <paramref name="text"/> as UTF-8 without byte order mark.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="text">Line ends are kept as they are.</param>
    public static void WriteText(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }
}
