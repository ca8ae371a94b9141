namespace InitNotebooks.Tests;

/// <summary>Debian's Jupyter, with our kernel installed under both names in a folder of the tests.</summary>
public sealed class Jupyter : IDisposable
{
    const string Python = "/usr/bin/python3";

    readonly Files _files = new();

    /// <exception cref="Exception">Skips the test with the reason where there is no Jupyter; with TORCHINIT_REQUIRE_LIVE=1 it
    /// fails.</exception>
    public Jupyter()
    {
        bool there = File.Exists(Python) && Cli.Run(Python, ["-I", "-c", "import nbclient, nbconvert, ipykernel"]).Code == 0;
        if (!there && Environment.GetEnvironmentVariable("TORCHINIT_REQUIRE_LIVE") == "1")
        {
            Assert.Fail("Jupyter is required and not there: scripts/setup.sh --jupyter");
        }
        Missing = there ? null : "no Jupyter: scripts/setup.sh --jupyter installs it";
        if (!there) { return; }
        Assert.Equal(0, Cli.Run("kernel", "install", "--data-dir", _files.Folder).Code);
        Assert.Equal(0, Cli.Run("kernel", "install", "--data-dir", _files.Folder, "--as-dotnet-interactive").Code);
    }

    public string? Missing { get; }

    public string DataFolder => _files.Folder;

    public (int Code, string Output) Run(params string[] args)
    {
        if (Missing is not null) { Assert.Skip(Missing); }
        return Cli.Run(Python, args, ("JUPYTER_PATH", _files.Folder), ("PYDEVD_DISABLE_FILE_VALIDATION", "1"), ("TMPDIR", _files.Folder));
    }

    public void Dispose() => _files.Dispose();
}
