using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace TorchInit.Tests.Readme;

/// <summary>What the READMEs say is run: its programs, its commands, its tables.</summary>
[Collection(Sandbox.Name)]
public partial class ReadmeTests
{
    public static TheoryData<string, int> Programs
        => [.. ReadmeBlock.Of("csharp").Select(block => new TheoryDataRow<string, int>(block.File, block.Line))];

    [Theory, MemberData(nameof(Programs))]
    public void Program_prints_what_the_README_says(string file, int line)
    {
        ReadmeBlock block = ReadmeBlock.Of("csharp").Single(block => (block.File, block.Line) == (file, line));
        MethodInfo entry = CSharpProgram.Compile(block.Text, file, line + 1);
        CheckOutput(block, Sandbox.Run(() => Assert.Equal(0, CSharpProgram.Run(entry))));
    }

    [Fact]
    public void Scripts_and_projects_that_it_names_exist()
        => Violations.None("A README names a file that is there and can be run",
            from block in ReadmeBlock.Of("bash")
            from command in Commands(block)
            let file = command.Words[0].StartsWith("./", StringComparison.Ordinal) ? command.Words[0] : ProjectOf(command.Words)
            where file is not null && !CanRun(Repository.PathOf(file))
            select $"{block.File}:{block.Line}: {file}");

    [Fact]
    public void Commands_of_torchinit_do_what_it_says()
    {
        foreach (ReadmeBlock block in ReadmeBlock.Of("bash"))
        {
            (string[] Words, int Code)[] commands = [.. Commands(block).Where(command => command.Words[0] == "torchinit")];
            string printed = Sandbox.Run(() =>
            {
                foreach ((string[] command, int expected) in commands)
                {
                    int code = TorchInitCommand(command[1..]);
                    Assert.True(code == expected, $"{block.File}:{block.Line}: `{string.Join(' ', command)}` gives exit code {code}.");
                }
            });
            if (commands.Length > 0) { CheckOutput(block, printed); }
        }
    }

    [Fact]
    public void Both_languages_have_the_same_blocks()
        => Assert.Equal(Code("README.md"), Code("README.zh-CN.md"));

    // Comments are translated, and the map of the folders is in one of them.
    static string[] Code(string file)
        => [.. from block in ReadmeBlock.Parse(file)
               where block.Language is "csharp" or "bash"
               select $"{block.Language}: {Comment().Replace(block.Text, "")}{block.Output}"];

    [GeneratedRegex(" *(?://|#(?!!)).*")]
    private static partial Regex Comment();

    // In process, by the command's own entry point: no installed tool is needed, and no old one is found.
    static readonly Func<string[], int> TorchInitCommand = args => CSharpProgram.Run(Assembly.Load("TorchInit.Cli").EntryPoint!, args);

    static void CheckOutput(ReadmeBlock block, string printed)
    {
        if (block.Output is not null && Approved.FirstDifference(block.Output, printed) is { } difference)
        {
            Assert.Fail($"{block.File}:{block.Line} prints something else than the block below it says, {difference}");
        }
    }

    // Words of each line, quotes taken off, comments left out but for "# exit code N".
    static IEnumerable<(string[] Words, int Code)> Commands(ReadmeBlock block)
        => from line in block.Text.Split('\n')
           let words = Words().Matches(line).TakeWhile(word => !word.Value.StartsWith('#')).Select(word => word.Value.Trim('"', '\''))
               .ToArray()
           where words.Length > 0
           select (words, ExitCode().Match(line) is { Success: true } code ? int.Parse(code.ValueSpan[^1..], CultureInfo.InvariantCulture)
               : 0);

    static string? ProjectOf(string[] command)
        => command is ["dotnet", "run", ..] && Array.IndexOf(command, "--project") is > 0 and var at ? command[at + 1] : null;

    static bool CanRun(string path)
        => Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.csproj").Any()
            : File.Exists(path) && (OperatingSystem.IsWindows() || path.EndsWith(".csproj", StringComparison.Ordinal)
                || File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute));

    [GeneratedRegex("# exit code [0-9]$")]
    private static partial Regex ExitCode();

    [GeneratedRegex("""
        "[^"]*"|'[^']*'|\S+
        """)]
    private static partial Regex Words();
}
