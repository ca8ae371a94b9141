using TorchInit.Oracle;

namespace TorchInit.Parity;

/// <summary>Everything that was compared with one torch.</summary>
public sealed class ParitySection
{
    readonly List<CaseResult> _failures = [];
    readonly Dictionary<string, Tally> _groups = [];
    readonly Dictionary<string, Tally> _names = [];

    ParitySection(TorchProfile profile, string origin, bool isLive) => (Profile, Origin, IsLive, Total) = (profile, origin, isLive, new(profile.ToString()));

    /// <summary>Which torch, on which platform, with which kernels.</summary>
    public TorchProfile Profile { get; }

    /// <summary>The build and its libraries.</summary>
    public string Origin { get; }

    /// <summary>Whether torch answered now; else it once did, and hashes were compared.</summary>
    public bool IsLive { get; }

    /// <summary>All cases.</summary>
    public Tally Total { get; }

    /// <summary>By row of the case table; empty for goldens.</summary>
    public IReadOnlyCollection<Tally> Groups => _groups.Values;

    /// <summary>By class or function.</summary>
    public IReadOnlyCollection<Tally> Names => _names.Values;

    /// <summary>Every case whose promise was not kept.</summary>
    public IReadOnlyList<CaseResult> Failures => _failures;

    /// <summary>Asks real torch every case of the rows.</summary>
    /// <param name="oracle">Real torch.</param>
    /// <param name="rows">Of the case table.</param>
    /// <param name="done">Called after each case; null for no one.</param>
    public static ParitySection Live(ITorchOracle oracle, IEnumerable<CaseGroup> rows, Action? done = null)
    {
        ArgumentNullException.ThrowIfNull(oracle);
        ArgumentNullException.ThrowIfNull(rows);
        OracleInfo info = oracle.Info;
        ParitySection section = new(LiveProfile.Of(info), $"{info.PackageVersion}, {info.Libc}, {(info.Mkl ? "MKL" : info.Lapack)}, {info.CpuCapability}", isLive: true);
        foreach (CaseGroup row in rows)
        {
            foreach (ParityCase item in CaseTable.Cases(row))
            {
                section.Add(row.Name, Ask(oracle, section.Profile, item));
                done?.Invoke();
            }
        }
        return section;
    }

    /// <summary>Compares with every entry of a golden file.</summary>
    /// <param name="file">One of <see cref="GoldenSet.Files"/>.</param>
    /// <param name="done">Called after each case; null for no one.</param>
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

    static CaseResult Ask(ITorchOracle oracle, TorchProfile profile, ParityCase item)
    {
        try
        {
            return CaseRunner.Run(oracle, profile, item);
        }
        catch (Exception error) when (error is OracleCrashedException or OracleProtocolException)
        {
            return CaseResult.Without(item, Outcome.Mismatch, Promise.SameBits, $"torch gave no answer: {error.Message}");
        }
    }

    void Add(string? group, CaseResult result)
    {
        Total.Add(result);
        Of(_names, result.Case.Name).Add(result);
        if (group is not null) { Of(_groups, group).Add(result); }
        if (!result.Passed) { _failures.Add(result); }
    }

    static Tally Of(Dictionary<string, Tally> tallies, string name)
        => tallies.TryGetValue(name, out Tally? tally) ? tally : tallies[name] = new(name);
}
