using System.Text.RegularExpressions;
using TorchInit.Tests.Readme;

namespace InitNotebooks.Tests.Packages;

/// <summary>docs/install.md as a stranger follows it: scripts/install.sh into an empty home, each block in an empty folder.</summary>
public sealed partial class InstallTests(InstallHome home) : IClassFixture<InstallHome>
{
    const string Document = "docs/install.md";

    // Those of this page that name a script are the installation itself.
    static IEnumerable<ReadmeBlock> Blocks
        => from block in ReadmeBlock.Parse(Document)
           where block.Language == "bash" && !block.Text.StartsWith("scripts/", StringComparison.Ordinal)
           select block;

    public static TheoryData<int> Lines => [.. Blocks.Select(block => block.Line)];

    [Theory, MemberData(nameof(Lines))]
    public void What_the_page_says_works_in_an_empty_folder(int line)
    {
        Assert.Contains("== Installed", home.Installed, StringComparison.Ordinal);
        ReadmeBlock block = Blocks.Single(block => block.Line == line);
        if (block.Text.Contains("--output native", StringComparison.Ordinal) && InstallHome.Linker is null)
        {
            Assert.Skip("no C compiler links native code: apt-get install clang zlib1g-dev");
        }
        using Files empty = new();
        string output = empty.Path("printed");
        string script = $"cd '{empty.Folder}' && mkdir work && cd work && set -e && {{\n{block.Text}\n}} > '{output}'";
        (int code, string said) = home.Run("bash", "-c", script);
        string printed = File.Exists(output) ? File.ReadAllText(output) : "";
        Assert.True(code == 0, $"{Document}:{line}: exit code {code}\n{printed}{said}");
        Assert.NotNull(block.Output);
        // dotnet's own lines about what it makes come before.
        Assert.EndsWith(block.Output, printed, StringComparison.Ordinal);
        // `dotnet new` warns of its own templates' translations, on a system without cultures and when two of it run at once.
        string[] warnings = [.. (printed + said).Split('\n').Where(text => text.Contains("warning", StringComparison.OrdinalIgnoreCase)
            && !TemplateTranslation().IsMatch(text))];
        Assert.Empty(warnings);
    }

    [GeneratedRegex("^Warning: (Locale '|Failed to read or parse localization file)")]
    private static partial Regex TemplateTranslation();

    [Fact]
    public void The_kernel_of_the_installed_command_runs_a_notebook()
    {
        Assert.Contains("== Installed", home.Installed, StringComparison.Ordinal);
        string spec = File.ReadAllText(Path.Combine(home.Kernels, "initnotebooks-csharp", "kernel.json"));
        Assert.Contains(home.Tools, spec, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(home.Kernels, ".net-csharp")), "Nobody asked for the name .net-csharp.");
    }
}
