namespace TorchInit;

/// <summary>Checks the path of an output file before any work is done.</summary>
static class OutputTarget
{
    const string Allowed = "allowed: a file, new or to be replaced.";

    /// <summary>The full path, if a file can be written there. A link is replaced, not followed, so that a planted link cannot choose what
    /// is overwritten.</summary>
    /// <exception cref="IOException">The path is a folder, a device, a pipe or a socket, or a link to one; or its folder does not
    /// exist.</exception>
    /// <exception cref="UnauthorizedAccessException">The file that would be replaced is not writable.</exception>
    public static string Check(string path)
    {
        CheckGiven(path);
        string target = Path.GetFullPath(path);
        FileStatus there = FileStatus.Of(target), behind = FileStatus.Behind(target);
        bool isFolder = behind.Kind == FileKind.Folder || Path.EndsInDirectorySeparator(target);
        string? kind = isFolder ? "a folder" : IsInDevices(target) ? "a device" : behind.Kind switch
        {
            FileKind.Device => "a device",
            FileKind.Pipe => "a pipe",
            FileKind.Socket => "a socket",
            _ => null,
        };
        if (kind is not null) { throw new IOException($"{path} is {(there.Kind == FileKind.Link ? "a link to " : "")}{kind}; {Allowed}"); }
        string folder = Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder)) { throw new DirectoryNotFoundException($"{path} cannot be written: there is no folder {folder}."); }
        if (there.Kind == FileKind.File) { CheckReplaceable(path, target); }
        return target;
    }

    /// <summary><see cref="Check"/>, and whether a file can be created beside it.</summary>
    /// <returns>The status of a new file there, which shows who owns the files of this process.</returns>
    /// <exception cref="IOException">As for <see cref="Check"/>, or the disk refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">As for <see cref="Check"/>, or the folder is not writable.</exception>
    public static FileStatus Probe(string path) => ProbeFolder(Path.GetDirectoryName(Check(path))!, path);

    static void CheckGiven(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length == 0) { throw new ArgumentException($"path is ''; {Allowed}", nameof(path)); }
    }

    /// <summary>The same for a file whose folder is created with it.</summary>
    public static void ProbeFile(string path)
    {
        CheckGiven(path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
        if (Directory.Exists(folder)) { _ = Probe(path); }
        else { ProbeFolder(folder); }
    }

    /// <summary>Checks that files can be created in a folder, or in the nearest existing folder above it.</summary>
    /// <exception cref="IOException">That is not a folder, or the disk refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not writable.</exception>
    public static void ProbeFolder(string path)
    {
        CheckGiven(path);
        string folder = Path.GetFullPath(path);
        while (FileStatus.Of(folder).Kind == FileKind.None && Path.GetDirectoryName(folder) is { } above) { folder = above; }
        if (!Directory.Exists(folder)) { throw new IOException($"{path} cannot be written: {folder} is not a folder."); }
        _ = ProbeFolder(folder, path);
    }

    static FileStatus ProbeFolder(string folder, string path)
    {
        string probe = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
        try
        {
            using FileStream file = new(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0,
                FileOptions.DeleteOnClose);
            return FileStatus.Of(file.SafeFileHandle);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or FileNotFoundException)
        {
            throw new UnauthorizedAccessException($"{path} cannot be written: the folder {folder} does not allow new files.", error);
        }
        catch (IOException error) when (error.Message.Contains(probe, StringComparison.Ordinal))
        {
            throw new IOException(error.Message.Replace(probe, path, StringComparison.Ordinal), error);
        }
    }

    static void CheckReplaceable(string path, string target)
    {
        try
        {
            using FileStream file = new(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new UnauthorizedAccessException($"{path} exists and is not writable.", error);
        }
        catch (FileNotFoundException)
        {
            // Deleted in the meantime: nothing is replaced.
        }
    }

    /// <summary>/dev/stdout is a link to whatever the shell made it; NUL and similar names have no folder.</summary>
    static bool IsInDevices(string target)
        => OperatingSystem.IsWindows() ? target.StartsWith(@"\\.\", StringComparison.Ordinal) : Path.GetDirectoryName(target) == "/dev";
}
