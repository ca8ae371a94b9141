using System.Diagnostics;

namespace TorchInit.Tests.IO;

/// <summary>Where a file may be written, and what happens to what is there.</summary>
public sealed class OutputTargetTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("target-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string In(string name) => Path.Combine(_folder, name);

    static StateDict Weights => InitPlan.Of("Linear(3, 4)").Materialize(3);

    static void WriteEach(string path, Action<Action> check)
    {
        check(() => Safetensors.Save(path, Weights));
        check(() => InitPlan.Of("Linear(3, 4)").MaterializeTo(path, 3, cancellation: TestContext.Current.CancellationToken));
        check(() => OutputTarget.Probe(path));
    }

    string Pipe()
    {
        using Process made = Process.Start("mkfifo", [In("pipe")]);
        made.WaitForExit();
        return In("pipe");
    }

    [Fact]
    public void Devices_pipes_and_folders_are_refused_at_once_and_stay_what_they_are()
    {
        Directory.CreateDirectory(In("folder"));
        Directory.CreateSymbolicLink(In("linked folder"), In("folder"));
        List<(string Path, string Kind)> targets = [(In("folder"), "a folder"), (In("folder") + Path.DirectorySeparatorChar, "a folder"),
            (In("new") + Path.DirectorySeparatorChar, "a folder"), (In("linked folder"), "a link to a folder")];
        if (!OperatingSystem.IsWindows())
        {
            File.CreateSymbolicLink(In("null"), "/dev/null");
            targets.AddRange([("/dev/null", "a device"), ("/dev/stdout", "device"), ("/dev/new", "a device"),
                (In("null"), "a link to a device"), (Pipe(), "a pipe")]);
        }
        foreach ((string path, string kind) in targets)
        {
            WriteEach(path, write => Assert.Contains(kind, Assert.ThrowsAny<IOException>(write).Message, StringComparison.Ordinal));
        }
        Assert.Equal(FileKind.None, FileStatus.Of("/dev/new").Kind);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal((FileKind.Device, FileKind.Pipe, FileKind.Link),
                (FileStatus.Of("/dev/null").Kind, FileStatus.Of(In("pipe")).Kind, FileStatus.Of(In("null")).Kind));
        }
        Assert.Equal(OperatingSystem.IsWindows() ? 2 : 4, Directory.GetFileSystemEntries(_folder).Length);
    }

    [Fact]
    public void A_missing_folder_is_named()
        => WriteEach(Path.Combine(_folder, "nowhere", "a"),
            write => Assert.Contains("nowhere", Assert.Throws<DirectoryNotFoundException>(write).Message, StringComparison.Ordinal));

    [Fact]
    public void A_link_is_replaced_and_what_it_leads_to_stays()
    {
        File.WriteAllText(In("precious"), "precious");
        foreach (string leadsTo in (string[])["precious", "nothing"])
        {
            int writers = 0;
            WriteEach(In("link"), write =>
            {
                File.Delete(In("link"));
                File.CreateSymbolicLink(In("link"), In(leadsTo));
                write();
                if (writers++ < 2) { Assert.Equal(FileKind.File, FileStatus.Of(In("link")).Kind); }
            });
        }
        Assert.Equal("precious", File.ReadAllText(In("precious")));
        Assert.False(File.Exists(In("nothing")));
    }

    [Theory, InlineData(".model.partial"), InlineData(".model.partial.sums")]
    public void A_link_planted_for_the_unfinished_file_is_not_followed(string planted)
    {
        File.WriteAllText(In("precious"), "precious");
        File.CreateSymbolicLink(In(planted), In("precious"));
        IOException error = Assert.Throws<IOException>(() => InitPlan.Of("Linear(3, 4)")
            .MaterializeTo(In("model"), 3, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("link", error.Message, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(In("precious")));
        Assert.Equal(FileKind.Link, FileStatus.Of(In(planted)).Kind);
        Assert.False(File.Exists(In("model")));
    }

    [Fact]
    public void A_second_name_of_the_unfinished_file_is_not_written_through()
    {
        if (OperatingSystem.IsWindows()) { return; }
        File.WriteAllText(In("precious"), "precious");
        using (Process linked = Process.Start("ln", [In("precious"), In(".model.partial")])) { linked.WaitForExit(); }
        Assert.Throws<IOException>(() => InitPlan.Of("Linear(3, 4)")
            .MaterializeTo(In("model"), 3, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal("precious", File.ReadAllText(In("precious")));
    }

    [Fact]
    public void Permissions_are_those_of_a_new_file_or_of_the_one_that_is_replaced()
    {
        if (OperatingSystem.IsWindows()) { return; }
        File.WriteAllText(In("new"), "");
        UnixFileMode usual = File.GetUnixFileMode(In("new"));
        const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        List<Action> writers = [];
        WriteEach(In("weights"), writers.Add);
        foreach (Action write in writers[..2])
        {
            File.Delete(In("weights"));
            write();
            Assert.Equal(usual, File.GetUnixFileMode(In("weights")));
            File.SetUnixFileMode(In("weights"), Own);
            write();
            Assert.Equal(Own, File.GetUnixFileMode(In("weights")));
        }
    }

    [Fact]
    public void A_name_as_long_as_they_can_be_is_written()
    {
        string path = In(new string('w', 255));
        Safetensors.Save(path, Weights);
        Assert.True(File.Exists(path));
        Assert.Single(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_folder_is_asked_for_where_it_would_be_made()
    {
        File.WriteAllText(In("file"), "");
        OutputTarget.ProbeFolder(Path.Combine(_folder, "new", "newer"));
        OutputTarget.ProbeFile(Path.Combine(_folder, "new", "newer", "report.html"));
        Assert.ThrowsAny<IOException>(() => OutputTarget.ProbeFolder(In("file")));
        Assert.ThrowsAny<IOException>(() => OutputTarget.ProbeFolder(Path.Combine(_folder, "file", "new")));
        Assert.Equal([In("file")], Directory.GetFileSystemEntries(_folder));
        if (OperatingSystem.IsLinux()) { Assert.ThrowsAny<UnauthorizedAccessException>(() => OutputTarget.ProbeFolder("/proc/new")); }
    }
}
