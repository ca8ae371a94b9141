using System.Text.Json;

namespace TorchInit.MutationTests;

/// <summary>An earlier run's report. A change that a test noticed stays noticed as tests are added, so only the others are asked
/// about.</summary>
sealed class EarlierRun
{
    readonly string _path;
    readonly Dictionary<string, string> _sources = [];
    readonly List<(int Id, string Replacement, MutantStatus Status)> _mutants = [];

    public EarlierRun(string path)
    {
        _path = path;
        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(path));
        foreach (JsonProperty file in report.RootElement.GetProperty("files").EnumerateObject())
        {
            _sources[file.Name] = file.Value.GetProperty("source").GetString()!;
            foreach (JsonElement one in file.Value.GetProperty("mutants").EnumerateArray())
            {
                _mutants.Add((one.GetProperty("id").GetInt32(), one.GetProperty("replacement").GetString()!,
                    Enum.Parse<MutantStatus>(one.GetProperty("status").GetString()!)));
            }
        }
    }

    /// <summary>The changes that did not compile.</summary>
    public IEnumerable<int> NotCompiled => _mutants.Where(one => one.Status is MutantStatus.CompileError).Select(one => one.Id);

    /// <summary>Gives what was noticed its status; refuses a report of other sources or of other changes.</summary>
    public void TakeOver(IReadOnlyDictionary<string, string> sources, IReadOnlyList<Mutant> mutants)
    {
        bool isSame = _sources.All(file => sources.GetValueOrDefault(file.Key) == file.Value) && _mutants.Count == mutants.Count
            && _mutants.TrueForAll(one => one.Replacement == mutants[one.Id].Replacement);
        if (!isSame) { throw new InvalidOperationException($"{_path} is about other sources or other changes: run without --again."); }
        foreach ((int id, _, MutantStatus status) in _mutants)
        {
            if (status.IsNoticed()) { mutants[id].Status = status; }
        }
    }
}
