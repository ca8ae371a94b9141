using System.IO.Compression;

namespace TorchInit;

/// <summary>Plans of models that people start from, recorded in real torch: <c>PlanLibrary.Load("resnet50")</c>.</summary>
/// <remarks>The files, and the hashes that their weights were compared with, are in the folder plans of the repository.</remarks>
public static class PlanLibrary
{
    const string Ending = ".initplan.json";

    static readonly Lazy<Dictionary<string, string>> s_plans = new(ReadAll);
    static readonly Lazy<IReadOnlyList<string>> s_names = new(() => [.. s_plans.Value.Keys.Order(StringComparer.Ordinal)]);

    /// <summary>What there is, in alphabetical order: <c>alexnet</c>, <c>bert_base</c>, ….</summary>
    public static IReadOnlyList<string> Names => s_names.Value;

    /// <summary>Whether there is a plan of this name.</summary>
    /// <param name="name">Any text.</param>
    public static bool Contains(string name) => s_plans.Value.ContainsKey(name);

    /// <summary>The plan of a model, for the torch that is asked for: the steps are the same from 1.13 on, the weights that
    /// torch's.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    /// <exception cref="ArgumentException">There is no plan of this name.</exception>
    public static InitPlan Load(string name, TorchProfile? profile = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!s_plans.Value.TryGetValue(name, out string? json))
        {
            throw new ArgumentException($"name '{name}' is no plan of the library; allowed: {string.Join(", ", Names)}.", nameof(name));
        }
        InitPlan recorded = PlanJson.Read(json);
        return new(recorded.Title, profile ?? TorchProfile.Default, recorded.Tensors, recorded.Steps, recorded.ResetSteps)
        {
            TorchClass = recorded.TorchClass,
        };
    }

    static Dictionary<string, string> ReadAll()
    {
        using Stream packed = typeof(PlanLibrary).Assembly.GetManifestResourceStream("plans.zip")!;
        using ZipArchive archive = new(packed);
        Dictionary<string, string> plans = new(StringComparer.Ordinal);
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            if (!entry.Name.EndsWith(Ending, StringComparison.Ordinal)) { continue; }
            using StreamReader reader = new(entry.Open());
            plans[entry.Name[..^Ending.Length]] = reader.ReadToEnd();
        }
        return plans;
    }
}
