using System.Globalization;

namespace TorchInit.Parity;

/// <summary>A whole run: what was asked live, what was compared with recorded answers, and what could not be asked.</summary>
/// <param name="Sections">Live ones first.</param>
/// <param name="NotAsked">Why real torch could not be asked; null when it was.</param>
public sealed record ParityReport(IReadOnlyList<ParitySection> Sections, string? NotAsked)
{
    /// <summary>Whether every promise was kept.</summary>
    public bool Passed => Sections.All(section => section.Failures.Count == 0);

    /// <summary>Elements compared with torch's, here and now.</summary>
    public long LiveElements => Sections.Where(section => section.IsLive).Sum(section => section.Total.Elements);

    /// <summary>One sentence: how many cases and elements, and how many differ where the same bits are promised.</summary>
    public string Summary => string.Create(CultureInfo.InvariantCulture,
        $"{Sections.Sum(section => section.Total.Cases):N0} cases, {Sections.Sum(section => section.Total.Elements):N0} elements ({LiveElements:N0} live): {Differing:N0} differing where the same bits are promised, {Sections.Sum(section => section.Failures.Count):N0} promises broken");

    long Differing => Sections.Sum(section => section.Total.DifferingExact);

    /// <summary>Writes <c>parity.json</c>, <c>parity.md</c>, <c>junit.xml</c> and, with a statistical run, <c>statistics.json</c> and <c>statistics.md</c>; each at once or not at all.</summary>
    /// <param name="folder">Is made when it is not there.</param>
    /// <param name="statistics">The statistical run; null for none.</param>
    public void Write(string folder, StatisticsReport? statistics = null)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.WriteText(Path.Combine(folder, "junit.xml"), JUnitXml.Of(this, statistics));
        if (statistics is not null)
        {
            AtomicFile.WriteText(Path.Combine(folder, "statistics.json"), StatisticsJson.Of(statistics));
            AtomicFile.WriteText(Path.Combine(folder, "statistics.md"), StatisticsMarkdown.Of(statistics));
        }
        AtomicFile.WriteText(Path.Combine(folder, "parity.json"), ParityJson.Of(this));
        AtomicFile.WriteText(Path.Combine(folder, "parity.md"), ParityMarkdown.Of(this));
    }
}
