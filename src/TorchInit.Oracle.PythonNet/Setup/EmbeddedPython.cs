namespace TorchInit.Oracle.PythonNet;

/// <summary>The Python that the package Python.Included carries, for a Windows that has none.</summary>
public static class EmbeddedPython
{
    /// <summary>
    /// For <see cref="SetupOptions.Embedded"/>: installs it below the user's local application data, with the torch of a release. Null in a
    /// build that was not made on Windows.
    /// </summary>
    public static Func<string, string?>? Installer
#if PYTHON_INCLUDED
        => PythonIncluded.Provide;
#else
        => null;
#endif
}
