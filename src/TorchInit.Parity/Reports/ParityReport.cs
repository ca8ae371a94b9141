using System.Globalization;

namespace TorchInit.Parity;

/// <summary>A whole run: the live comparisons, those with recorded answers, and what could not be asked.</summary>
/// <param name="Sections">Live ones first.</param>
/// <param name="NotAsked">Why real torch could not be asked; null if it was.</param>
public sealed record ParityReport(IReadOnlyList<ParitySection> Sections, string? NotAsked)
{
    /// <summary>Whether every promise was kept: something was compared with each torch, everything came out as promised, and no case was
    /// left out.</summary>
    public bool Passed => Sections.Count > 0
        && Sections.All(section => section.Total.Cases > 0 && section.Failures.Count == 0 && section.NotAsked.Count == 0);

    /// <summary>Whether a promise was broken. If neither this nor <see cref="Passed"/> holds, some or all cases were not
    /// compared.</summary>
    public bool IsBroken => Sections.Any(section => section.Failures.Count > 0);

    /// <summary>Whether this is a run of a single case: then a case that was not asked is an error; in a whole run it is a skip.</summary>
    public bool IsSingleCase { get; init; }

    /// <summary>Elements compared with live torch.</summary>
    public long LiveElements => Sections.Where(section => section.IsLive).Sum(section => section.Total.Elements);

    /// <summary>One sentence: how many cases and elements, and how many differ where the same bits are promised.</summary>
    public string Summary => string.Create(CultureInfo.InvariantCulture,
        $"{Sections.Sum(section => section.Total.Cases):N0} cases, {Sections.Sum(section => section.Total.Elements):N0} elements "
            + $"({LiveElements:N0} live): {Differing:N0} differing where the same bits are promised, "
            + $"{Sections.Sum(section => section.Failures.Count):N0} promises broken{Left}");

    /// <summary>What was not compared, if anything.</summary>
    string Left
    {
        get
        {
            (long cases, long elements) = (Sections.Sum(section => section.Total.Count(Outcome.NotAsked)),
                Sections.Sum(section => section.Total.Undefined));
            return (cases == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {cases:N0} not asked"))
                + (elements == 0 ? "" : "; " + UndefinedWords(elements));
        }
    }

    /// <summary>The words for elements that were left out.</summary>
    internal static string UndefinedWords(long elements)
        => string.Create(CultureInfo.InvariantCulture,
        $"not compared: {elements:N0} {(elements == 1 ? "element" : "elements")} that torch leaves undefined");

    long Differing => Sections.Sum(section => section.Total.DifferingExact);

    /// <summary>Writes <c>parity.json</c>, <c>parity.md</c>, <c>junit.xml</c> and, with a statistical run, <c>statistics.json</c> and
    /// <c>statistics.md</c>; each atomically. Without one, an earlier run's are deleted: a folder holds one run.</summary>
    /// <param name="folder">Created if it is missing.</param>
    /// <param name="statistics">The statistical run; null for none.</param>
    public void Write(string folder, StatisticsReport? statistics = null)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.WriteText(Path.Combine(folder, "junit.xml"), JUnitXml.Of(this, statistics));
        (string json, string markdown) = (Path.Combine(folder, "statistics.json"), Path.Combine(folder, "statistics.md"));
        if (statistics is null) { Array.ForEach([json, markdown], File.Delete); }
        else
        {
            AtomicFile.WriteText(json, StatisticsJson.Of(statistics));
            AtomicFile.WriteText(markdown, StatisticsMarkdown.Of(statistics));
        }
        AtomicFile.WriteText(Path.Combine(folder, "parity.json"), ParityJson.Of(this));
        AtomicFile.WriteText(Path.Combine(folder, "parity.md"), ParityMarkdown.Of(this));
    }
}
