namespace TorchInit.Oracle;

/// <summary>Provides a Python with torch: finds one, or makes one.</summary>
/// <remarks>
/// The order: a Python that has torch, as <see cref="PythonLocator"/> finds it; Debian's python3-torch, where apt may install; a virtual
/// environment with pip, every package pinned by version and SHA-256; on Windows without a Python, the one of Python.Included. pip
/// installs into an environment that was made here, which a file in it says, and into no other Python. Running it again does what is
/// left to do.
/// </remarks>
public static class PythonProvisioner
{
    /// <summary>Finds or makes a Python with torch.</summary>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="starting">Told each step before it runs: some take minutes.</param>
    /// <returns>What was found and done; what is missing is its <see cref="SetupReport.Problem"/>, not an exception.</returns>
    /// <exception cref="ArgumentException">An option cannot be meant.</exception>
    public static SetupReport Provide(SetupOptions? options = null, Action<string>? starting = null)
        => Provide(options ?? new(), SetupSurroundings.OfThisProcess(), starting);

    internal static SetupReport Provide(SetupOptions options, SetupSurroundings surroundings, Action<string>? starting = null)
    {
        options.Validate();
        return new SetupRun(options, surroundings, starting ?? (_ => { })).Provide();
    }
}
