using Python.Runtime;

namespace TorchInit.Oracle.PythonNet;

public sealed partial class PythonHost
{
    static PythonHost Begin(PythonNetOptions options)
    {
        PythonCandidate candidate = PythonLocator.Locate(options.Python);
        // The same Python as a worker's, or none: another torch could silently give other bits.
        PythonLibrary library = PythonLocator.FindLibrary(candidate);
        if (library.Refusal is not null) { throw Unavailable(candidate, library.Refusal); }
        if (!Version.TryParse(candidate.Version, out Version? version) || !PythonEngine.IsSupportedVersion(version))
        {
            (string least, string most) = (PythonEngine.MinSupportedVersion.ToString(2), PythonEngine.MaxSupportedVersion.ToString(2));
            throw Unavailable(candidate, $"pythonnet takes Python {least} to {most}");
        }
        if (LoadedLibtorch.Refusal() is { } refusal) { throw Unavailable(candidate, refusal); }
        try
        {
            LibPython python = LibPython.Load(library);
            s_spent = true;
            python.StartIsolated(library.Program);
            PythonEngine.Initialize(setSysArgv: false);
            KeepPythonnetFromTheExit();
            PythonHost host = new(python, options, candidate, library);
            AppDomain.CurrentDomain.ProcessExit += host.OnExit;
            // Otherwise no other thread would ever get Python's lock.
            PythonEngine.BeginAllowThreads();
            return host;
        }
        catch (InvalidOperationException error)
        {
            throw Unavailable(candidate, error.Message);
        }
    }

    static OracleUnavailableException Unavailable(PythonCandidate candidate, string why)
        => new($"torch cannot run in this process: {candidate.Path} ({candidate.Source}): {why}", [candidate with { Refusal = why }]);
}
