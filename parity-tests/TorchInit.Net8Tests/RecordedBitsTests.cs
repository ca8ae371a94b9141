using System.Security.Cryptography;
using System.Text;

namespace TorchInit.Net8Tests;

/// <summary>The library that a .NET 8 program gets draws what real torches answered, too. Everything else is tested on .NET 10.</summary>
public class RecordedBitsTests
{
    static readonly string[] s_tolerances = ["orthogonal_", "weight_norm", "spectral_norm"];

    public static TheoryData<string> Files => ["1.13.1", "2.0.1", "2.1.2", "2.6.0", "2.10.0", "2.11.0", "2.12.1", "2.13.0", "2.15.0"];

    [Theory, MemberData(nameof(Files))]
    public void Recorded_answers(string version)
    {
        TorchProfile profile = TorchProfile.For(version);
        int compared = 0;
        string file = Path.Combine(AppContext.BaseDirectory, "golden", "torch", $"{version}-linux-x64-avx2.tsv");
        foreach (string line in File.ReadLines(file).Skip(1))
        {
            string[] fields = line.Split('\t');
            bool isRefusal = char.IsAsciiLetterUpper(fields[3][0]);
            bool isMore = fields[0].EndsWith(" + reset", StringComparison.Ordinal) || fields[0].Contains("; ", StringComparison.Ordinal);
            if (isRefusal || isMore || s_tolerances.Any(fields[0].Contains)) { continue; }
            if (fields[0].Contains("trunc_normal_", StringComparison.Ordinal) && !profile.TruncatesByRejection) { continue; }
            InitPlan plan = InitPlan.Of(fields[0], profile);
            if (plan.StateTensors.Sum(tensor => tensor.Count) > 1_000_000) { continue; }
            StateDict drawn = plan.Materialize(Generator.ParseSeed(fields[2]), DType.Parse(fields[1]));
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach ((string name, TensorBuffer tensor) in drawn)
            {
                hash.AppendData(Encoding.UTF8.GetBytes(name));
                tensor.VisitBytes(hash.AppendData);
            }
            string actual = Convert.ToHexString(hash.GetHashAndReset())[..fields[3].Length];
            Assert.True(string.Equals(fields[3], actual, StringComparison.OrdinalIgnoreCase), line);
            compared++;
        }
        Assert.True(compared > 100, $"{compared} answers were compared");
    }
}
