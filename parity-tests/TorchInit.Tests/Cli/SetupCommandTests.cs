using System.Text.Json;
using TorchInit.Tests.Readme;

namespace TorchInit.Tests.Cli;

/// <summary>torchinit setup and parity --libtorch as a user meets them; what they do is tested beside the oracle.</summary>
[Collection(Sandbox.Name)]
public sealed class SetupCommandTests
{
    [Fact]
    public void A_dry_run_is_a_report_and_leaves_no_file()
    {
        (int code, string printed, string[] files) = CliTests.Run(() => { }, "setup", "--dry-run", "--json", "--venv", "own");
        using JsonDocument report = JsonDocument.Parse(printed);
        JsonElement problem = report.RootElement.GetProperty("problem");
        Assert.Equal(problem.ValueKind == JsonValueKind.Null ? 0 : 2, code);
        Assert.All(report.RootElement.GetProperty("steps").EnumerateArray(), step
            => Assert.Contains(step.GetProperty("outcome").GetString(), (string[])["found", "planned", "left"]));
        Assert.Empty(files);
    }

    [Theory]
    [InlineData("'2.x'", "setup", "--torch", "2.x")]
    [InlineData("'nowhere.txt'", "setup", "--hashes", "nowhere.txt")]
    public void What_cannot_be_meant_is_refused(string named, params string[] args)
    {
        (int code, string printed, _) = CliTests.Run(() => { }, args);
        Assert.Equal(4, code);
        Assert.Contains(named, printed, StringComparison.Ordinal);
    }

    [Fact]
    public void Libtorch_that_is_not_there_is_said_before_anything_is_asked()
    {
        (int code, string printed, string[] files) = CliTests.Run(() => { }, "parity", "--bits-only", "--libtorch", "nowhere");
        Assert.Equal(2, code);
        Assert.Contains("128 MB to download", printed, StringComparison.Ordinal);
        Assert.DoesNotContain(files, file => file.EndsWith("parity.json", StringComparison.Ordinal));
    }
}
