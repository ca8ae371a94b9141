namespace TorchInit.Oracle;

/// <summary>A virtual environment with torch by pip; on Windows without Python, the Python of Python.Included.</summary>
sealed partial class SetupRun
{
    const string VenvScript = "import sys, venv, ensurepip; assert sys.version_info >= (3, 8); print('venv', '%d.%d' % "
        + "sys.version_info[:2])";

    // For Linux the default index has the CUDA build, which takes gigabytes.
    const string CpuIndex = "https://download.pytorch.org/whl/cpu";

    // The newest that was compared bit for bit as a wheel on several platforms; for older Pythons, their last torch.
    static string Pinned(Version python) => python switch
    {
        { Minor: < 9 } => "2.4.1",
        { Minor: 9 } => "2.8.0",
        _ => "2.13.0",
    };

    bool ByPip()
    {
        MadeVenv venv = _venv;
        if (venv.State == VenvState.Foreign)
        {
            _problems.Add($"{venv.Folder} exists and was not made by torchinit setup, which leaves it alone; move it away, or "
                + $"choose another folder.");
            return false;
        }
        if (FindBase() is not { } python)
        {
            if (options.Embedded is { } install) { return ByEmbedded(install); }
            _problems.Add(NoBase());
            return false;
        }
        using FileStream? turn = options.DryRun ? null : venv.TakeTurn();
        if (turn is null && !options.DryRun)
        {
            _problems.Add($"another torchinit setup is working on {venv.Folder}; wait until it ends.");
            return false;
        }
        return Fill(venv, python.Path, python.Version);
    }

    bool Fill(MadeVenv venv, string python, Version version)
    {
        if (venv.State == VenvState.HalfMade
            || (venv.State == VenvState.Made && PythonProbe.Run(venv.Python, VenvScript).Refusal is not null))
        {
            Do($"remove {venv.Folder}, which is incomplete", [], () => { venv.Delete(); return (true, ""); });
        }
        bool isNew = options.DryRun ? venv.State != VenvState.Made : venv.State == VenvState.None;
        string torch = Wanted ?? Pinned(version);
        bool done = (!isNew
            || Do($"make the virtual environment {venv.Folder}", [python, "-I", "-m", "venv", venv.Folder], () => Create(venv, python)))
            && InstallTorch(venv, torch);
        if (!done)
        {
            string asked = options.Hashes is null ? $"torch {torch}" : $"what {options.Hashes} names";
            _problems.Add($"{asked} could not be installed for Python {version}: {_steps[^1].What}: {_steps[^1].Detail} (no network, or "
                + $"no such version for this Python)");
            if (isNew) { venv.Delete(); }
        }
        else if (!options.DryRun)
        {
            if (options.Hashes is { } hashes) { File.Copy(Absolute(hashes), venv.Requirements, overwrite: true); }
            venv.MarkMade();
        }
        return done;
    }

    string Absolute(string path) => Path.GetFullPath(path, surroundings.Search.WorkingDirectory);

    (bool Done, string Detail) Create(MadeVenv venv, string python)
    {
        venv.MarkBegun();
        return Ran([python, "-I", "-m", "venv", venv.Folder]);
    }

    bool InstallTorch(MadeVenv venv, string torch)
    {
        string[] index = options.IndexUrl is { } url ? ["--index-url", url] : OperatingSystem.IsLinux() ? ["--index-url", CpuIndex] : [];
        string[] pip = [venv.Python, "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--retries", "1",
            "--timeout", "20", "--only-binary", ":all:", .. index];
        string requirements = options.Hashes is { } given ? Absolute(given) : venv.Requirements;
        if (options.Hashes is null)
        {
            string report = Path.Combine(venv.Folder, "torchinit-report.json");
            string[] ask = [.. pip, "--dry-run", "--ignore-installed", "--report", report, $"torch=={torch}", "numpy"];
            bool known = Do($"ask the index for torch {torch}, what it needs, and their hashes", ask, () =>
            {
                if (Ran(ask) is (false, _) and var refused) { return refused; }
                (string? lines, string refusal) = PipReport.Requirements(File.ReadAllText(report));
                if (lines is null) { return (false, refusal); }
                File.Delete(report);
                File.WriteAllText(requirements, lines);
                return (true, requirements);
            });
            if (!known) { return false; }
        }
        return Do($"install them into {venv.Folder}, each with its hash", [.. pip, "--require-hashes", "-r", requirements]);
    }

    /// <summary>A Python that can make a virtual environment; if only Debian's python3-venv is missing, it is installed.</summary>
    (string Path, Version Version)? FindBase()
    {
        if (Base() is { } found) { return found; }
        bool hasPython = surroundings.Search.SystemPython is { } system && File.Exists(system);
        if (!hasPython || !MayInstall || !ByApt("install Debian's venv", "python3-venv")) { return null; }
        return options.DryRun ? (surroundings.Search.SystemPython!, new Version(3, 10)) : Base();
    }

    (string Path, Version Version)? Base()
    {
        foreach (string path in surroundings.Search.Bases())
        {
            (string said, string? refusal) = PythonProbe.Run(path, VenvScript);
            if (refusal is null && said.Split(' ') is ["venv", string text] && Version.TryParse(text, out Version? version))
            {
                return (path, version);
            }
        }
        return null;
    }

    string NoBase() => "there is no Python 3.8 or later with venv and pip (Debian and Ubuntu: apt-get install python3-venv)"
        + (NoApt is { Length: > 0 } why ? $", and nothing can be installed: {why}." : ".");

    bool ByEmbedded(Func<string, string?> install)
    {
        string torch = Wanted ?? Pinned(new(3, 13));
        bool done = Do($"install a Python of its own with torch {torch}", [], () => install(torch) is { } missing ? (false, missing)
            : (true, ""));
        if (!done) { _problems.Add(_steps[^1].Detail); }
        return done;
    }
}
