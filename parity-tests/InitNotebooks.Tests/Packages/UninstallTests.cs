namespace InitNotebooks.Tests.Packages;

/// <summary>scripts/install.sh --uninstall takes away what it put, and nothing else.</summary>
public sealed class UninstallTests(PackedFeed feed) : IDisposable
{
    const string Theirs = """{"argv": ["dotnet", "interactive", "jupyter", "{connection_file}"], "display_name": ".NET (C#)"}""";

    const string Gone = "Nothing of InitNotebooks is installed";

    readonly InstallHome _home = new(feed);

    public void Dispose() => _home.Dispose();

    string[] Left() => [.. Directory.EnumerateFiles(Path.GetDirectoryName(_home.Feed)!, "*", SearchOption.AllDirectories)
        .Where(path => Path.GetFileName(path).Contains("torchinit", StringComparison.OrdinalIgnoreCase)
            || Path.GetFileName(path).Contains("initnotebooks", StringComparison.OrdinalIgnoreCase))];

    [Fact]
    public void Everything_goes_and_their_kernel_is_theirs_throughout()
    {
        string spec = Path.Combine(_home.Kernels, ".net-csharp", "kernel.json");
        Directory.CreateDirectory(Path.GetDirectoryName(spec)!);
        File.WriteAllText(spec, Theirs);
        Assert.Contains("== Installed", _home.Installed, StringComparison.Ordinal);
        Assert.Equal(Theirs, File.ReadAllText(spec));

        string script = Repository.PathOf("scripts/install.sh");
        (int code, string output) = _home.Run(script, "--no-pack", "--feed", _home.Feed, "--as-dotnet-interactive");
        Assert.True(code == 4 && output.Contains("--replace", StringComparison.Ordinal), $"{code}: {output}");
        Assert.Equal(Theirs, File.ReadAllText(spec));

        string replaced = Path.Combine(_home.Tools, "torchinit");
        Assert.Equal(0, _home.Run(replaced, "kernel", "install", "--as-dotnet-interactive", "--replace").Code);
        Assert.NotEqual(Theirs, File.ReadAllText(spec));
        Assert.NotEmpty(Left());

        Assert.Contains(Gone, _home.Succeed("scripts/install.sh", "--uninstall"), StringComparison.Ordinal);
        Assert.Equal(Theirs, File.ReadAllText(spec));
        Assert.Empty(Left());
        Assert.DoesNotContain("InitNotebooks", _home.Run("dotnet", "nuget", "list", "source").Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_home.Feed) || Directory.Exists(Path.Combine(_home.Kernels, "initnotebooks-csharp")));

        // Where nothing is installed, nothing fails.
        Assert.Contains(Gone, _home.Succeed("scripts/install.sh", "--uninstall"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--replace")]
    [InlineData("--feed")]
    [InlineData("--everything")]
    public void What_it_does_not_know_is_refused(string argument)
    {
        (int code, string output) = _home.Run(Repository.PathOf("scripts/install.sh"), argument);
        Assert.NotEqual(0, code);
        Assert.Contains(argument, output, StringComparison.Ordinal);
        Assert.Empty(Left());
    }
}
