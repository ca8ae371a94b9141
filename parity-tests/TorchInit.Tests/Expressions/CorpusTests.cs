using System.Security.Cryptography;
using System.Text.Json;

namespace TorchInit.Tests.Expressions;

/// <summary>Lines and blocks as tutorials have them: names, every bit, and the numbers that torch prints. Recorded with real torch by
/// golden/spelling/record.py.</summary>
public class CorpusTests
{
    static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "golden", "spelling");

    static readonly string[] s_texts = File.ReadAllText(Path.Combine(s_folder, "corpus.txt")).TrimEnd('\n').Split("\n---\n");

    public static TheoryData<string, int> All
    {
        get
        {
            TheoryData<string, int> all = new();
            foreach (string version in new[] { "1.13.1", "2.6.0" })
            {
                for (int at = 0; at < s_texts.Length; at++) { all.Add(version, at); }
            }
            return all;
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Pasted_code_gives_torchs_numbers(string version, int at)
    {
        using JsonDocument answers = JsonDocument.Parse(File.ReadAllText(Path.Combine(s_folder, $"answers-{version}.json")));
        JsonElement answer = answers.RootElement[at];
        TorchProfile profile = TorchProfile.For(version);
        TorchProgram program = TorchProgram.Parse(s_texts[at]);
        StateDict weights = program.ToPlan(profile).Materialize(new Generator(program.Seed ?? 0, profile));
        Assert.Equal(answer.GetProperty("names").EnumerateArray().Select(name => name.GetString()), weights.Keys);
        // Of these the last bits are the C library's or LAPACK's; what is printed is the same.
        bool isClose = new[] { "trunc_normal_", "torch.exp(", "orthogonal_" }.Any(name
            => s_texts[at].Contains(name, StringComparison.Ordinal));
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (TensorBuffer tensor in weights.Values) { hash.AppendData(tensor.Bytes(0, tensor.Count)); }
        string digest = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (!isClose) { Assert.Equal(answer.GetProperty("sha256").GetString(), digest); }
        foreach ((JsonElement printed, TensorBuffer tensor) in answer.GetProperty("printed").EnumerateArray().Zip(weights.Values))
        {
            if (printed.ValueKind != JsonValueKind.Null) { Assert.Equal(printed.GetString(), TensorText.Of(tensor)); }
        }
    }

    [Fact]
    public void There_are_enough()
    {
        Assert.True(s_texts.Length >= 60, $"{s_texts.Length} texts");
        Assert.True(s_texts.Count(text => text.Split('\n').Count(line => !line.StartsWith('#')) > 1) >= 10);
    }
}
