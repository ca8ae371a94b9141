using System.Diagnostics;

namespace TorchInit.Oracle;

/// <summary>One run of <see cref="PythonProvisioner"/>.</summary>
sealed partial class SetupRun(SetupOptions options, SetupSurroundings surroundings, Action<string> starting)
{
    // find_spec shows that torch is installed; only an import shows that it works.
    const string TorchScript = "import torch; print('torch', torch.__version__)";
    readonly List<SetupStep> _steps = [];
    readonly List<string> _problems = [];
    readonly MadeVenv _venv = new(Path.GetFullPath(options.Venv, surroundings.Search.WorkingDirectory));

    /// <summary>The version that pip installs.</summary>
    string? Wanted => options.TorchVersion;

    public SetupReport Provide()
    {
        if (options.Jupyter) { ProvideJupyter(); }
        (PythonCandidate Python, string Torch)? found = Usable();
        if (found is { } there && IsWanted(there))
        {
            Say($"find torch {there.Torch}", SetupOutcome.Found,
                $"{there.Python.Path} ({there.Python.Source}), Python {there.Python.Version}");
        }
        else
        {
            bool made = Make(found);
            found = options.DryRun ? null : Usable();
            if (made && !options.DryRun && !(found is { } now && IsWanted(now))) { _problems.Add(NotFirst(found)); }
        }
        PythonLibrary? library = found is { } usable ? ProvideLibrary(usable.Python) : null;
        return new(found?.Python, found?.Torch, library, _steps, _problems.Count == 0 ? null : string.Join('\n', _problems));
    }

    /// <summary>Makes a Python with torch, and returns whether there is one now.</summary>
    bool Make((PythonCandidate Python, string Torch)? found)
    {
        if (surroundings.Search.Environment(PythonLocator.Variable) is { Length: > 0 } named)
        {
            string has = found is { } other ? $"torch {other.Torch}, not {Wanted ?? options.Hashes}" : "no torch that can be imported";
            _problems.Add($"{PythonLocator.Variable} names {named}, which has {has}; a Python that was not made here is left alone.");
            return false;
        }
        return (Wanted is null && options.Hashes is null && ByApt("install Debian's torch", "python3-torch", "python3-scipy")) || ByPip();
    }

    /// <summary>The first Python whose torch can be imported: the one that a worker uses.</summary>
    (PythonCandidate Python, string Torch)? Usable()
    {
        foreach (PythonCandidate candidate in PythonLocator.Candidates(surroundings.Search).Where(candidate => candidate.Refusal is null))
        {
            (string said, string? refusal) = PythonProbe.Run(candidate.Path, TorchScript);
            if (refusal is null && said.Split('\n')[^1].Split(' ') is ["torch", string version]) { return (candidate, version); }
        }
        return null;
    }

    // The hashes are kept where they were installed: with the same file there is nothing left to do.
    bool IsWanted((PythonCandidate Python, string Torch) found)
        => options.Hashes is { } hashes
            ? found.Python.Path == _venv.Python && _venv.State == VenvState.Made && File.Exists(_venv.Requirements)
                && File.ReadAllText(_venv.Requirements) == File.ReadAllText(Absolute(hashes))
            : Wanted is null || found.Torch.Split('+')[0] == Wanted;

    string NotFirst((PythonCandidate Python, string Torch)? found) => found is { } first
        ? $"torch {Wanted ?? $"of {options.Hashes}"} was installed in {options.Venv}, but {first.Python.Path} "
            + $"({first.Python.Source}) with torch {first.Torch} comes first."
        : $"torch was installed, but cannot be imported: {Why()}";

    string Why() => string.Join("; ", PythonLocator.Candidates(surroundings.Search).Select(candidate
        => $"{candidate.Path}: {candidate.Refusal ?? PythonProbe.Run(candidate.Path, TorchScript).Refusal}"));

    /// <summary>Runs a step; in a dry run, only reports it.</summary>
    /// <returns>Whether it is done, or would be.</returns>
    bool Do(string what, IReadOnlyList<string> command, SetupOutcome otherwise = SetupOutcome.Failed)
        => Do(what, command, () => Ran(command), otherwise);

    (bool Done, string Detail) Ran(IReadOnlyList<string> command)
    {
        (int code, string said) = surroundings.Run(command);
        return code == 0 ? (true, "") : (false, LastError(said));
    }

    bool Do(string what, IReadOnlyList<string> command, Func<(bool Done, string Detail)> action,
        SetupOutcome otherwise = SetupOutcome.Failed)
    {
        if (options.DryRun)
        {
            _steps.Add(new(what, SetupOutcome.Planned, command, ""));
            return true;
        }
        starting(what);
        long start = Stopwatch.GetTimestamp();
        (bool done, string detail) = action();
        _steps.Add(new(what, done ? SetupOutcome.Done : otherwise, command, detail, Stopwatch.GetElapsedTime(start).TotalSeconds));
        return done;
    }

    void Say(string what, SetupOutcome outcome, string detail) => _steps.Add(new(what, outcome, [], detail));

    /// <summary>The most informative line: the last that is marked as an error, or else the last.</summary>
    static string LastError(string said)
    {
        string[] lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.LastOrDefault(line => line.StartsWith("ERROR:", StringComparison.Ordinal)
            || line.StartsWith("E: ", StringComparison.Ordinal))
            ?? lines.LastOrDefault() ?? "no output";
    }
}
