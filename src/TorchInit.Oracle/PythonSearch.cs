namespace TorchInit.Oracle;

/// <summary>Where to look for a Python; the environment is passed as data, so that a test can supply another.</summary>
/// <param name="Named">The Python that the caller named, or null.</param>
/// <param name="Environment">Reads an environment variable.</param>
/// <param name="WorkingDirectory">The directory whose .venv is considered.</param>
/// <param name="SystemPython">The system's Python; null if the platform has no fixed place for it.</param>
sealed record PythonSearch(string? Named, Func<string, string?> Environment, string WorkingDirectory, string? SystemPython)
{
    static readonly string[] Names = OperatingSystem.IsWindows() ? ["python3.exe", "python.exe"] : ["python3", "python"];

    internal static PythonSearch OfThisProcess(string? named) => new(
        named, System.Environment.GetEnvironmentVariable, Directory.GetCurrentDirectory(), OperatingSystem.IsWindows() ? null
            : "/usr/bin/python3");

    /// <summary>Where Python.Included installs its Python on Windows.</summary>
    internal static string EmbeddedHome
        => Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.LocalApplicationData), "torchinit", "python");

    /// <summary>The Pythons from which a virtual environment may be made: the system's, then those on PATH.</summary>
    internal IEnumerable<string> Bases()
    {
        if (SystemPython is not null && File.Exists(SystemPython)) { yield return SystemPython; }
        foreach (string path in OnPath()) { yield return path; }
    }

    /// <summary>The places to look, in order, each with its source; they need not exist.</summary>
    internal IEnumerable<(string Path, string Source)> Places()
    {
        if (Named is { Length: > 0 }) { return [(Resolve(Named), "named by the caller")]; }
        if (Environment(PythonLocator.Variable) is { Length: > 0 } variable) { return [(Resolve(variable), PythonLocator.Variable)]; }
        return Usual();
    }

    IEnumerable<(string Path, string Source)> Usual()
    {
        if (Environment("VIRTUAL_ENV") is { Length: > 0 } active) { yield return (InVenv(active), "VIRTUAL_ENV"); }
        string local = Path.Combine(WorkingDirectory, ".venv");
        if (Directory.Exists(local)) { yield return (InVenv(local), ".venv"); }
        if (SystemPython is not null) { yield return (SystemPython, "the system's"); }
        foreach (string path in OnPath()) { yield return (path, "PATH"); }
        string embedded = Path.Combine(EmbeddedHome, "python.exe");
        if (OperatingSystem.IsWindows() && File.Exists(embedded)) { yield return (embedded, "Python.Included"); }
    }

    IEnumerable<string> OnPath() => from directory in PathDirectories()
                                    from name in Names
                                    let path = Path.Combine(directory, name)
                                    where File.Exists(path)
                                    select path;

    static string InVenv(string root)
        => Path.GetFullPath(OperatingSystem.IsWindows() ? Path.Combine(root, "Scripts", "python.exe")
        : Path.Combine(root, "bin", "python"));

    // A relative entry of PATH would depend on the working directory.
    IEnumerable<string> PathDirectories() => (Environment("PATH") ?? "").Split(Path.PathSeparator).Where(Path.IsPathFullyQualified);

    string Resolve(string named)
    {
        if (named.Contains(Path.DirectorySeparatorChar) || named.Contains(Path.AltDirectorySeparatorChar))
        {
            return Path.GetFullPath(named, WorkingDirectory);
        }
        return PathDirectories().Select(directory => Path.Combine(directory, named)).FirstOrDefault(File.Exists) ?? named;
    }
}
