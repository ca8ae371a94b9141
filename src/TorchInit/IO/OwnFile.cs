using Microsoft.Win32.SafeHandles;

namespace TorchInit;

/// <summary>Opens a file of a known name that an earlier run may have left, for one process at a time and never through a link.</summary>
static class OwnFile
{
    const int Attempts = 100;

    /// <summary>Sharing of the file: no other process can open it under this name. Windows must still allow its owner to delete it while it
    /// is open.</summary>
    static FileShare Alone => OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;

    /// <param name="path">The file; created if it does not exist.</param>
    /// <param name="target">The output file that it belongs to, for messages.</param>
    /// <param name="us">The status of a file of this process in the same folder.</param>
    /// <exception cref="IOException">Another process has the file open, or it is not a plain file of this user.</exception>
    public static SafeFileHandle Open(string path, string target, FileStatus us)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            FileStatus there = FileStatus.Of(path);
            bool isNew = there.Kind == FileKind.None;
            if (!isNew && Fault(there, us) is { } fault)
            {
                throw new IOException($"{target} cannot be written: {path} {fault}; remove it first.");
            }
            SafeFileHandle file;
            try { file = File.OpenHandle(path, isNew ? FileMode.CreateNew : FileMode.Open, FileAccess.ReadWrite, Alone); }
            catch (FileNotFoundException) { continue; }                                 // its owner has just finished
            catch (IOException) when (isNew && FileStatus.Of(path).Kind != FileKind.None) { continue; }
            catch (IOException error) when (!isNew && error.GetType() == typeof(IOException))
            {
                throw new IOException($"{target} is being written by another process; wait until it ends, or choose another file.", error);
            }
            // The owner may have renamed or deleted the file before it was locked here, and a link may have taken its place.
            if (FileStatus.Of(path).Id == FileStatus.Of(file).Id && FileStatus.Of(path).Kind == FileKind.File) { return file; }
            file.Dispose();
        }
        throw new IOException($"{target} is being written by other processes; wait until they end, or choose another file.");
    }

    static string? Fault(FileStatus there, FileStatus us) => there switch
    {
        { Kind: not FileKind.File } => $"is not a plain file but a {there.Kind.ToString().ToLowerInvariant()}",
        { Links: > 1 } => "has other hard links",
        _ when there.Owner != us.Owner => "belongs to another user",
        _ => null,
    };
}
