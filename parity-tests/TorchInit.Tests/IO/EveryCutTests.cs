using System.Text;
using TorchInit.Parity;
using TorchInit.Tests.Hostile;

namespace TorchInit.Tests.IO;

/// <summary>Every file that is read, cut at every byte and with every byte changed: read whole, or refused with its name; never another
/// error, and never more memory than the file deserves.</summary>
public sealed class EveryCutTests : IDisposable
{
    const long MostBytes = 16 << 20;

    readonly string _folder = Directory.CreateTempSubdirectory("cut-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Endings => [".safetensors", ".pt", ".pth", ".npz", ".npy", ".index.json", ".json"];

    static byte[] Good(string ending) => ending switch
    {
        ".safetensors" => SafetensorsFiles.Saved(SafetensorsFiles.Mixed(), new Dictionary<string, string> { ["a"] = "b" }),
        ".pt" => CheckpointFiles.Zip(),
        ".pth" => CheckpointFiles.Legacy(),
        ".npz" => NpyFiles.Npz(),
        ".npy" => NpyFiles.Npy(),
        ".index.json" => """{"metadata":{"total_size":8},"weight_map":{"f32":"part.safetensors","count":"part.safetensors"}}"""u8.ToArray(),
        _ => Encoding.UTF8.GetBytes(PlanJson.Write(Modules.Linear(3, 4))),
    };

    static void Read(string path, string ending)
    {
        if (ending == ".json") { _ = InitPlan.Load(path); }
        else
        {
            Use(WeightsFile.Load(path));
            Use(WeightsFile.Open(path));
        }

        static void Use(StateDict tensors)
        {
            long sum = 0;
            foreach (TensorBuffer tensor in tensors.Values) { tensor.VisitBytes(bytes => sum += bytes.Length); }
        }
    }

    string? Refusal(string ending, byte[] file)
    {
        string path = Path.Combine(_folder, $"m{ending}");
        File.WriteAllBytes(path, file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        string? said = null;
        try { Read(path, ending); }
        catch (InvalidDataException error) { said = error.Message; }
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MostBytes);
        Assert.True(said is null || said.Contains(_folder, StringComparison.Ordinal), said);
        return said;
    }

    [Theory, MemberData(nameof(Endings))]
    public void A_file_cut_short_is_refused(string ending)
    {
        File.WriteAllBytes(Path.Combine(_folder, "part.safetensors"), Good(".safetensors"));
        byte[] file = Good(ending);
        Assert.Null(Refusal(ending, file));
        for (int length = 0; length < file.Length; length++)
        {
            Assert.True(Refusal(ending, file[..length]) is not null, $"{length} of {file.Length} bytes");
        }
    }

    [Theory, MemberData(nameof(Endings))]
    public void A_changed_byte_is_refused_or_read(string ending)
    {
        File.WriteAllBytes(Path.Combine(_folder, "part.safetensors"), Good(".safetensors"));
        byte[] file = Good(ending);
        double start = ThreadTime.Seconds;
        foreach (byte change in (byte[])[0x01, 0x80, 0xFF])
        {
            for (int at = 0; at < file.Length; at++)
            {
                byte[] changed = [.. file];
                changed[at] ^= change;
                Refusal(ending, changed);
            }
        }
        Assert.True(ThreadTime.Seconds - start < 0.1 * 3 * file.Length, "more than 100 ms of the processor for a file of a kilobyte");
    }
}
