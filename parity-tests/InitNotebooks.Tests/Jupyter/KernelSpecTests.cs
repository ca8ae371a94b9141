using System.Text.Json;
using InitNotebooks.Kernel;

namespace InitNotebooks.Tests;

/// <summary>Whose kernel is whose: only ours are overwritten and taken away.</summary>
public sealed class KernelSpecTests : IDisposable
{
    const string Theirs = """{"argv": ["dotnet", "interactive", "jupyter", "{connection_file}"], "display_name": ".NET (C#)", "language": "C#"}""";

    readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    string FolderOf(string name) => Path.Combine(_files.Folder, "kernels", name);

    string SpecOf(string name) => Path.Combine(FolderOf(name), "kernel.json");

    void Put(string name, string spec)
    {
        Directory.CreateDirectory(FolderOf(name));
        File.WriteAllText(SpecOf(name), spec);
        File.WriteAllText(Path.Combine(FolderOf(name), "logo-svg.svg"), "their logo");
    }

    string Install(string name, bool replace = false)
        => KernelSpecs.Install(name, "C#", ["dotnet", "TorchInit.Cli.dll", "kernel", "run", "-f"], _files.Folder, replace);

    string[] Names()
        => [.. Directory.EnumerateFileSystemEntries(_files.Folder, "*", SearchOption.AllDirectories).Where(File.Exists)
        .Select(path => Path.GetRelativePath(_files.Folder, path)).Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData("python3",
        """{"argv": ["python3", "-m", "ipykernel_launcher", "-f", "{connection_file}"], "display_name": "Python 3", "language": "python"}""")]
    [InlineData(".net-csharp", Theirs)]
    [InlineData("other", """{"argv": ["other", "kernel", "run", "-f", "{connection_file}"]}""")]
    [InlineData("other",
        """{"argv": ["torchinit", "kernel", "run", "-f", "{connection_file}"], "metadata": {"installed_by": "somebody"}}""")]
    [InlineData("broken", "{")]
    [InlineData("strange", "[1]")]
    [InlineData("numbers", """{"argv": [1]}""")]
    public void A_kernel_that_is_not_ours_is_neither_removed_nor_overwritten(string name, string spec)
    {
        Put(name, spec);
        string[] before = Names();
        Assert.Contains("is another kernel's",
            Assert.Throws<InvalidOperationException>(() => KernelSpecs.Uninstall(name, _files.Folder)).Message, StringComparison.Ordinal);
        Assert.Contains("--replace", Assert.Throws<InvalidOperationException>(() => Install(name)).Message, StringComparison.Ordinal);
        Assert.Equal(before, Names());
        Assert.Equal(spec, File.ReadAllText(SpecOf(name)));
    }

    [Fact]
    public void A_kernel_that_was_replaced_comes_back()
    {
        Put(".net-csharp", Theirs);
        string[] before = Names();
        Install(".net-csharp", replace: true);
        Install(".net-csharp", replace: true);              // over ours: theirs still waits
        Assert.Contains("TorchInit.Cli.dll", File.ReadAllText(SpecOf(".net-csharp")), StringComparison.Ordinal);
        Assert.Equal(FolderOf(".net-csharp"), KernelSpecs.Uninstall(".net-csharp", _files.Folder));
        Assert.Equal(before, Names());
        Assert.Equal(Theirs, File.ReadAllText(SpecOf(".net-csharp")));
        Assert.Equal("their logo", File.ReadAllText(Path.Combine(FolderOf(".net-csharp"), "logo-svg.svg")));
    }

    [Fact]
    public void Ours_goes_and_what_others_put_beside_it_stays()
    {
        Install("mine");
        Assert.Equal(3, Names().Length);
        File.WriteAllText(Path.Combine(FolderOf("mine"), "kernel.js"), "theirs");
        Assert.NotNull(KernelSpecs.Uninstall("mine", _files.Folder));
        Assert.Equal([Path.Combine("kernels", "mine", "kernel.js")], Names());
        Assert.Null(KernelSpecs.Uninstall("mine", _files.Folder));
        Install("other");
        Assert.NotNull(KernelSpecs.Uninstall("other", _files.Folder));
        Assert.False(Directory.Exists(FolderOf("other")));
    }

    [Fact]
    public void An_earlier_builds_is_known_by_its_program()
    {
        Put("old",
            """{"argv": ["/usr/bin/dotnet", "/x/TorchInit.Cli.dll", "kernel", "run", "-f", "{connection_file}"], "language": "C#"}""");
        Assert.NotNull(KernelSpecs.Uninstall("old", _files.Folder));
        Assert.False(Directory.Exists(FolderOf("old")));
    }

    [Fact]
    public void The_spec_says_whose_it_is()
    {
        using JsonDocument spec = JsonDocument.Parse(File.ReadAllText(Path.Combine(Install("mine"), "kernel.json")));
        Assert.Equal("InitNotebooks", spec.RootElement.GetProperty("metadata").GetProperty("installed_by").GetString());
    }

    [Fact]
    public void No_planted_link_is_followed()
    {
        string victim = Path.Combine(_files.Folder, "victim");
        File.WriteAllText(victim, "precious");
        Directory.CreateDirectory(FolderOf("mine"));
        File.CreateSymbolicLink(Path.Combine(FolderOf("mine"), "logo-svg.svg"), victim);
        Install("mine");
        Assert.Equal("precious", File.ReadAllText(victim));
        // A kernel.json that is a link is somebody's.
        Directory.CreateDirectory(FolderOf("linked"));
        File.CreateSymbolicLink(SpecOf("linked"), victim);
        Assert.Throws<InvalidOperationException>(() => Install("linked"));
        Assert.Equal("precious", File.ReadAllText(victim));
    }

    [Fact]
    public void The_command_refuses_with_a_line_and_exit_code_4()
    {
        Put("python3", Theirs);
        foreach (string verb in (string[])["install", "uninstall"])
        {
            (int code, string output) = Cli.Run("kernel", verb, "--name", "python3", "--data-dir", _files.Folder);
            Assert.Equal(4, code);
            Assert.Contains("is another kernel's", output, StringComparison.Ordinal);
        }
        Assert.Equal(0, Cli.Run("kernel", "install", "--name", "python3", "--replace", "--data-dir", _files.Folder).Code);
        Assert.Equal(0, Cli.Run("kernel", "uninstall", "--name", "python3", "--data-dir", _files.Folder).Code);
        Assert.Equal(Theirs, File.ReadAllText(SpecOf("python3")));
    }
}
