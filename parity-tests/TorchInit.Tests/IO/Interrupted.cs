using System.Security.Cryptography;

namespace TorchInit.Tests.IO;

/// <summary>What kills and power cuts leave of a file that was being written, and the files of two models that are alike in all but their
/// numbers.</summary>
static class Interrupted
{
    /// <summary>Equal titles, names and shapes; another bound.</summary>
    public static InitPlan Model(double bound, long rows, long columns)
        => new("model", TorchProfile.Default, [new("weight", [rows, columns]), new("bias", [rows])],
            [new UniformStep("weight", -bound, bound), new NormalStep("bias", 0, bound)]);

    public static string Sums(string partial) => partial + ".sums";

    public static string PartialOf(string path) => Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.partial");

    public static string HashOf(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexString(SHA256.HashData(file));
    }

    /// <summary>Does to an unfinished file what a power cut may do: its tail is lost, pages anywhere are zeros, the sums are shorter, older
    /// or zeros.</summary>
    /// <returns>What was done.</returns>
    public static string CutPower(string path, int kind, Random random)
    {
        string partial = PartialOf(path);
        if (!File.Exists(partial)) { return "there was nothing yet"; }
        using FileStream data = new(partial, FileMode.Open), sums = new(Sums(partial), FileMode.OpenOrCreate);
        long page = 4096, pages = data.Length / page;
        switch (kind % 6)
        {
            case 0:
                data.SetLength(random.NextInt64(data.Length + 1));
                return $"tail lost: {data.Length} bytes left";
            case 1:
                return Zero(data, page * random.NextInt64(Math.Max(1, pages)), page);
            case 2:
                return Zero(data, 0, Math.Min(16 << 20, data.Length / 2));
            case 3:
                long start = page * random.NextInt64(Math.Max(1, pages));
                string tail = Zero(data, start, data.Length - start);
                sums.SetLength(Math.Max(0, sums.Length - (8 * random.Next(3))));
                return tail;
            case 4:
                long length = data.Length;
                data.SetLength(random.NextInt64(data.Length + 1));
                data.SetLength(length);                 // lost, and read as zeros
                return "tail lost, length kept";
            default:
                return "sums: " + Zero(sums, random.NextInt64(sums.Length + 1) & -8, sums.Length);
        }
    }

    static string Zero(FileStream file, long from, long bytes)
    {
        bytes = Math.Min(bytes, file.Length - from);
        file.Position = from;
        file.Write(new byte[bytes]);
        return $"{bytes} zeros from {from} on";
    }
}
