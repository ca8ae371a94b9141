using InitNotebooks.Engine;
using TorchInit.Tests.Readme;

namespace InitNotebooks.Tests.Packages;

/// <summary>docs/install.md as a stranger follows it: scripts/install.sh into a home of its own, each block in an empty folder, and all away again.</summary>
public sealed class InstallTests(InstallTests.Home home) : IClassFixture<InstallTests.Home>
{
    const string Document = "docs/install.md";

    // Those of this page that name a script are the installation itself.
    static IEnumerable<ReadmeBlock> Blocks
        => ReadmeBlock.Parse(Repository.Read(Document)).Where(block => block.Language == "bash" && !block.Text.StartsWith("scripts/", StringComparison.Ordinal));

    public static TheoryData<int> Lines => [.. Blocks.Select(block => block.Line)];

    /// <summary>A home folder, in which everything is installed.</summary>
    public sealed class Home : IDisposable
    {
        readonly Files _files = new();
        readonly Lazy<string> _installed;

        public Home() => _installed = new(() => Succeed("scripts/install.sh", "--no-build", "--feed", Feed));

        public string Feed => _files.Path("feed");

        public string Kernels => _files.Path("jupyter/kernels");

        public string Tools => _files.Path("home/.dotnet/tools");

        /// <summary>What install.sh printed.</summary>
        public string Installed => _installed.Value;

        internal (int Code, string Output) Run(string program, params IEnumerable<string> arguments)
        {
            Directory.CreateDirectory(_files.Path("home"));
            string system = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
            (string, string)[] variables =
            [
                .. NuGetCache.Private(_files),
                ("HOME", _files.Path("home")), ("DOTNET_CLI_HOME", _files.Path("home")), ("XDG_DATA_HOME", _files.Path("home/.local/share")),
                ("XDG_CONFIG_HOME", _files.Path("home/.config")), ("JUPYTER_DATA_DIR", _files.Path("jupyter")),
                ("NUGET_HTTP_CACHE_PATH", Path.Combine(system, "NuGet", "http-cache")),      // other people's packages come over the net once
                ("INITNOTEBOOKS_CACHE", _files.Path("restored")), ("DOTNET_NOLOGO", "1"), ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
                ("PATH", $"{Tools}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}"),
                ("CppCompilerAndLinker", File.Exists("/usr/bin/clang") ? "clang" : "gcc"),
            ];
            CopySources();
            return Cli.Run(program, arguments, variables);
        }

        internal string Succeed(string script, params string[] arguments)
        {
            (int code, string output) = Run(Repository.PathOf(script), arguments);
            Assert.True(code == 0, output);
            return output;
        }

        /// <summary>The sources of this machine's NuGet, without which nothing of others can be had.</summary>
        void CopySources()
        {
            string theirs = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "NuGet", "NuGet.Config");
            string ours = _files.Path("home/.nuget/NuGet/NuGet.Config");
            if (File.Exists(ours) || !File.Exists(theirs)) { return; }
            Directory.CreateDirectory(Path.GetDirectoryName(ours)!);
            File.Copy(theirs, ours);
        }

        public void Dispose() => _files.Dispose();
    }

    [Theory, MemberData(nameof(Lines))]
    public void What_the_page_says_works_in_an_empty_folder(int line)
    {
        Assert.Contains("== Installed", home.Installed, StringComparison.Ordinal);
        ReadmeBlock block = Blocks.Single(block => block.Line == line);
        using Files empty = new();
        string output = empty.Path("printed");
        (int code, string said) = home.Run("bash", "-c", $"cd '{empty.Folder}' && mkdir work && cd work && set -e && {{\n{block.Text}\n}} > '{output}'");
        string printed = File.Exists(output) ? File.ReadAllText(output) : "";
        Assert.True(code == 0, $"{Document}:{line}: exit code {code}\n{printed}{said}");
        Assert.NotNull(block.Output);
        // dotnet's own lines about what it makes come before.
        Assert.EndsWith(block.Output, printed, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", printed + said, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_kernel_of_the_installed_command_runs_a_notebook()
    {
        Assert.Contains("== Installed", home.Installed, StringComparison.Ordinal);
        string spec = File.ReadAllText(Path.Combine(home.Kernels, "initnotebooks-csharp", "kernel.json"));
        Assert.Contains(home.Tools, spec, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(home.Kernels, ".net-csharp")), "Nobody asked for the name .net-csharp.");
    }
}
