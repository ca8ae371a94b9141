using System.Runtime.InteropServices;
using System.Text;

namespace TorchInit;

/// <summary>Replaces a file as a whole or not at all: writes a temporary beside it, flushes it to the disk, renames it, and flushes the
/// folder.</summary>
static class AtomicFile
{
    /// <summary>Writes <paramref name="path"/> with what <paramref name="write"/> puts into the stream.</summary>
    /// <param name="path">One that exists is replaced and its permissions stay; see <see cref="OutputTarget.Check"/>. Its directory must
    /// exist, because a rename is atomic only inside one file system.</param>
    /// <param name="write">Called once, with a stream that can seek. When it throws, the old file stays as it was and the temporary is
    /// deleted.</param>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        string target = OutputTarget.Check(path);
        string folder = Path.GetDirectoryName(target)!;
        string name = Path.GetFileName(target);
        // A long name with more behind it would be too long.
        string temporary = Path.Combine(folder, $".{name[..Math.Min(name.Length, 40)]}.{Guid.NewGuid():N}.tmp");
        try
        {
            FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
            try
            {
                using (stream)                        // closed before the rename: Windows renames no open file
                {
                    KeepPermissions(target, temporary);
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
        catch (IOException error) when (error.GetType() == typeof(IOException)
            && error.Message.Contains(temporary, StringComparison.Ordinal))
        {
            // A full disk is the user's to know, the name of the temporary is not.
            throw new IOException(error.Message.Replace(temporary, path, StringComparison.Ordinal), error);
        }
        FlushFolder(folder);
    }

    /// <summary>Writes <paramref name="text"/> as UTF-8 without byte order mark.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="text">Line ends are kept as they are.</param>
    public static void WriteText(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Gives the file that will replace another one the other's permissions.</summary>
    public static void KeepPermissions(string replaced, string file)
    {
        if (OperatingSystem.IsWindows() || FileStatus.Of(replaced).Kind != FileKind.File) { return; }
        try { File.SetUnixFileMode(file, File.GetUnixFileMode(replaced)); }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            // A file system without permissions, or the file is gone: a new file's are right.
        }
    }

    /// <summary>Makes the renames in a folder survive a power cut; nothing on Windows, whose file systems keep their own journal of
    /// names.</summary>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) { return; }
        try
        {
            int handle = open(Encoding.UTF8.GetBytes(folder + '\0'), 0);
            if (handle < 0) { return; }             // a folder may be written and not read
            _ = fsync(handle);
            _ = close(handle);
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            // No libc of that name: the file is whole all the same, under its old name or its new one.
        }
    }

    [DllImport("libc", EntryPoint = "open")]
    static extern int open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    static extern int fsync(int file);

    [DllImport("libc", EntryPoint = "close")]
    static extern int close(int file);
}
