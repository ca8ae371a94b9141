using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace TorchInit.Tests;

/// <summary>A tab-separated file under golden/, its first line the columns' names.</summary>
static class GoldenTable
{
    /// <summary>The lines of a file, each as its cells by column name.</summary>
    public static IReadOnlyList<Dictionary<string, string>> Read(string file)
    {
        string[] lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "golden", file));
        string[] names = lines[0].Split('\t');
        return [.. lines.Skip(1).Select(line => names.Zip(line.Split('\t')).ToDictionary(cell => cell.First, cell => cell.Second))];
    }

    public static float[] Singles(string words)
        => [.. words.Split(' ')
            .Select(word => BitConverter.UInt32BitsToSingle(uint.Parse(word, NumberStyles.HexNumber, CultureInfo.InvariantCulture)))];

    public static double[] Doubles(string words)
        => [.. words.Split(' ')
            .Select(word => BitConverter.UInt64BitsToDouble(ulong.Parse(word, NumberStyles.HexNumber, CultureInfo.InvariantCulture)))];

    /// <summary>SHA-256 of the elements' little-endian bytes, in lower-case hex.</summary>
    public static string Sha256<T>(ReadOnlySpan<T> values)
        where T : unmanaged
        => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(values))).ToLowerInvariant();
}
