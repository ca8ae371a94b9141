namespace TorchInit.Oracle;

/// <summary>Debian's packages, if this process may install them.</summary>
sealed partial class SetupRun
{
    static readonly string[] s_jupyter =
    [
        "python3-scipy", "python3-nbclient", "python3-ipykernel", "jupyter-nbconvert", "jupyter-notebook", "chromium",
        "hunspell", "hunspell-en-gb", "python3-torchvision",                            // the tests check spelling and record models
    ];

    bool _updated;

    /// <summary>Why system packages cannot be installed from here; empty if they can.</summary>
    string? NoApt => field ??= surroundings.Program("apt-get") is null ? "there is no apt-get"
        : surroundings.IsRoot || (surroundings.Program("sudo") is not null && surroundings.Run(["sudo", "-n", "true"]).Code == 0) ? ""
        : "apt-get needs root, and sudo asks for a password";

    bool MayInstall => NoApt!.Length == 0;

    bool ByApt(string what, params string[] packages)
    {
        if (!MayInstall) { return false; }
        string[] root = surroundings.IsRoot ? [] : ["sudo", "-n"];
        if (!_updated)
        {
            _updated = true;
            // An old list may suffice.
            Do("read the list of Debian's packages", [.. root, "apt-get", "update", "-qq"], SetupOutcome.Left);
        }
        return Do(what,
            [.. root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-qq", "--no-install-recommends",
            "-o", "DPkg::Lock::Timeout=300", .. packages]);
    }

    void ProvideJupyter()
    {
        bool there = File.Exists(surroundings.Chromium) && surroundings.Program("hunspell") is not null
            && surroundings.Search.SystemPython is { } python && File.Exists(python)
            && PythonProbe.Run(python, "import scipy, nbclient, nbconvert, ipykernel, notebook, torchvision").Refusal is null;
        if (there) { Say("find Jupyter", SetupOutcome.Found, $"{surroundings.Search.SystemPython}, {surroundings.Chromium}"); }
        else if (!MayInstall)
        {
            Say("install Jupyter", SetupOutcome.Failed, NoApt!);
            _problems.Add($"Jupyter is missing, and {NoApt}: as root, apt-get install {string.Join(' ', s_jupyter)}");
        }
        else if (!ByApt("install Debian's Jupyter", s_jupyter)) { _problems.Add($"Jupyter could not be installed: {_steps[^1].Detail}"); }
    }

    /// <summary>Python's shared library, which python3-torch does not include; torch in process needs it, a worker does not.</summary>
    PythonLibrary ProvideLibrary(PythonCandidate python)
    {
        PythonLibrary library = PythonLocator.FindLibrary(python);
        if (library.Refusal is null) { return library; }
        string release = string.Join('.', (python.Version ?? "").Split('.').Take(2));
        bool isSystems = python.Path == surroundings.Search.SystemPython;
        if (isSystems && ByApt($"install Python's shared library, for torch in process", $"libpython{release}") && !options.DryRun)
        {
            library = PythonLocator.FindLibrary(python);
        }
        if (library.Refusal is not null) { Say("find Python's shared library, for torch in process", SetupOutcome.Left, library.Refusal); }
        return library;
    }
}
