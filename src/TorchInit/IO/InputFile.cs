using Microsoft.Win32.SafeHandles;

namespace TorchInit;

/// <summary>A file to read, with one wording for all formats.</summary>
static partial class InputFile
{
    /// <summary>Refuses what cannot be a file of data.</summary>
    /// <exception cref="FileNotFoundException">There is nothing of that name.</exception>
    /// <exception cref="IOException">It is a folder, or a pipe, a device or a socket, which may never end.</exception>
    public static void Check(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string? kind = FileStatus.Behind(path).Kind switch
        {
            FileKind.None => throw new FileNotFoundException($"there is no file '{path}'.", path),
            FileKind.Folder => "folder",
            FileKind.Pipe => "pipe",
            FileKind.Device => "device",
            FileKind.Socket => "socket",
            _ => null,
        };
        if (kind is not null) { throw new IOException($"'{path}' is a {kind}; allowed: a file."); }
    }

    /// <summary>Opens a file after <see cref="Check"/>.</summary>
    /// <exception cref="IOException">As for <see cref="Check"/>, or the disk refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read the file.</exception>
    public static SafeFileHandle Handle(string path, FileOptions options = FileOptions.None)
    {
        Check(path);
        try { return File.OpenHandle(path, share: FileShare.Read | FileShare.Delete, options: options); }
        catch (UnauthorizedAccessException error)
        {
            throw new UnauthorizedAccessException($"'{path}' cannot be read: its permissions, or those of its folder, do not allow it to "
                + "this user; allowed: a file that this user may read.", error);
        }
    }

    /// <summary>The same as a stream.</summary>
    public static FileStream Open(string path) => new(Handle(path), FileAccess.Read);
}
