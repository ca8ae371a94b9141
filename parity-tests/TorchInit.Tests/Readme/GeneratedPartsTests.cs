using System.Text.RegularExpressions;
using TorchInit.Parity;
using TorchInit.Tests.Statistics;

namespace TorchInit.Tests.Readme;

/// <summary>The tables of the documents are written by the comparison: <c>&lt;!-- begin: NAME --&gt;</c> to <c>&lt;!-- end: NAME
/// --&gt;</c>.</summary>
public partial class GeneratedPartsTests
{
    static readonly Lazy<IReadOnlyList<ParitySection>> s_sections
        = new(() => [.. GoldenSet.Files.Select(file => ParitySection.Golden(file))]);

    static string Text(string name) => name switch
    {
        "parity" => ParityMarkdown.Recorded(s_sections.Value),
        "matrix" => ParityMatrix.Of(s_sections.Value),
        "speed-short" => Rows(Repository.Read("results/AMD-EPYC/512-bit.md"),
            "uniform_ 1e7", "normal_ 1e7", "uniform_ 1e7 bfloat16", "Linear(4096, 4096)", "ResNet-50", "GPT-2 124M",
                "orthogonal_ 512 × 512"),
        "speed" => Table(Repository.Read("results/AMD-EPYC/512-bit.md")),
        "speed-256" => Table(Repository.Read("results/AMD-EPYC/256-bit.md")),
        "transports" => Table(Repository.Read("results/Intel-R-Xeon-R-Processor/transports.md")),
        "close" => ParityMarkdown.Close(s_sections.Value),
        "scipy" => StatisticsMarkdown.SciPy(),
        "mutants" => StatisticsMarkdown.Mutants(Trials.Results),
        "formulas" => StatisticsMarkdown.Defaults(),
        "mutation" => Table(Repository.Read("results/mutation.md").Split("Alive:")[0]),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name,
            "allowed: matrix, parity, close, speed-short, speed, speed-256, transports, scipy, mutants, formulas, mutation."),
    };

    [Theory, Trait(Approved.Trait, "file")]
    [InlineData("README.md", 2)]
    [InlineData("README.zh-CN.md", 2)]
    [InlineData("docs/speed.md", 2)]
    [InlineData("docs/compatibility.md", 2)]
    [InlineData("docs/statistics.md", 4)]
    [InlineData("docs/bridge.md", 1)]
    public void Generated_parts_are_as_measured(string document, int parts)
    {
        string text = Repository.Read(document);
        Assert.Equal(parts, GeneratedPart().Count(text));
        Assert.Equal(parts, text.Split("<!-- begin: ").Length - 1);
        Approved.Check(document, GeneratedPart()
            .Replace(text, part => $"{part.Groups["begin"]}\n{Text(part.Groups["name"].Value).Trim('\n')}\n{part.Groups["end"]}"));
    }

    [Fact, Trait(Approved.Trait, "file")]
    public void The_picture_is_drawn_from_the_weights() => Approved.Check("docs/images/defaults.svg", DefaultsPicture.Svg());

    /// <summary>The head of a table and some of its rows; each name is there.</summary>
    static string Rows(string results, params string[] names)
    {
        string[] lines = Table(results).Split('\n');
        return string.Join('\n',
            lines[..2].Concat(names.Select(name => lines.Single(line => line.StartsWith($"| {name} |", StringComparison.Ordinal)))));
    }

    /// <summary>The table of a file that torchinit bench wrote.</summary>
    static string Table(string results) => string.Join('\n', results.Split('\n').Where(line => line.StartsWith('|')));

    [GeneratedRegex(@"(?<begin><!-- begin: (?<name>[\w-]+) -->)\n.*?(?<end><!-- end: \k<name> -->)", RegexOptions.Singleline)]
    private static partial Regex GeneratedPart();
}
