using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using TorchInit.ParityTests.Support;
using TorchInit.Tests;

namespace TorchInit.ParityTests.Cases;

/// <summary>tensor.to(dtype) against live torch: all pairs of dtypes, all patterns of 16 bits, many of wider types.</summary>
public class ConversionTests(LiveTorch live)
{
    const int Blocks = 8192;

    [Fact]
    public async Task Every_pair_of_dtypes_has_torchs_bits()
    {
        string script = Path.Combine(Repository.Root, "parity-tests", "golden", "conversions", "record.py");
        ProcessStartInfo start = new(live.Oracle().Python.Path, ["-I", script, "--digests"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string answer = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        string[][] pairs = [.. answer.Split('\n').Select(line => line.Split('\t')).Where(cells => cells.Length == 3)];
        Assert.Equal(100, pairs.Length);
        string[] wrong = [.. pairs.Where(pair => Digest(DType.Parse(pair[0]), DType.Parse(pair[1])) != pair[2])
            .Select(pair => $"{pair[0]} to {pair[1]}")];
        Assert.True(wrong.Length == 0, string.Join(", ", wrong));
    }

    static string Digest(DType source, DType target)
    {
        TensorBuffer converted = StoredTensors.Of(source, Many(source)).To(target);
        return Convert.ToHexStringLower(SHA256.HashData(converted.Bytes(0, converted.Count)));
    }

    /// <summary>Every pattern, or many, as record.py makes them.</summary>
    static byte[] Many(DType dtype)
    {
        byte[] word = new byte[8];
        if (dtype == DType.Bool) { return [0, 1]; }
        if (dtype.ByteSize() == 1) { return [.. Enumerable.Range(0, 256).Select(number => (byte)number)]; }
        if (dtype.ByteSize() == 2) { return [.. Enumerable.Range(0, 65536).SelectMany(number => BitConverter.GetBytes((ushort)number))]; }
        return [.. Enumerable.Range(0, Blocks).SelectMany(block =>
        {
            BinaryPrimitives.WriteInt64LittleEndian(word, block);
            return SHA256.HashData(word);
        })];
    }
}
