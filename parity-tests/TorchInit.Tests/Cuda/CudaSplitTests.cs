using System.Globalization;
using System.Security.Cryptography;

namespace TorchInit.Tests.Cuda;

/// <summary>Where a GPU splits a fill past 2³¹ bytes: at the very edge, in two and three dimensions, into four parts. Of each tensor, 2,000
/// elements and those around its parts, as torch 2.11.0 drew them on an H100.</summary>
public class CudaSplitTests
{
    const string File = "cuda/huge-2.11.0-132x2048.tsv";

    public static TheoryData<string, string, string> Huge => [.. GoldenTable.Read(File).Select(line => (line["fill"], line["shape"],
        line["dtype"]))];

    [Theory, MemberData(nameof(Huge))]
    public void Elements_have_the_bits_of_the_GPU(string fill, string shape, string dtype)
    {
        Dictionary<string, string> line = GoldenTable.Read(File)
            .Single(line => line["fill"] == fill && line["shape"] == shape && line["dtype"] == dtype);
        InitPlan plan = InitPlan.Of($"torch.empty({shape}, dtype=torch.{dtype}).{fill}()", CudaVector.Profile);
        ParameterSpec tensor = plan.Tensors[0];
        long n = tensor.Count;
        Assert.Equal(line["offset"], plan.WordsOfSteps()[^1]!.Value.ToString(CultureInfo.InvariantCulture));
        ulong seed = unchecked(0x9E3779B97F4A7C15 * 4);
        IEnumerable<long> places = [.. Enumerable.Range(0, 2000).Select(i => (long)(SplitMix.Word(seed, i) % (ulong)n)), 0, 1, n / 2 - 1,
            n / 2, n / 2 + 1, n - 1, n / 4, n / 4 + 1, 270_336, 270_337];
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (long at in places) { hash.AppendData(plan.MaterializeSlice(tensor.Name, at, 1, 5).Bytes(0, 1)); }
        Assert.Equal(line["sha256"], Convert.ToHexStringLower(hash.GetHashAndReset())[..32]);
    }
}
