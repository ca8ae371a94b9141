using System.Globalization;
using System.Xml.Linq;

namespace TorchInit.Parity;

/// <summary>Both halves of a run as JUnit XML, which CI systems show: one suite a torch, and one for each part of the statistics. What was not asked is a skip with its reason.</summary>
static class JUnitXml
{
    public static string Of(ParityReport parity, StatisticsReport? statistics)
    {
        List<XElement> suites = [.. parity.Sections.Select(section => Suite($"bits: {section.Profile}, {(section.IsLive ? "asked now" : "recorded")}", section.Names.Select(name =>
            (name.Name, section.Failures.Where(failure => failure.Case.Name == name.Name).Select(failure => $"{failure.Case}: {failure.Detail}")))))];
        if (parity.NotAsked is { } reason) { suites.Add(new("testsuite", new XAttribute("name", "live torch"), new XAttribute("tests", 1), new XAttribute("failures", 0), new XAttribute("skipped", 1), new XElement("testcase", new XAttribute("classname", "live torch"), new XAttribute("name", "bits and distributions of a torch that is asked now"), new XElement("skipped", new XAttribute("message", reason))))); }
        if (statistics is not null)
        {
            suites.Add(Suite("distributions", statistics.Cases.Select(item => ($"{item.Case} {item.DType.TorchName()}", item.Accusations.AsEnumerable()))));
            suites.Add(Suite("mutants", statistics.Mutants.Select(result => ($"{result.Mutant.Number} {result.Mutant.Name}", result.IsKilled ? Enumerable.Empty<string>() : ["lives"]))));
            suites.Add(Suite("claims", statistics.Claims.Select(claim => ($"{claim.Expression} {claim.Tensor} is {claim.Law}: {(claim.Expected ? "true" : "false")}", claim.Accepted == claim.Expected ? Enumerable.Empty<string>() : [claim.Evidence.ToString()]))));
            suites.Add(Suite("false alarms", [("right runs", statistics.FalseAlarms.Consistent ? Enumerable.Empty<string>() : [statistics.FalseAlarms.ToString()])]));
            suites.Add(Suite("scipy", SciPyAgreement.Recorded().Select(row => (row.Name, row.Agrees ? Enumerable.Empty<string>() : [row.ToString()]))));
            suites.Add(Suite("beside torch", statistics.TwoSample.Select(result => ($"{result.Case} {result.Tensor}", result.Accused ? ["TorchInit and torch differ"] : Enumerable.Empty<string>()))));
        }
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{new XElement("testsuites", suites)}\n";
    }

    static XElement Suite(string name, IEnumerable<(string Name, IEnumerable<string> Failures)> cases)
    {
        (string Name, string[] Failures)[] all = [.. cases.Select(item => (item.Name, item.Failures.ToArray()))];
        return new("testsuite", new XAttribute("name", name), new XAttribute("tests", all.Length), new XAttribute("failures", all.Count(item => item.Failures.Length > 0)), all.Select(item =>
            new XElement("testcase", new XAttribute("classname", name), new XAttribute("name", item.Name), item.Failures.Length == 0 ? null : new XElement("failure", new XAttribute("message", item.Failures.Length.ToString(CultureInfo.InvariantCulture) + " broken"), string.Join('\n', item.Failures)))));
    }
}
