namespace TorchInit;

/// <summary>A file to read, with one wording for all formats.</summary>
static class InputFile
{
    /// <summary>Refuses what cannot be a file of data.</summary>
    /// <exception cref="FileNotFoundException">There is nothing of that name.</exception>
    /// <exception cref="IOException">It is a folder.</exception>
    public static void Check(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        switch (FileStatus.Behind(path).Kind)
        {
            case FileKind.Folder: throw new IOException($"'{path}' is a folder; allowed: a file.");
            case FileKind.None: throw new FileNotFoundException($"there is no file '{path}'.", path);
        }
    }
}
