using TorchInit.Tests.Readme;

namespace InitNotebooks.Tests.Packages;

/// <summary>The programs of docs/bridge.md compile in a project with the packages that the page names, and no others.</summary>
public sealed class BridgePageTests(PackedFeed feed)
{
    const string Document = "docs/bridge.md";

    [Fact]
    public void Its_programs_compile_in_the_project_that_it_describes()
    {
        ReadmeBlock[] blocks = [.. ReadmeBlock.Parse(Document)];
        string commands = Assert.Single(blocks,
            block => block.Language == "bash" && block.Text.Contains("add package", StringComparison.Ordinal)).Text;
        using Files files = new();
        (string, string)[] variables = [.. feed.Environment, ("DOTNET_NOLOGO", "1"), ("DOTNET_CLI_TELEMETRY_OPTOUT", "1")];
        files.Write("Directory.Build.props", "<Project />");        // nothing above the folder counts
        files.Write("NuGet.config", $"""
            <configuration><packageSources><add key="ours" value="{feed.Folder}" /></packageSources></configuration>
            """);
        Succeed($"set -e\ncd '{files.Folder}'\n{commands}");
        ReadmeBlock[] programs = [.. blocks.Where(block => block.Language == "csharp")];
        Assert.NotEmpty(programs);
        foreach (ReadmeBlock program in programs)
        {
            files.Write("live/Program.cs", $"#line {program.Line + 1} \"{Document}\"\n{program.Text}");
            Succeed($"dotnet build '{files.Path("live")}' --no-restore --nologo -v quiet");
        }

        void Succeed(string script)
        {
            (int code, string output) = Cli.Run("bash", ["-c", script], variables);
            Assert.True(code == 0, output);
            Assert.DoesNotContain("warning CS", output, StringComparison.Ordinal);
        }
    }
}
