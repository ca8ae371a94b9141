namespace TorchInit.Oracle;

/// <summary>Finds a Python with torch, or makes one.</summary>
/// <remarks>
/// It tries in order: a Python that has torch, found by <see cref="PythonLocator"/>; Debian's python3-torch, if apt may install; a virtual
/// environment with pip, every package pinned by version and SHA-256; on Windows without a Python, the one of Python.Included. pip installs
/// only into an environment that was made here, as a file in it records. A second run does what is left to do.
/// </remarks>
public static class PythonProvisioner
{
    /// <summary>Finds or makes a Python with torch.</summary>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="starting">Called with each step before it runs; some take minutes.</param>
    /// <returns>What was found and done; if something is missing, <see cref="SetupReport.Problem"/> says so; there is no
    /// exception.</returns>
    /// <exception cref="ArgumentException">An option is invalid.</exception>
    public static SetupReport Provide(SetupOptions? options = null, Action<string>? starting = null)
        => Provide(options ?? new(), SetupSurroundings.OfThisProcess(), starting);

    internal static SetupReport Provide(SetupOptions options, SetupSurroundings surroundings, Action<string>? starting = null)
    {
        options.Validate();
        return new SetupRun(options, surroundings, starting ?? (_ => { })).Provide();
    }
}
