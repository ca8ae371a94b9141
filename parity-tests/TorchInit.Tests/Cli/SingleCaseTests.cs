using System.Xml.Linq;
using TorchInit.Tests.Oracle;
using TorchInit.Tests.Readme;

namespace TorchInit.Tests.Cli;

/// <summary>One case on the command line, of a torch that refuses, dies or says what a terminal would obey.</summary>
[Collection(Sandbox.Name)]
public sealed class SingleCaseTests : IDisposable
{
    const string Escapes = "\\u001b[31mno\\u0000 | `such` <b>name</b>";

    readonly StandInPython _python = new();

    public void Dispose() => _python.Dispose();

    [Fact]
    public void What_torch_is_not_asked_ends_with_2_and_without_a_tick()
    {
        (int code, string printed, string[] files) = CliTests.Run(() => { }, "parity", "--python", _python.Worker("cat reply; sleep 600", StandInPython.Error("OracleRefused", Escapes)), "--case", "Linera(3,4)");
        Assert.Equal(2, code);
        Assert.Contains("? torch was not asked: \uFFFD[31mno\uFFFD | `such` <b>name</b>", printed, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', printed);
        Assert.DoesNotContain('✔', printed);
        Assert.DoesNotContain("Report:", printed, StringComparison.Ordinal);
        Assert.Empty(files);
    }

    [Fact]
    public void Where_a_report_is_asked_for_it_has_an_error()
    {
        string xml = "", markdown = "";
        (int code, string printed, _) = CliTests.Run(() => (xml, markdown) = (File.ReadAllText("mine/junit.xml"), File.ReadAllText("mine/parity.md")),
            "parity", "--python", _python.Worker("cat reply; sleep 600", StandInPython.Error("OracleRefused", Escapes)), "--case", "Linera(3,4)", "--output", "mine");
        Assert.Equal(2, code);
        Assert.Matches("Report: .*mine\n", printed);
        Assert.Equal(2, XDocument.Parse(xml).Descendants("error").Count());
        Assert.Contains("\uFFFD\\[31mno", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_death_is_no_verdict()
    {
        (int code, string printed, _) = CliTests.Run(() => { }, "parity", "--python", _python.Worker("exit 41"), "--case", "Linear(3, 4)");
        Assert.Equal(2, code);
        Assert.Contains("? torch gave no answer: The worker died with exit code 41", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_that_C_sharp_does_not_share_is_broken()
    {
        (int code, string printed, _) = CliTests.Run(() => { }, "parity", "--python", _python.Worker("cat reply; sleep 600", StandInPython.Error("ValueError", Escapes)), "--case", "Linear(3, 4)");
        Assert.Equal(1, code);
        Assert.Contains("✘ torch raises ValueError: \uFFFD[31mno", printed, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', printed);
    }
}
