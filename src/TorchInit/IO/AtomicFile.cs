using System.Runtime.InteropServices;
using System.Text;

namespace TorchInit;

/// <summary>Replaces a file whole or not at all: writes a temporary file beside it, flushes it to the disk, renames it, and flushes the
/// folder.</summary>
static class AtomicFile
{
    /// <summary>Writes to <paramref name="path"/> what <paramref name="write"/> puts into the stream.</summary>
    /// <param name="path">An existing file is replaced and its permissions are kept; see <see cref="OutputTarget.Check"/>. The directory
    /// must exist: a rename is atomic only within one file system.</param>
    /// <param name="write">Called once, with a seekable stream. If it throws, the old file stays unchanged and the temporary file is
    /// deleted.</param>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        string target = OutputTarget.Check(path);
        string folder = Path.GetDirectoryName(target)!;
        string name = Path.GetFileName(target);
        // The suffix would make a long name too long.
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
            // The user needs to know that the disk is full, but not the name of the temporary file.
            throw new IOException(error.Message.Replace(temporary, path, StringComparison.Ordinal), error);
        }
        FlushFolder(folder);
    }

    /// <summary>Writes <paramref name="text"/> as UTF-8 without a byte order mark.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="text">Line endings are kept.</param>
    public static void WriteText(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Gives a new file the permissions of the file that it will replace.</summary>
    public static void KeepPermissions(string replaced, string file)
    {
        if (OperatingSystem.IsWindows() || FileStatus.Of(replaced).Kind != FileKind.File) { return; }
        try { File.SetUnixFileMode(file, File.GetUnixFileMode(replaced)); }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            // No permissions in this file system, or the file is gone: the defaults of a new file are right.
        }
    }

    /// <summary>Makes the renames in a folder survive a power failure; does nothing on Windows, whose file systems journal names
    /// themselves.</summary>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) { return; }
        try
        {
            int handle = open(Encoding.UTF8.GetBytes(folder + '\0'), 0);
            if (handle < 0) { return; }             // a folder can be writable but not readable
            _ = fsync(handle);
            _ = close(handle);
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            // No libc of that name: the file is still whole, under its old name or its new one.
        }
    }

    [DllImport("libc", EntryPoint = "open")]
    static extern int open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    static extern int fsync(int file);

    [DllImport("libc", EntryPoint = "close")]
    static extern int close(int file);
}
