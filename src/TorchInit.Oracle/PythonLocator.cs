namespace TorchInit.Oracle;

/// <summary>Finds a Python that has torch.</summary>
/// <remarks>
/// If a Python is named, by the argument or else by TORCHINIT_PYTHON, it is the only candidate, because another torch could silently give
/// other bits. Otherwise the order is VIRTUAL_ENV, .venv in the working directory, /usr/bin/python3, then each python3 and python on PATH.
/// Each is asked for its version and whether it finds torch, without importing torch (30 ms; an import takes a second).
/// </remarks>
public static partial class PythonLocator
{
    /// <summary>The environment variable that names the Python to use.</summary>
    public const string Variable = "TORCHINIT_PYTHON";

    /// <summary>The first candidate that has torch. Whether that torch can be imported is known only when a worker starts.</summary>
    /// <param name="python">A path, or a name to look up on PATH; null to search.</param>
    /// <exception cref="OracleUnavailableException">No candidate can be used; the message gives the reason for each.</exception>
    public static PythonCandidate Locate(string? python = null) => Locate(PythonSearch.OfThisProcess(python));

    internal static PythonCandidate Locate(PythonSearch search)
    {
        List<PythonCandidate> tried = [];
        foreach (PythonCandidate candidate in Candidates(search))
        {
            if (candidate.Refusal is null) { return candidate; }
            tried.Add(candidate);
        }
        throw new OracleUnavailableException(tried);
    }

    /// <summary>Every candidate once, each probed only when it is reached.</summary>
    internal static IEnumerable<PythonCandidate> Candidates(PythonSearch search)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach ((string path, string source) in search.Places())
        {
            if (!seen.Add(Identity(path))) { continue; }
            yield return File.Exists(path) ? PythonProbe.Ask(path, source) : new(path, source, null, "not found");
        }
    }

    // /bin is often a link to /usr/bin. The program itself is not resolved: a venv's python is a link to the base Python.
    static string Identity(string path)
    {
        string? directory = Path.GetDirectoryName(path);
        if (string.IsNullOrEmpty(directory)) { return path; }
        try
        {
            directory = Directory.ResolveLinkTarget(directory, returnFinalTarget: true)?.FullName ?? directory;
        }
        catch (IOException)
        {
            // No such directory: the path serves as its name.
        }
        return Path.Combine(directory, Path.GetFileName(path));
    }
}
