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

    (int Code, string Printed, string[] Files) Run(string worker, string? reply, string expression, params string[] more)
        => Run(() => { }, worker, reply, expression, more);

    (int Code, string Printed, string[] Files) Run(Action then, string worker, string? reply, string expression, params string[] more)
        => CliTests.Run(then, ["parity", "--python", _python.Worker(worker, reply), "--case", expression, .. more]);

    [Fact]
    public void What_torch_is_not_asked_ends_with_2_and_without_a_tick()
    {
        (int code, string printed, string[] files) = Run("cat reply; sleep 600", StandInPython.Error("OracleRefused", Escapes),
            "Linear(3, 4)");
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
        void Read() => (xml, markdown) = (File.ReadAllText("mine/junit.xml"), File.ReadAllText("mine/parity.md"));
        string refused = StandInPython.Error("OracleRefused", Escapes);
        (int code, string printed, _) = Run(Read, "cat reply; sleep 600", refused, "Linear(3, 4)", "--output", "mine");
        Assert.Equal(2, code);
        Assert.Matches("Report: .*mine\n", printed);
        Assert.Equal(2, XDocument.Parse(xml).Descendants("error").Count());
        Assert.Contains("\uFFFD\\[31mno", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_death_is_no_verdict()
    {
        (int code, string printed, _) = Run("exit 41", null, "Linear(3, 4)");
        Assert.Equal(2, code);
        Assert.Contains("? torch gave no answer: The worker died with exit code 41", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_that_C_sharp_does_not_share_is_broken()
    {
        (int code, string printed, _) = Run("cat reply; sleep 600", StandInPython.Error("ValueError", Escapes), "Linear(3, 4)");
        Assert.Equal(1, code);
        Assert.Contains("✘ torch raises ValueError: \uFFFD[31mno", printed, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', printed);
    }
}
