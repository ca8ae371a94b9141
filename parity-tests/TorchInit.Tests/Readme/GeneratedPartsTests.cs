using System.Text.RegularExpressions;
using TorchInit.Parity;
using TorchInit.Tests.Statistics;

namespace TorchInit.Tests.Readme;

/// <summary>The tables of the documents are written by the comparison: <c>&lt;!-- begin: NAME --&gt;</c> to <c>&lt;!-- end: NAME --&gt;</c>.</summary>
public partial class GeneratedPartsTests
{
    static readonly Lazy<IReadOnlyList<ParitySection>> s_sections = new(() => [.. GoldenSet.Files.Select(file => ParitySection.Golden(file))]);

    static string Text(string name) => name switch
    {
        "parity" => ParityMarkdown.Recorded(s_sections.Value),
        "speed" => Table(Repository.Read("results/AMD-EPYC/512-bit.md")),
        "speed-256" => Table(Repository.Read("results/AMD-EPYC/256-bit.md")),
        "transports" => Table(Repository.Read("results/Intel-R-Xeon-R-Processor/transports.md")),
        "close" => ParityMarkdown.Close(s_sections.Value),
        "scipy" => StatisticsMarkdown.SciPy(),
        "mutants" => StatisticsMarkdown.Mutants(Trials.Results),
        "mutation" => Table(Repository.Read("results/mutation.md").Split("Alive:")[0]),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "allowed: parity, close, speed, speed-256, transports, scipy, mutants, mutation."),
    };

    [Theory, Trait(Approved.Trait, "file")]
    [InlineData("README.md", 2)]
    [InlineData("docs/speed.md", 2)]
    [InlineData("docs/compatibility.md", 2)]
    [InlineData("docs/statistics.md", 3)]
    [InlineData("docs/bridge.md", 1)]
    public void Generated_parts_are_as_measured(string document, int parts)
    {
        string text = Repository.Read(document);
        Assert.Equal(parts, GeneratedPart().Count(text));
        Assert.Equal(parts, text.Split("<!-- begin: ").Length - 1);
        Approved.Check(document, GeneratedPart().Replace(text, part => $"{part.Groups["begin"]}\n{Text(part.Groups["name"].Value).Trim('\n')}\n{part.Groups["end"]}"));
    }

    /// <summary>The table of a file that torchinit bench wrote.</summary>
    static string Table(string results) => string.Join('\n', results.Split('\n').Where(line => line.StartsWith('|')));

    [GeneratedRegex(@"(?<begin><!-- begin: (?<name>[\w-]+) -->)\n.*?(?<end><!-- end: \k<name> -->)", RegexOptions.Singleline)]
    private static partial Regex GeneratedPart();
}
