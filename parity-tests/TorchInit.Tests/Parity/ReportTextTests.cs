using System.Text.Json;
using System.Xml.Linq;
using TorchInit.Oracle;
using TorchInit.Parity;

namespace TorchInit.Tests.Parity;

/// <summary>Reports are readable whatever torch said, and each row of each adds up to its cases.</summary>
public class ReportTextTests
{
    const string Nasty = "\u001b[31mred\u001b[0m | `code` <script>alert(1)</script>\n# heading\u0000\u0085 & *bold*";

    static ParitySection Section(Func<OracleReply, int, OracleReply> change)
        => ParitySection.Live(new StandInTorch(change).For("Linear(3, 4)"), [new("Linear", ["Linear(3, 4)"])]);

    /// <summary>Every outcome that a live case can have, with nasty words.</summary>
    static ParityReport Mixed() => new([Section((reply, at) => at switch
    {
        0 => reply with { Tensors = [], Error = new("ValueError", Nasty) },
        1 => reply with { Tensors = [], Error = new(OracleError.Refused, Nasty) },
        2 => throw new OracleCrashedException(Nasty, Nasty, 139, timedOut: false),
        _ => reply,
    })], Nasty);

    static T InFolder<T>(ParityReport report, Func<string, T> read)
    {
        string folder = Directory.CreateTempSubdirectory("report-").FullName;
        try
        {
            report.Write(folder);
            return read(folder);
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    [Fact]
    public void JUnit_is_XML_and_counts_what_was_not_asked()
    {
        XElement root = XDocument.Parse(InFolder(Mixed(), folder => File.ReadAllText(Path.Combine(folder, "junit.xml")))).Root!;
        XElement bits = root.Elements("testsuite").First();
        Assert.Equal(("3", "1", "2", "0"),
            ((string)bits.Attribute("tests")!, (string)bits.Attribute("failures")!, (string)bits.Attribute("skipped")!,
            (string)bits.Attribute("errors")!));
        Assert.Contains("torch raises ValueError: \uFFFD[31mred", bits.Descendants("failure").Single().Value, StringComparison.Ordinal);
        Assert.Equal(2, bits.Descendants("skipped").Count());
        Assert.All(bits.Descendants("skipped"), skipped
            => Assert.StartsWith("torch ", (string)skipped.Attribute("message")!, StringComparison.Ordinal));
        Assert.Equal("1", (string)root.Elements("testsuite").Last().Attribute("skipped")!);
    }

    [Fact]
    public void Of_one_case_what_was_not_asked_is_an_error()
    {
        XElement root = XDocument.Parse(InFolder(Mixed() with { IsSingleCase = true }, folder
            => File.ReadAllText(Path.Combine(folder, "junit.xml")))).Root!;
        Assert.Empty(root.Descendants("skipped"));
        Assert.Equal(3, root.Descendants("error").Count());
        Assert.Equal("2", (string)root.Elements("testsuite").First().Attribute("errors")!);
    }

    [Fact]
    public void Markdown_escapes_what_torch_said()
    {
        string markdown = InFolder(Mixed(), folder => File.ReadAllText(Path.Combine(folder, "parity.md")));
        Assert.DoesNotContain('\u001b', markdown);
        Assert.DoesNotContain("<script>", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("\n# heading", markdown, StringComparison.Ordinal);
        Assert.Contains("\uFFFD\\[31mred\uFFFD\\[0m \\| \\`code\\` &lt;script&gt;alert(1)&lt;/script&gt; \\# heading", markdown,
            StringComparison.Ordinal);
        Assert.Contains("## Not asked\n\nThese cases were not compared.", markdown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a`b", "`` a`b ``")]
    [InlineData("``", "``` `` ```")]
    [InlineData("f('|')", "`f('\\|')`")]
    [InlineData("a\nb\u001b", "`a b\uFFFD`")]
    public void Code_stays_code(string text, string markdown) => Assert.Equal(markdown, SafeText.Code(text));

    [Fact]
    public void Half_a_pair_and_what_XML_has_no_place_for_are_replaced()
        => Assert.Equal("a\uFFFDb\uFFFDc\uFFFD\n😀", SafeText.Plain("a\uD800b\uFFFEc\u0007\n😀"));

    [Fact]
    public void Every_outcome_has_one_column()
        => Assert.Equal(Enum.GetValues<Outcome>().Order(), Tally.Columns.Select(column => column.Outcome).Order());

    [Fact]
    public void Rows_add_up_in_every_table()
    {
        ParityReport report = Mixed() with
        {
            Sections = [.. Mixed().Sections,
            .. GoldenSet.Files.Take(3).Select(file => ParitySection.Golden(file))]
        };
        foreach (Tally tally in report.Sections.SelectMany(section => section.Names.Append(section.Total)))
        {
            Assert.Equal(tally.Cases, tally.Row.Sum());
        }
        string text = InFolder(report, folder => File.ReadAllText(Path.Combine(folder, "parity.md")));
        foreach (string table in new[] { ParityMarkdown.Recorded(report.Sections), text })
        {
            string[] lines = table.Split('\n');
            int rows = 0;
            foreach ((string line, int at) in lines.Select((line, at) => (line, at)))
            {
                if (!line.StartsWith('|') || line.StartsWith("|---", StringComparison.Ordinal)) { continue; }
                int head = Array.FindLastIndex(lines, at, other => !other.StartsWith('|')) + 1;
                int cases = Array.IndexOf(Cells(lines[head]), "cases");
                if (cases < 0 || at == head) { continue; }
                long[] numbers = [.. Cells(line).Skip(cases).Take(Tally.Columns.Count + 1)
                    .Select(cell => long.Parse(cell, System.Globalization.NumberStyles.AllowThousands,
                    System.Globalization.CultureInfo.InvariantCulture))];
                Assert.Equal(numbers[0], numbers[1..].Sum());
                rows++;
            }
            Assert.True(rows >= 4, table);
        }
        using JsonDocument json = JsonDocument.Parse(InFolder(report, folder => File.ReadAllText(Path.Combine(folder, "parity.json"))));
        foreach (JsonElement row in json.RootElement.GetProperty("sections").EnumerateArray()
            .SelectMany(section => section.GetProperty("names").EnumerateArray().Append(section.GetProperty("total"))))
        {
            Assert.Equal(row.GetProperty("cases").GetInt64(),
                new[] { "same_bits", "within_tolerance", "refused_alike", "absent_in_both", "not_asked", "mismatches" }.Sum(name
                => row.GetProperty(name).GetInt64()));
        }

        static string[] Cells(string line) => [.. line.Trim('|').Split(" | ").Select(cell => cell.Trim())];
    }

    [Fact]
    public void A_report_without_distributions_leaves_none_of_an_earlier_run()
    {
        string folder = Directory.CreateTempSubdirectory("report-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "statistics.md"), "old");
            File.WriteAllText(Path.Combine(folder, "statistics.json"), "old");
            File.WriteAllText(Path.Combine(folder, "notes.txt"), "mine");
            Mixed().Write(folder);
            Assert.Equal(["junit.xml", "notes.txt", "parity.json", "parity.md"],
                Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        }
        finally { Directory.Delete(folder, recursive: true); }
    }
}
