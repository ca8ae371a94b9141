namespace TorchInit.Oracle.PythonNet;

/// <summary>The Python in the package Python.Included, for a Windows without Python.</summary>
public static class EmbeddedPython
{
    /// <summary>
    /// A value for <see cref="SetupOptions.Embedded"/>: installs Python below the user's local application data, with the given torch
    /// release. Null in a build that was not made on Windows.
    /// </summary>
    public static Func<string, string?>? Installer
#if PYTHON_INCLUDED
        => PythonIncluded.Provide;
#else
        => null;
#endif
}
