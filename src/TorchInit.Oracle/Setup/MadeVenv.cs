namespace TorchInit.Oracle;

/// <summary>What is in the folder of a virtual environment.</summary>
enum VenvState
{
    /// <summary>Nothing, or an empty folder.</summary>
    None,

    /// <summary>Something that was not made here.</summary>
    Foreign,

    /// <summary>Made here, but not completed.</summary>
    HalfMade,

    /// <summary>Made here.</summary>
    Made,
}

/// <summary>A virtual environment that was made here, as a file in it records: the only place where pip installs.</summary>
sealed class MadeVenv(string folder)
{
    const string Begun = "torchinit setup makes this environment", Complete = "torchinit setup made this environment";

    string Marker => Path.Combine(Folder, "torchinit-made.txt");

    public string Folder => folder;

    public string Python => OperatingSystem.IsWindows() ? Path.Combine(Folder, "Scripts", "python.exe")
        : Path.Combine(Folder, "bin", "python");

    /// <summary>The versions and hashes that were installed.</summary>
    public string Requirements => Path.Combine(Folder, "torchinit-requirements.txt");

    public VenvState State
        => File.Exists(Folder) ? VenvState.Foreign
        : !Directory.Exists(Folder) || !Directory.EnumerateFileSystemEntries(Folder).Any() ? VenvState.None
        : !File.Exists(Marker) ? VenvState.Foreign
        : File.ReadAllText(Marker).StartsWith(Complete, StringComparison.Ordinal) ? VenvState.Made : VenvState.HalfMade;

    public void MarkBegun()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Marker, $"{Begun}; an incomplete one is made again.\n");
    }

    public void MarkMade()
        => File.WriteAllText(Marker, $"{Complete}, and may change it. Without this file it leaves the environment alone.\n");

    public void Delete()
    {
        if (State is VenvState.HalfMade or VenvState.Made) { Directory.Delete(Folder, recursive: true); }
    }

    /// <summary>Locks the environment against other runs of setup until disposed; null if another one holds it.</summary>
    public FileStream? TakeTurn()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Folder)!);
            return new($"{Folder}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
