using System.IO.Compression;

namespace TorchInit;

/// <summary>Plans of well-known models, recorded in real torch: <c>PlanLibrary.Load("resnet50")</c>.</summary>
/// <remarks>The files, and the hashes that their weights were checked against, are in the repository's folder plans.</remarks>
public static class PlanLibrary
{
    const string Ending = ".initplan.json";

    static readonly Lazy<string[]> s_names = new(() => Read(archive => archive.Entries.Select(entry => entry.Name[..^Ending.Length])
        .Order(StringComparer.Ordinal).ToArray()));

    /// <summary>The models in alphabetical order: <c>alexnet</c>, <c>bert_base</c>, ….</summary>
    public static IReadOnlyList<string> Names => s_names.Value;

    /// <summary>Whether the library has a plan of this name.</summary>
    /// <param name="name">Any text.</param>
    public static bool Contains(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Names.Contains(name);
    }

    /// <summary>The plan of a model for the given torch: the steps are the same from 1.13 on, the weights are that torch's.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    /// <exception cref="ArgumentException">The library has no plan of this name.</exception>
    public static InitPlan Load(string name, TorchProfile? profile = null)
    {
        if (!Contains(name))
        {
            throw new ArgumentException($"name '{name}' is no plan of the library{NearestNames.Ending(name, Names)}; "
                + $"allowed: {string.Join(", ", Names)}.", nameof(name));
        }
        InitPlan recorded = PlanJson.Read(Read(archive =>
        {
            using StreamReader reader = new(archive.GetEntry(name + Ending)!.Open());
            return reader.ReadToEnd();
        }));
        return new(recorded.Title, profile ?? TorchProfile.Default, recorded.Tensors, recorded.Steps, recorded.ResetSteps)
        {
            TorchClass = recorded.TorchClass,
        };
    }

    /// <summary>The plans that a misspelt name or file name may have meant; empty if none is similar.</summary>
    internal static string[] Near(string name)
    {
        foreach (string ending in (string[])[".json", ".initplan", "()"])
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) { name = name[..^ending.Length]; }
        }
        return NearestNames.Whole(name, Names);
    }

    static T Read<T>(Func<ZipArchive, T> read)
    {
        using Stream packed = typeof(PlanLibrary).Assembly.GetManifestResourceStream("plans.zip")!;
        using ZipArchive archive = new(packed);
        return read(archive);
    }
}
