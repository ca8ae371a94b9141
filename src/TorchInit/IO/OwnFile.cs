using Microsoft.Win32.SafeHandles;

namespace TorchInit;

/// <summary>Opens a file of a known name that an earlier run may have left, for one process at a time and through no link.</summary>
static class OwnFile
{
    const int Attempts = 100;

    /// <summary>The file, which nobody else has under this name while it is open. Windows must be able to delete it under its owner's
    /// hands.</summary>
    static FileShare Alone => OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;

    /// <param name="path">Made when it is not there.</param>
    /// <param name="target">The file that it is for, in messages.</param>
    /// <param name="us">The status of a file of this process in the same folder.</param>
    /// <exception cref="IOException">Another process has it, or it is none of this user's plain files.</exception>
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
            catch (FileNotFoundException) { continue; }                                 // its owner finished in between
            catch (IOException) when (isNew && FileStatus.Of(path).Kind != FileKind.None) { continue; }
            catch (IOException error) when (!isNew && error.GetType() == typeof(IOException))
            {
                throw new IOException($"{target} is being written by another process; wait for it to end, or name another file.", error);
            }
            // Its owner may have renamed or deleted what was opened before the lock was had, and a link may have taken its place.
            if (FileStatus.Of(path).Id == FileStatus.Of(file).Id && FileStatus.Of(path).Kind == FileKind.File) { return file; }
            file.Dispose();
        }
        throw new IOException($"{target} is being written by other processes; wait for them to end, or name another file.");
    }

    static string? Fault(FileStatus there, FileStatus us) => there switch
    {
        { Kind: not FileKind.File } => $"is no plain file but a {there.Kind.ToString().ToLowerInvariant()}",
        { Links: > 1 } => "has other names as well",
        _ when there.Owner != us.Owner => "belongs to another user",
        _ => null,
    };
}
