using TorchInit.Oracle;

namespace TorchInit.Tests.Oracle;

/// <summary>What torchinit setup says where it cannot, and that it leaves nothing half-done.</summary>
public sealed class SetupFailureTests
{
    [Fact]
    public void Without_a_network_pips_words_are_said_and_nothing_is_left()
    {
        using StandInMachine machine = new StandInMachine(apt: false).With("no-network");
        SetupReport report = machine.Provide();
        Assert.Null(report.Python);
        Assert.Contains("torch 2.13.0 could not be installed for Python 3.11", report.Problem, StringComparison.Ordinal);
        Assert.Contains("ERROR: No matching distribution found for torch", report.Problem, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(machine.Work));
        // The network comes back.
        machine.Without("no-network");
        Assert.Null(machine.Provide().Problem);
    }

    [Fact]
    public void An_environment_that_was_made_elsewhere_is_left_alone()
    {
        using StandInMachine machine = new(apt: false);
        Directory.CreateDirectory(machine.Venv);
        machine.With("work/.venv/mine", "precious");
        SetupReport report = machine.Provide();
        Assert.Contains($"{machine.Venv} exists and was not made by torchinit setup, which leaves it alone", report.Problem,
            StringComparison.Ordinal);
        Assert.Empty(machine.Calls);
        Assert.Equal([Path.Combine(machine.Venv, "mine")], Directory.EnumerateFileSystemEntries(machine.Venv));
        // Another folder is one's own to name; it is found by its name alone.
        SetupReport other = machine.Provide(new() { Venv = "other" });
        Assert.Contains("cannot be imported", other.Problem, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(machine.Work, "other", "torchinit-made.txt")));
    }

    [Fact]
    public void What_was_cut_off_is_made_anew()
    {
        using StandInMachine machine = new(apt: false);
        MadeVenv cut = new(machine.Venv);
        cut.MarkBegun();
        machine.With("work/.venv/rest");
        Assert.Equal(VenvState.HalfMade, cut.State);
        SetupReport report = machine.Provide();
        Assert.Null(report.Problem);
        Assert.Equal($"remove {machine.Venv}, which is incomplete", report.Steps[0].What);
        Assert.False(File.Exists(machine.PathOf("work/.venv/rest")));
        Assert.Equal(VenvState.Made, cut.State);
        // Its Python has gone with an upgrade of the system.
        File.WriteAllText(cut.Python, "#!/bin/sh\nexit 1\n");
        Assert.Null(machine.Provide().Problem);
    }

    [Fact]
    public void A_failure_in_a_made_environment_does_not_remove_it()
    {
        using StandInMachine machine = new(apt: false);
        Assert.Null(machine.Provide().Problem);
        machine.With("no-network");
        Assert.NotNull(machine.Provide(new() { TorchVersion = "2.8.0" }).Problem);
        Assert.Equal("2.13.0+cpu", machine.Provide().Torch);
    }

    [Fact]
    public void Venv_is_installed_by_root_and_missing_says_what_helps()
    {
        using StandInMachine root = new StandInMachine(isRoot: true).With("no-venv").With("usr/torch", "1.13.1");
        Assert.Equal("2.13.0+cpu", root.Provide(new() { TorchVersion = "2.13.0" }).Torch);
        Assert.Contains(root.Calls, call => call.EndsWith(" python3-venv", StringComparison.Ordinal));
        using StandInMachine user = new StandInMachine(apt: false).With("no-venv");
        Assert.Contains("no Python 3.8 or later with venv and pip (Debian and Ubuntu: apt-get install python3-venv), and "
            + "nothing can be installed: there is no apt-get",
            user.Provide().Problem, StringComparison.Ordinal);
        using StandInMachine bare = new(apt: false, python: false);
        Assert.Contains("no Python 3.8 or later", bare.Provide().Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_no_Python_the_embedded_one_is_installed()
    {
        using StandInMachine machine = new(apt: false, python: false);
        string? asked = null;
        SetupReport report = machine.Provide(new() { Embedded = torch => { asked = torch; return "no pip in C:\\here"; } });
        Assert.Equal(("2.13.0", "no pip in C:\\here"), (asked, report.Problem));
        Assert.Equal(SetupOutcome.Failed, Assert.Single(report.Steps).Outcome);
    }

    [Fact]
    public void A_Python_that_is_named_is_left_alone()
    {
        using StandInMachine machine = new(isRoot: true);
        machine.Variable("TORCHINIT_PYTHON", machine.SystemPython);
        Assert.Equal($"TORCHINIT_PYTHON names {machine.SystemPython}, which has no torch that can be imported; a Python that was "
            + $"not made here is left alone.", machine.Provide().Problem);
        machine.With("usr/torch", "1.13.1");
        Assert.Null(machine.Provide().Problem);
        Assert.Contains("which has torch 1.13.1, not 2.8.0", machine.Provide(new() { TorchVersion = "2.8.0" }).Problem,
            StringComparison.Ordinal);
        Assert.Empty(machine.Calls);
    }

    [Fact]
    public void A_Python_that_comes_first_is_named()
    {
        using StandInMachine machine = new(apt: false);
        string active = machine.PathOf("active");
        Directory.CreateDirectory(Path.Combine(active, "bin"));
        File.Copy(machine.SystemPython, Path.Combine(active, "bin", "python"));
        machine.With("active/bin/torch", "2.6.0").Variable("VIRTUAL_ENV", active);
        SetupReport report = machine.Provide(new() { TorchVersion = "2.13.0" });
        Assert.Equal($"torch 2.13.0 was installed in .venv, but {active}/bin/python (VIRTUAL_ENV) with torch 2.6.0 comes first.",
            report.Problem);
    }

    [Fact]
    public void Two_at_a_time_take_turns()
    {
        using StandInMachine machine = new(apt: false);
        using (new MadeVenv(machine.Venv).TakeTurn())
        {
            Assert.Contains("another torchinit setup is working on", machine.Provide().Problem, StringComparison.Ordinal);
        }
        Assert.Null(machine.Provide().Problem);
    }

    [Theory]
    [InlineData("{}", "cannot be read")]
    [InlineData("no JSON", "cannot be read")]
    [InlineData("""{"install":[]}""", "names no package")]
    [InlineData("""{"install":[{"metadata":{"name":"torch","version":"2"},"download_info":{}}]}""", "states no SHA-256 of torch 2")]
    [InlineData("""{"install":[{"metadata":{"name":"torch","version":"2"},"download_info":{"archive_info":{"hash":"md5=ab"}}}]}""",
        "states no SHA-256 of torch 2")]
    [InlineData("""{"install":[{"metadata":{"name":"torch","version":"2"},"download_info":{"archive_info":{"hashes":{"sha256":"ab"}}}}]}""",
        "states no SHA-256 of torch 2")]
    public void A_report_without_hashes_installs_nothing(string report, string expected)
    {
        using StandInMachine machine = new StandInMachine(apt: false).With("report", report);
        Assert.Contains(expected, machine.Provide().Problem, StringComparison.Ordinal);
        Assert.False(File.Exists(machine.PathOf("installed")));
        Assert.False(Directory.Exists(machine.Venv));
    }
}
