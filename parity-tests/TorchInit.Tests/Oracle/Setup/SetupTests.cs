using TorchInit.Oracle;

namespace TorchInit.Tests.Oracle;

/// <summary>What torchinit setup runs on which machine, and what it leaves alone.</summary>
public sealed class SetupTests
{
    const string Install = "apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 ";

    [Fact]
    public void Where_torch_is_nothing_is_run()
    {
        using StandInMachine machine = new StandInMachine(isRoot: true).With("usr/torch", "1.13.1");
        SetupReport report = machine.Provide();
        Assert.Null(report.Problem);
        Assert.Equal((machine.SystemPython, "1.13.1"), (report.Python!.Path, report.Torch));
        Assert.Equal(SetupOutcome.Found, Assert.Single(report.Steps).Outcome);
        Assert.Empty(machine.Calls);
        Assert.False(Directory.Exists(machine.Venv));
    }

    [Fact]
    public void Root_has_Debians_torch()
    {
        using StandInMachine machine = new(isRoot: true);
        List<string> said = [];
        SetupReport report = machine.Provide(starting: said.Add);
        Assert.Null(report.Problem);
        Assert.Equal((machine.SystemPython, "1.13.1"), (report.Python!.Path, report.Torch));
        Assert.Equal(["apt-get update -qq", $"{Install}python3-torch python3-scipy"], machine.Calls);
        Assert.Equal(report.Steps.Select(step => step.What), said);
        Assert.All(report.Steps, step => Assert.Equal(SetupOutcome.Done, step.Outcome));
    }

    [Fact]
    public void Sudo_without_a_password_serves_as_root()
    {
        using StandInMachine machine = new(sudo: true);
        Assert.Null(machine.Provide().Problem);
        Assert.Contains($"sudo -n env DEBIAN_FRONTEND=noninteractive {Install}python3-torch python3-scipy", machine.Calls);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Without_apt_an_environment_is_made_each_package_with_its_hash(bool aptFails)
    {
        using StandInMachine machine = new(isRoot: aptFails);
        if (aptFails) { machine.With("apt-fails"); }
        SetupReport report = machine.Provide();
        Assert.Null(report.Problem);
        Assert.Equal((Path.Combine(machine.Venv, "bin", "python"), "2.13.0+cpu"), (report.Python!.Path, report.Torch));
        string[] pip = [.. machine.Calls.Where(call => call.StartsWith("pip ", StringComparison.Ordinal))];
        Assert.Equal(2, pip.Length);
        Assert.Contains("--dry-run --ignore-installed --report", pip[0], StringComparison.Ordinal);
        Assert.EndsWith(" torch==2.13.0 numpy", pip[0], StringComparison.Ordinal);
        Assert.EndsWith($" --require-hashes -r {Path.Combine(machine.Venv, "torchinit-requirements.txt")}", pip[1],
            StringComparison.Ordinal);
        Assert.All(pip, call => Assert.Contains("--only-binary :all:", call, StringComparison.Ordinal));
        Assert.Equal($"torch==2.13.0+cpu --hash=sha256:{StandInMachine.TorchHash}\nnumpy==2.4.0 "
            + $"--hash=sha256:{StandInMachine.TorchHash}\n", File.ReadAllText(machine.PathOf("installed")));
        // Again: it is there.
        int calls = machine.Calls.Length;
        Assert.Equal(report.Python, machine.Provide().Python);
        Assert.Equal(calls, machine.Calls.Length);
        Assert.Equal([".venv"], Directory.EnumerateFileSystemEntries(machine.Work).Select(Path.GetFileName));
    }

    [Fact]
    public void Given_hashes_are_the_only_ones()
    {
        using StandInMachine machine = new(apt: false);
        machine.With("work/mine.txt", "torch==2.1.2 --hash=sha256:ab\n");
        SetupReport report = machine.Provide(new() { Hashes = machine.PathOf("work/mine.txt") });
        Assert.Equal((null, "2.1.2"), (report.Problem, report.Torch));
        string pip = Assert.Single(machine.Calls, call => call.StartsWith("pip ", StringComparison.Ordinal));
        Assert.EndsWith($" --require-hashes -r {machine.PathOf("work/mine.txt")}", pip, StringComparison.Ordinal);
    }

    [Fact]
    public void A_named_version_goes_into_an_environment_beside_the_systems_torch()
    {
        using StandInMachine machine = new StandInMachine(isRoot: true).With("usr/torch", "1.13.1");
        machine.With("report", File.ReadAllText(machine.PathOf("report")).Replace("2.13.0+cpu", "2.8.0", StringComparison.Ordinal));
        Assert.Equal("2.8.0", machine.Provide(new() { TorchVersion = "2.8.0" }).Torch);
        Assert.Contains(machine.Calls, call => call.EndsWith(" torch==2.8.0 numpy", StringComparison.Ordinal));
        Assert.DoesNotContain(machine.Calls, call => call.StartsWith("apt-get", StringComparison.Ordinal));
        // Another one next, into the same environment, which was made here.
        machine.With("report", File.ReadAllText(machine.PathOf("report")).Replace("2.8.0", "2.6.0", StringComparison.Ordinal));
        Assert.Equal("2.6.0", machine.Provide(new() { TorchVersion = "2.6.0" }).Torch);
        Assert.Single(machine.Calls, call => call.StartsWith("python ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_dry_run_changes_nothing()
    {
        foreach (bool isRoot in (bool[])[true, false])
        {
            using StandInMachine machine = new(isRoot, python: true);
            machine.Without("libpython");
            SetupReport report = machine.Provide(new() { DryRun = true, Jupyter = true, TorchVersion = isRoot ? null : "2.8.0" });
            Assert.All(report.Steps.Where(step => step.Command.Count > 0), step => Assert.Equal(SetupOutcome.Planned, step.Outcome));
            Assert.Contains(report.Steps, step => step.Command.Contains(isRoot ? "python3-torch" : "torch==2.8.0"));
            Assert.Empty(machine.Calls);
            Assert.Empty(Directory.EnumerateFileSystemEntries(machine.Work));
        }
    }

    [Fact]
    public void The_shared_library_is_installed_beside_the_systems_torch_and_else_left_out()
    {
        using StandInMachine root = new StandInMachine(isRoot: true).With("usr/torch", "1.13.1").Without("libpython");
        SetupReport provided = root.Provide();
        Assert.Equal((root.PathOf("libpython"), null), (provided.Library!.Path, provided.Problem));
        Assert.Contains($"{Install}libpython3.11", root.Calls);
        using StandInMachine user = new StandInMachine().With("usr/torch", "1.13.1").Without("libpython");
        SetupReport left = user.Provide();
        Assert.Null(left.Problem);
        Assert.Equal(SetupOutcome.Left, left.Steps[^1].Outcome);
        Assert.Contains("libpython3.11.so.1.0 is in none of /nowhere", left.Steps[^1].Detail, StringComparison.Ordinal);
        Assert.Empty(user.Calls);
    }

    [Fact]
    public void Jupyter_is_installed_by_root_and_missing_says_what_helps()
    {
        using StandInMachine root = new StandInMachine(isRoot: true).With("usr/torch", "1.13.1");
        Assert.Null(root.Provide(new() { Jupyter = true }).Problem);
        Assert.Contains(root.Calls, call => call.StartsWith(Install, StringComparison.Ordinal)
            && call.EndsWith(" chromium hunspell hunspell-en-gb python3-torchvision", StringComparison.Ordinal));
        Assert.Equal(2, root.Calls.Length);
        Assert.Null(root.Provide(new() { Jupyter = true }).Problem);
        Assert.Equal(2, root.Calls.Length);
        using StandInMachine user = new StandInMachine().With("usr/torch", "1.13.1");
        SetupReport report = user.Provide(new() { Jupyter = true });
        Assert.Equal("1.13.1", report.Torch);
        Assert.StartsWith("Jupyter is missing, and apt-get needs root, and sudo asks for a password: as root, apt-get install "
            + "python3-scipy", report.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.13", null, true)]
    [InlineData("2.13.0+cpu", null, false)]
    [InlineData("2.13.0; rm -r .", null, false)]
    [InlineData("--index-url=http://evil", null, false)]
    [InlineData("", null, false)]
    [InlineData(null, "nowhere.txt", false)]
    public void Options_that_cannot_be_meant_are_refused(string? version, string? hashes, bool allowed)
    {
        using StandInMachine machine = new StandInMachine().With("usr/torch", "2.13");
        SetupOptions options = new() { TorchVersion = version, Hashes = hashes };
        if (allowed) { Assert.Null(machine.Provide(options).Problem); }
        else
        {
            Assert.Contains($"'{version ?? hashes}'", Assert.Throws<ArgumentException>(() => machine.Provide(options)).Message,
                StringComparison.Ordinal);
        }
    }
}
