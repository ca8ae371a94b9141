using TorchInit.Oracle;

namespace TorchInit.Parity;

/// <summary>Everything that was compared with one torch.</summary>
public sealed class ParitySection
{
    readonly List<CaseResult> _failures = [];
    readonly List<CaseResult> _notAsked = [];
    readonly Dictionary<string, Tally> _groups = [];
    readonly Dictionary<string, Tally> _names = [];
    bool _isPartial;

    ParitySection(TorchProfile profile, string origin, bool isLive)
        => (Profile, Origin, IsLive, Total) = (profile, origin, isLive, new(profile.ToString()));

    /// <summary>Which torch, on which platform, with which kernels.</summary>
    public TorchProfile Profile { get; }

    /// <summary>torch's build and its libraries.</summary>
    public string Origin { get; }

    /// <summary>Whether torch answered live; if not, hashes of recorded answers were compared.</summary>
    public bool IsLive { get; }

    /// <summary>All cases.</summary>
    public Tally Total { get; }

    /// <summary>The results by row of the case table; empty for goldens.</summary>
    public IReadOnlyCollection<Tally> Groups => _groups.Values;

    /// <summary>The results by class or function.</summary>
    public IReadOnlyCollection<Tally> Names => _names.Values;

    /// <summary>Every case whose promise was not kept.</summary>
    public IReadOnlyList<CaseResult> Failures => _failures;

    /// <summary>Every case that should have been compared and was not, with the reason as its detail.</summary>
    public IReadOnlyList<CaseResult> NotAsked => _notAsked;

    /// <summary>Asks real torch every case of the rows. A case on which torch crashes counts as not asked; a torch that crashes on case
    /// after case is given up.</summary>
    /// <param name="oracle">Real torch.</param>
    /// <param name="rows">Rows of the case table.</param>
    /// <param name="done">Called after each case; may be null.</param>
    public static ParitySection Live(ITorchOracle oracle, IEnumerable<CaseGroup> rows, Action? done = null)
        => Live(oracle, rows, done, isPartial: false);

    /// <summary>
    /// Asks kernels without modules. What they cannot answer counts as not asked, and is not a gap: only what they answer was
    /// asked for.
    /// </summary>
    /// <inheritdoc cref="Live(ITorchOracle, IEnumerable{CaseGroup}, Action?)"/>
    public static ParitySection Kernels(LibtorchOracle oracle, IEnumerable<CaseGroup> rows, Action? done = null)
        => Live(oracle, rows, done, isPartial: true);

    static ParitySection Live(ITorchOracle oracle, IEnumerable<CaseGroup> rows, Action? done, bool isPartial)
    {
        ArgumentNullException.ThrowIfNull(oracle);
        ArgumentNullException.ThrowIfNull(rows);
        ParitySection section = Of(oracle);
        section._isPartial = isPartial;
        GivenUpOracle patient = new(oracle);
        foreach (CaseGroup row in rows)
        {
            foreach (ParityCase item in CaseTable.Cases(row))
            {
                section.Add(row.Name, CaseRunner.Try(patient, section.Profile, item));
                done?.Invoke();
            }
        }
        return section;
    }

    /// <summary>Asks real torch one case.</summary>
    internal static (ParitySection Section, CaseResult Result) Single(ITorchOracle oracle, ParityCase item)
    {
        ParitySection section = Of(oracle);
        CaseResult result = CaseRunner.Try(oracle, section.Profile, item);
        section.Add(group: null, result);
        return (section, result);
    }

    /// <summary>Compares with every entry of a golden file.</summary>
    /// <param name="file">One of <see cref="GoldenSet.Files"/>.</param>
    /// <param name="done">Called after each case; may be null.</param>
    public static ParitySection Golden(GoldenFile file, Action? done = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        ParitySection section = new(file.Profile, file.Origin, isLive: false);
        foreach (GoldenEntry entry in GoldenSet.Entries(file))
        {
            section.Add(group: null, GoldenRunner.Run(file.Profile, entry));
            done?.Invoke();
        }
        return section;
    }

    static ParitySection Of(ITorchOracle oracle)
    {
        OracleInfo info = oracle.Info;
        string origin = info.Gpu is { } gpu ? $"{info.PackageVersion}, {gpu.Name}"
            : $"{info.PackageVersion}, {info.Libc}, {(info.Mkl ? "MKL" : info.Lapack)}, {info.CpuCapability}";
        return new(LiveProfile.Of(info), origin, isLive: true);
    }

    void Add(string? group, CaseResult result)
    {
        Total.Add(result);
        Of(_names, result.Case.Name).Add(result);
        if (group is not null) { Of(_groups, group).Add(result); }
        if (result.Outcome == Outcome.Mismatch) { _failures.Add(result); }
        if (result.Outcome == Outcome.NotAsked && !_isPartial) { _notAsked.Add(result); }
    }

    static Tally Of(Dictionary<string, Tally> tallies, string name)
        => tallies.TryGetValue(name, out Tally? tally) ? tally : tallies[name] = new(name);
}
