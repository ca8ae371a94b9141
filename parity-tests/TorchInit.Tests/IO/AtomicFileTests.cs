namespace TorchInit.Tests.IO;

public sealed class AtomicFileTests : IDisposable
{
    readonly string _directory = Directory.CreateTempSubdirectory("torchinit-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    string In(string name) => Path.Combine(_directory, name);

    [Fact]
    public void A_file_is_made_and_replaced_and_no_temporary_stays()
    {
        AtomicFile.WriteText(In("report.md"), "first, and longer");
        AtomicFile.WriteText(In("report.md"), "é\n");
        Assert.Equal([0xC3, 0xA9, (byte)'\n'], File.ReadAllBytes(In("report.md")));
        Assert.Single(Directory.GetFileSystemEntries(_directory));
    }

    [Fact]
    public void When_writing_fails_the_old_file_stays_and_no_temporary()
    {
        File.WriteAllText(In("a"), "old");
        Assert.Throws<TimeZoneNotFoundException>(() => AtomicFile.Write(In("a"), stream =>
        {
            stream.Write(new byte[100_000]);
            Assert.Equal("old", File.ReadAllText(In("a")));
            throw new TimeZoneNotFoundException();
        }));
        Assert.Equal("old", File.ReadAllText(In("a")));
        Assert.Single(Directory.GetFileSystemEntries(_directory));
    }

    [Fact]
    public void When_the_rename_fails_no_temporary_stays()
    {
        Directory.CreateDirectory(In("directory"));
        Assert.ThrowsAny<Exception>(() => AtomicFile.WriteText(In("directory"), "x"));
        Assert.Equal([In("directory")], Directory.GetFileSystemEntries(_directory));
    }

    [Fact]
    public void A_missing_directory_is_an_error_and_is_not_made()
    {
        Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.WriteText(Path.Combine(_directory, "no", "a"), "x"));
        Assert.Empty(Directory.GetFileSystemEntries(_directory));
    }

    [Fact]
    public void A_relative_path_is_the_working_directorys()
    {
        string path = Path.GetRelativePath(Environment.CurrentDirectory, In("relative"));
        AtomicFile.WriteText(path, "x");
        Assert.Equal("x", File.ReadAllText(In("relative")));
    }

    [Fact]
    public void Save_that_fails_keeps_the_weights_that_were_there()
    {
        string path = In("weights.safetensors");
        Safetensors.Save(path, SafetensorsFiles.Mixed(), new Dictionary<string, string> { ["seed"] = "1" });
        byte[] before = File.ReadAllBytes(path);
        StateDict bad = new();
        bad.Add("__metadata__", TensorBuffer.Zeros(DType.Float32, [1]));
        Assert.Throws<ArgumentException>(() => Safetensors.Save(path, bad));
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_directory));
        Assert.Equal("1", Safetensors.LoadMetadata(path)["seed"]);
        Assert.Equal(SafetensorsFiles.Mixed().Keys, Safetensors.Load(path).Keys);
    }
}
