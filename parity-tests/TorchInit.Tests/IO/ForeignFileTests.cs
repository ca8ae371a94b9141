using TorchInit.Parity;

namespace TorchInit.Tests.IO;

/// <summary>A file that is not what its name says: the message has its name, what is in it, what was expected, and what to do.</summary>
public sealed class ForeignFileTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("foreign-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string Saved(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>The reader of an ending, what it expects, and the files that it does read.</summary>
    static readonly (string Ending, string Expected, Action<string>[] Read, string[] Own)[] s_readers =
    [
        (".safetensors", "a safetensors file",
            [path => Safetensors.Load(path), path => Safetensors.LoadMetadata(path), path => Safetensors.Open(path),
                path => WeightsFile.Load(path)],
            ["safetensors"]),
        (".pt", "a file of torch.save",
            [path => TorchCheckpoint.Load(path), path => TorchCheckpoint.Open(path), path => WeightsFile.Load(path)],
            ["torch.save", "torch.save before 1.6"]),
        (".npz", "a zip of .npy files", [path => Npz.Load(path), path => WeightsFile.Open(path)], ["npz", "a zip without entries"]),
        (".npy", "a .npy file", [path => Npy.Load(path), path => WeightsFile.Load(path)], ["npy"]),
        (".index.json", "an index of shards, a JSON object with a weight_map",
            [path => WeightsFile.Load(path), path => WeightsFile.Open(path)],
            ["index", "JSON"]),
        (".json", "a plan's JSON file", [path => InitPlan.Load(path), path => PlanJson.Load(path)], ["plan", "JSON"]),
    ];

    public static TheoryData<string, string> Foreign => new(
        from reader in s_readers
        from content in ForeignFiles.All.Keys
        where !reader.Own.Contains(content)
        select (reader.Ending, content));

    [Theory, MemberData(nameof(Foreign))]
    public void The_message_says_what_it_is_and_what_to_do(string ending, string content)
    {
        (byte[] bytes, string said, string toDo) = ForeignFiles.All[content];
        (_, string expected, Action<string>[] readers, _) = s_readers.First(reader => reader.Ending == ending);
        string path = Saved($"model{ending}", bytes);
        if (ending == ".index.json" && content == "plan") { toDo = "In C#, InitPlan.Load reads it."; }      // its name fits
        foreach (Action<string> read in readers)
        {
            Assert.Equal($"{path} {said}; allowed: {expected}. {toDo}", Assert.Throws<InvalidDataException>(() => read(path)).Message);
        }
    }

    [Theory]
    [InlineData("{\"error\":\"x\"}", "it has no weight_map of tensors and their files")]
    [InlineData("{\"weight_map\":[]}", "it has no weight_map of tensors and their files")]
    [InlineData("{\"weight_map\":{\"a\":1}}", "'a' of its weight_map occurs twice, or does not name a file")]
    [InlineData("{\"weight_map\":{\"a\":\"b.pt\",\"a\":\"c.pt\"}}", "'a' of its weight_map occurs twice, or does not name a file")]
    public void An_index_that_is_damaged_is_named(string json, string why)
    {
        string path = Saved("m.index.json", System.Text.Encoding.UTF8.GetBytes(json));
        Assert.Equal($"{path} is not an index of shards: {why}; allowed: a JSON object with a weight_map.",
            Assert.Throws<InvalidDataException>(() => WeightsFile.Load(path)).Message);
    }

    [Fact]
    public void An_index_in_an_index_is_refused_whatever_its_letters()
    {
        string path = Saved("m.index.JSON", """{"weight_map":{"a":"m.index.JSON"}}"""u8.ToArray());
        Assert.Equal($"{path} names the shard 'm.index.JSON'; allowed: names of weight files in the same folder.",
            Assert.Throws<InvalidDataException>(() => WeightsFile.Load(path)).Message);
    }

    [Fact]
    public void One_name_may_be_opaque_in_another_shard()
    {
        StateDict plain = new() { { "a", TensorBuffer.Zeros(DType.Float32, [2]) } };
        Safetensors.Save(Path.Combine(_folder, "1.safetensors"), plain);
        const string Opaque = """
            {"a":{"dtype":"U16","shape":[1],"data_offsets":[0,2]},"b":{"dtype":"U16","shape":[1],"data_offsets":[2,4]}}
            """;
        Saved("2.safetensors", SafetensorsFiles.Of(Opaque, 4));
        string path = Saved("m.index.json", """{"weight_map":{"b":"2.safetensors","a":"1.safetensors"}}"""u8.ToArray());
        StateDict read = WeightsFile.Load(path);
        Assert.Equal(["a"], read.Keys);
        Assert.Equal(["b"], read.Opaque.Select(tensor => tensor.Name));
    }

    [Fact]
    public void Bytes_of_no_known_kind_are_shown()
    {
        byte[] noise = [0xB9, 0x1E, 0x33, 0x09, .. Enumerable.Repeat((byte)0xFE, 40)];
        string path = Saved("m.safetensors", noise);
        Assert.Equal($"{path}: The header's length is 18374403896747695801; allowed: up to 100000000. It begins with the bytes b91e3309, "
            + "unlike a safetensors file.", Assert.Throws<InvalidDataException>(() => Safetensors.Load(path)).Message);
        Assert.EndsWith(" It begins with the bytes b91e3309, unlike a file of torch.save.",
            Assert.Throws<InvalidDataException>(() => TorchCheckpoint.Load(Saved("m.pt", noise))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_plan_is_named_with_its_file()
    {
        string path = Saved("plan.json", "{\"title\":\"Linear(3, 4)\",\"steps\":[{}]}"u8.ToArray());
        Assert.StartsWith($"{path}: This is not a plan: ", Assert.Throws<InvalidDataException>(() => InitPlan.Load(path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_permission_says_so()
    {
        if (OperatingSystem.IsWindows()) { return; }
        string path = Saved("m.safetensors", SafetensorsFiles.Saved(SafetensorsFiles.Mixed()));
        File.SetUnixFileMode(path, UnixFileMode.None);
        try { File.OpenRead(path).Dispose(); }
        catch (UnauthorizedAccessException)
        {
            Assert.Equal($"'{path}' cannot be read: its permissions, or those of its folder, do not allow it to this user; allowed: a file "
                + "that this user may read.", Assert.Throws<UnauthorizedAccessException>(() => WeightsFile.Load(path)).Message);
            return;
        }
        Assert.Skip("This user may read every file.");
    }

    [Fact]
    public async Task A_pipe_that_never_ends_is_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "made by mkfifo");
        string pipe = Path.Combine(_folder, "m.safetensors");
        using System.Diagnostics.Process made = System.Diagnostics.Process.Start("mkfifo", [pipe]);
        await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        foreach (Action<string> read in s_readers.SelectMany(reader => reader.Read.Take(1)))
        {
            if (read == s_readers[4].Read[0]) { continue; }           // it looks at the ending first
            Assert.Equal($"'{pipe}' is a pipe; allowed: a file.", Assert.Throws<IOException>(() => read(pipe)).Message);
        }
        Assert.Equal("'/dev/zero' is a device; allowed: a file.",
            Assert.Throws<IOException>(() => TorchCheckpoint.Load("/dev/zero")).Message);
    }
}
