using System.Text.Json;

namespace TorchInit.MutationTests;

/// <summary>An earlier run's report. A change that a test noticed stays noticed as tests are added, so only the others are asked
/// about.</summary>
static class EarlierRun
{
    /// <summary>Gives what was noticed its status; refuses a report of other sources or of other changes.</summary>
    public static void TakeOver(string path, IReadOnlyDictionary<string, string> sources, IReadOnlyList<Mutant> mutants)
    {
        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(path));
        JsonProperty[] files = [.. report.RootElement.GetProperty("files").EnumerateObject()];
        JsonElement[] earlier = [.. files.SelectMany(file => file.Value.GetProperty("mutants").EnumerateArray())];
        bool isSame = files.All(file => sources.GetValueOrDefault(file.Name) == file.Value.GetProperty("source").GetString())
            && earlier.Length == mutants.Count
            && earlier.All(one => one.GetProperty("replacement").GetString() == mutants[one.GetProperty("id").GetInt32()].Replacement);
        if (!isSame) { throw new InvalidOperationException($"{path} is about other sources or other changes: run without --again."); }
        foreach (JsonElement one in earlier)
        {
            MutantStatus status = Enum.Parse<MutantStatus>(one.GetProperty("status").GetString()!);
            if (status is MutantStatus.Killed or MutantStatus.Timeout) { mutants[one.GetProperty("id").GetInt32()].Status = status; }
        }
    }
}
