using System.Globalization;
using System.Xml.Linq;

namespace TorchInit.Parity;

/// <summary>Both halves of a run as JUnit XML, which CI systems show: one suite per torch, and one for each part of the statistics. A case
/// that was not asked is a skip with its reason, or an error if it was the only case.</summary>
static class JUnitXml
{
    const int MostListed = 20;

    /// <summary>A test case: failed, not asked, or passed.</summary>
    readonly record struct Entry(string Name, IReadOnlyList<string> Failures, string? NotAsked = null,
        IReadOnlyList<string>? Listed = null);

    public static string Of(ParityReport parity, StatisticsReport? statistics)
    {
        string unasked = parity.IsSingleCase ? "error" : "skipped";
        List<XElement> suites = [.. parity.Sections.Select(section
            => Suite($"bits: {section.Profile}, {(section.IsLive ? "asked now" : "recorded")}", Entries(section), unasked))];
        if (parity.NotAsked is { } reason)
        {
            suites.Add(Suite("live torch", [new("bits and distributions of live torch", [], reason)], unasked));
        }
        if (statistics is not null) { suites.AddRange(Of(statistics)); }
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{new XElement("testsuites", suites)}\n";
    }

    static IEnumerable<Entry> Entries(ParitySection section)
    {
        foreach (Tally name in section.Names)
        {
            string[] failures = [.. section.Failures.Where(failure => failure.Case.Name == name.Name)
                .Select(failure => $"{failure.Case}: {failure.Detail}")];
            if (name.Count(Outcome.NotAsked) < name.Cases) { yield return new(name.Name, failures); }
            foreach (IGrouping<string,
                CaseResult> left in section.NotAsked.Where(result => result.Case.Name == name.Name).GroupBy(result => result.Detail))
            {
                string[] cases = [.. left.Select(result => result.Case.ToString())];
                yield return new(string.Create(CultureInfo.InvariantCulture, $"{name.Name}: {cases.Length:N0} not asked"), [], left.Key,
                    cases);
            }
        }
    }

    static IEnumerable<XElement> Of(StatisticsReport statistics)
    {
        yield return Suite("distributions",
            statistics.Cases.Select(item => new Entry($"{item.Case} {item.DType.TorchName()}", item.Accusations)));
        yield return Suite("mutants",
            statistics.Mutants.Select(result
            => new Entry($"{result.Mutant.Number} {result.Mutant.Name}", result.IsKilled ? [] : ["lives"])));
        yield return Suite("claims",
            statistics.Claims.Select(claim
            => new Entry($"{claim.Expression} {claim.Tensor} is {claim.Law}: {(claim.Expected ? "true" : "false")}",
            claim.Accepted == claim.Expected ? [] : [claim.Evidence.ToString()])));
        yield return Suite("false alarms",
            [new("right runs", statistics.FalseAlarms.Consistent ? [] : [statistics.FalseAlarms.ToString()])]);
        yield return Suite("scipy", SciPyAgreement.Recorded().Select(row => new Entry(row.Name, row.Agrees ? [] : [row.ToString()])));
        IEnumerable<Entry> beside = statistics.TwoSample.Select(result
            => new Entry($"{result.Case} {result.Tensor}", result.Accused ? ["TorchInit and torch differ"] : []));
        IEnumerable<Entry> unasked = statistics.Unasked.Select(item => new Entry(item.Case, [], item.Reason));
        if (statistics.NotAsked is { } reason)
        {
            unasked = unasked.Prepend(new("distributions compared with live torch", [], reason));
        }
        yield return Suite("compared with torch", beside.Concat(unasked));
    }

    static XElement Suite(string name, IEnumerable<Entry> cases, string unasked = "skipped")
    {
        Entry[] all = [.. cases];
        int left = all.Count(item => item.NotAsked is not null);
        return new("testsuite", Text("name", name), Number("tests", all.Length),
            Number("failures", all.Count(item => item.Failures.Count > 0)), Number("errors", unasked == "error" ? left : 0),
            Number("skipped", unasked == "error" ? 0 : left),
            all.Select(item => new XElement("testcase", Text("classname", name), Text("name", item.Name), Result(item, unasked))));
    }

    static XElement? Result(Entry item, string unasked)
    {
        if (item.NotAsked is { } reason)
        {
            return new(unasked, Text("message", reason), item.Listed is null ? null
                : SafeText.Plain(string.Join('\n', item.Listed.Take(MostListed)) + (item.Listed.Count > MostListed ? "\n…" : "")));
        }
        return item.Failures.Count == 0 ? null
            : new("failure", Number("message", item.Failures.Count, " broken"), SafeText.Plain(string.Join('\n', item.Failures)));
    }

    // Characters that XML cannot hold are replaced: an escape sequence in one of torch's messages would make the whole file unreadable.
    static XAttribute Text(string name, string text) => new(name, SafeText.Plain(text));

    static XAttribute Number(string name, int count, string unit = "") => new(name, count.ToString(CultureInfo.InvariantCulture) + unit);
}
