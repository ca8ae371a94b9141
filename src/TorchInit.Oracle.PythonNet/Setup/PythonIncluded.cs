using Python.Included;

namespace TorchInit.Oracle.PythonNet;

/// <summary>Python.Included's Python for Windows, with torch by its pip. Compiled only on Windows: elsewhere the package has no
/// Python.</summary>
/// <remarks>The package only logs what goes wrong and returns, so the result of each step is checked afterwards. Its pip takes no
/// hashes.</remarks>
static class PythonIncluded
{
    /// <summary>Installs what is missing below <see cref="PythonSearch.EmbeddedHome"/>.</summary>
    /// <param name="torch">A release, digits and dots only, because it becomes part of a command line.</param>
    /// <returns>Null if torch is installed, else what is missing.</returns>
    public static string? Provide(string torch)
    {
        List<string> said = [];
        void Listen(string message) { lock (said) { said.Add(message); } }
        Installer.LogMessage += Listen;
        try
        {
            return Install(torch).GetAwaiter().GetResult() is { } missing ? $"{missing}; its output: {string.Join(' ', said.TakeLast(3))}"
                : null;
        }
        finally
        {
            Installer.LogMessage -= Listen;
        }
    }

    static async Task<string?> Install(string torch)
    {
        string home = PythonSearch.EmbeddedHome;
        // Without the folder the package extracts nothing, silently.
        Directory.CreateDirectory(Path.GetDirectoryName(home)!);
        (Installer.InstallPath, Installer.InstallDirectory) = (Path.GetDirectoryName(home)!, Path.GetFileName(home));
        await Installer.SetupPython();
        if (!Installer.IsPythonInstalled()) { return $"no python.exe in {home}"; }
        await Installer.TryInstallPip();
        if (!Installer.IsPipInstalled()) { return $"no pip in {home}"; }
        await Installer.PipInstallModule("numpy");
        if (!Installer.IsModuleInstalled("numpy")) { return $"no numpy in {home}"; }
        await Installer.PipInstallModule("torch", torch);
        return Installer.IsModuleInstalled("torch") ? null : $"no torch in {home}";
    }
}
