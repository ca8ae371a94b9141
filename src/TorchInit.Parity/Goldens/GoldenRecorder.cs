using System.Security.Cryptography;
using System.Text;
using TorchInit.Oracle;

namespace TorchInit.Parity;

/// <summary>Runs the case table in real torch and records the answers.</summary>
public static class GoldenRecorder
{
    const int MostWords = 8;
    const int MostTensors = 4;

    /// <summary>The cases recorded: every case of the table with its first two seeds, except the large ones.</summary>
    public static IReadOnlyList<ParityCase> Cases { get; } =
    [
        .. from row in CaseTable.Groups
           where row.Name != "Large"
           from item in CaseTable.Cases(row)
           where CaseTable.Seeds.Take(2).Contains(item.Seed)
           select item,
    ];

    /// <summary>Records one answer.</summary>
    /// <param name="oracle">Real torch.</param>
    /// <param name="item">The case.</param>
    /// <exception cref="InvalidOperationException">The oracle does not pass such a case to torch: there is no answer to write
    /// down.</exception>
    public static GoldenEntry Record(ITorchOracle oracle, ParityCase item)
    {
        ArgumentNullException.ThrowIfNull(oracle);
        ArgumentNullException.ThrowIfNull(item);
        OracleReply reply = item.Ask(oracle).Reply;
        if (reply.Error is { Kind: OracleError.Refused } unasked)
        {
            throw new UnansweredException($"{item} is not asked of torch: {unasked.Message}");
        }
        string state = GoldenRunner.StateHash(reply.State);
        return reply.Error is { } error ? new(item, error.Kind, state, [])
            : new(item, Sha256(reply, named: !item.IsSequence), state, reply.Tensors.Count <= MostTensors
            ? [.. reply.Tensors.Select(Words)] : []);
    }

    /// <summary>The manifest's line for the answers of <paramref name="oracle"/>.</summary>
    /// <param name="oracle">Real torch.</param>
    /// <param name="text">The file's text.</param>
    public static GoldenFile FileOf(ITorchOracle oracle, string text)
    {
        ArgumentNullException.ThrowIfNull(oracle);
        ArgumentNullException.ThrowIfNull(text);
        OracleInfo info = oracle.Info;
        TorchProfile profile = LiveProfile.Of(info);
        string cpu = profile.Platform is TorchPlatform.LinuxX64 or TorchPlatform.WindowsX64
            ? $"-{(profile.Cpu == CpuCapability.Avx2 ? "avx2" : "default")}" : "";
        return new($"{info.Release}-{profile.Platform.Name()}{cpu}.recorded.tsv", info.Release, profile,
            $"torchinit record: {info.PackageVersion}, {info.Libc}, {(info.Mkl ? "MKL" : info.Lapack)}", GoldenSet.Sha256(text));
    }

    /// <summary>A golden file's text.</summary>
    /// <param name="entries">In the order of <see cref="Cases"/>.</param>
    public static string Text(IEnumerable<GoldenEntry> entries)
        => string.Concat(entries.Select(entry => $"{entry}\n").Prepend($"{GoldenEntry.Header}\n"));

    static string Sha256(OracleReply reply, bool named)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (OracleTensor tensor in reply.Tensors)
        {
            if (named) { hash.AppendData(Encoding.UTF8.GetBytes(tensor.Name)); }
            hash.AppendData(tensor.Data);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    static IReadOnlyList<string> Words(OracleTensor tensor)
        => [.. tensor.Data.Chunk(DType.Parse(tensor.DType).ByteSize()).Take(MostWords).Select(bytes
            => Convert.ToHexStringLower([.. bytes.Reverse()]))];
}
