using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using TorchInit.Oracle;
using TorchInit.Parity;

namespace TorchInit.Tests.Golden;

/// <summary>2,416 odd and ordinary calls as torch 2.11.0 answered them (golden/fuzz): exceptions, texts, tensors, bits, warnings, and the
/// state after.</summary>
public partial class RecordedFuzzTests
{
    static readonly TorchProfile s_profile = TorchProfile.For("2.11.0");

    // Python that is no call of literals, integers beyond 64 bits, and a first input without sizes; the dtype is given elsewhere.
    [GeneratedRegex(@"[{#*]|^\(|torch\.|, \d{20,}|PReLU\(,|\)\(\)$")]
    private static partial Regex Unread();

    // Classes that have no rule, and a device that has no values: nothing is claimed of them.
    [GeneratedRegex("MSELoss|CrossEntropyLoss|ModuleDict|ParameterList|OrderedDict|ReflectionPad3d|CrossMapLRN2d|Upsampling|FractionalMaxPool|'meta'")]
    private static partial Regex Unknown();

    [Fact]
    public void Torch_2_11_answered_alike()
    {
        IReadOnlyList<Dictionary<string, string>> lines = GoldenTable.Read("fuzz/2.11.0.tsv");
        Assert.Equal(2416, lines.Count);
        string[] wrong = [.. lines.Select(line => (line, Why: Difference(line))).Where(pair => pair.Why is not null)
            .Select(pair => $"{pair.line["expression"]} {pair.line["dtype"]} {pair.line["seed"]}: {pair.Why}")];
        Assert.True(wrong.Length == 0, $"{wrong.Length} of {lines.Count} differ:\n{string.Join('\n', wrong)}");
    }

    [Fact]
    public void What_is_not_read_is_not_much()
        => Assert.Equal(58, GoldenTable.Read("fuzz/2.11.0.tsv").Count(line => Unread().IsMatch(line["expression"])
        || Unknown().IsMatch(line["expression"])));

    static string? Difference(Dictionary<string, string> line)
    {
        FuzzCase item = new(Unescape(line["expression"]), DType.Parse(line["dtype"]), line["seed"],
            int.Parse(line["before"], null), int.Parse(line["reset"], null));
        FuzzSide ours = FuzzSide.Of(item, s_profile);
        if (ours.Refusal is not TorchArgumentException && Unknown().IsMatch(item.Expression)) { return null; }
        if (ours.Refusal is TorchExpressionException unread) { return Unread().IsMatch(item.Expression) ? null : unread.Message; }
        bool refused = !Hash().IsMatch(line["answer"]);
        if (refused || ours.Refusal is not null)
        {
            OracleReply reply = new([], [], [], refused ? new(line["answer"], Unescape(line["detail"])) : null);
            (FuzzOutcome outcome, string detail) = FuzzRunner.Judge(ours, reply);
            FuzzResult result = new(item, outcome, detail);
            if (!result.IsAgreement)
            {
                return FuzzReason.All.Any(reason => reason.Explains(result, s_profile)) ? null : $"{outcome}: {detail}";
            }
            return ours.Plan is null ? null : State(ours, line["state"]);
        }
        // At most three warnings were recorded.
        (string, string)[] warnings = [.. Unescape(line["warnings"]).Split(" | ", StringSplitOptions.RemoveEmptyEntries).Select(warning
            => warning.Split(": ", 2)).Select(parts => (parts[0], parts[1]))];
        return Tensors(ours, line["answer"], line["detail"]) ?? State(ours, line["state"])
            ?? (FuzzText.AreWarnings(warnings, ours.Warnings.Take(3)) ? null
                : $"C# warns ({string.Join("; ", ours.Warnings)}), torch ({string.Join("; ", warnings)})");
    }

    static string? State(FuzzSide ours, string theirs)
        => Convert.ToHexStringLower(SHA256.HashData(ours.Generator.GetState()))[..16] is var state && state == theirs ? null
        : $"state {state}, torch {theirs}";

    static string? Tensors(FuzzSide ours, string hash, string detail)
    {
        using IncrementalHash all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        List<string> names = [];
        foreach ((string name, TensorBuffer tensor) in ours.Tensors)
        {
            string shape = $"{tensor.DType.TorchName()} ({string.Join(", ", tensor.Shape)}{(tensor.Shape.Count == 1 ? "," : "")})";
            all.AppendData(Encoding.UTF8.GetBytes($"{name} {shape} "));
            tensor.VisitBytes(all.AppendData);
            names.Add($"{name} {shape.Replace(" (", "(", StringComparison.Ordinal)}");
        }
        if (Convert.ToHexStringLower(all.GetHashAndReset())[..32] == hash) { return null; }
        bool isExact = ours.Tensors.Keys.All(name => !ours.IsLeftAsFound(name))
            && ours.Tensors.Values.All(tensor => Promise.For(ours.Plan!, tensor.DType).IsExact);
        if (detail.Length == 0) { return isExact ? $"other bits in {string.Join("; ", names)}" : null; }
        string theirs = Unescape(detail);
        string own = $"{names.Count} {string.Join("; ", names.Take(12))}";
        return own == theirs ? isExact ? "other bits" : null : $"C# has {own}; torch {theirs}";
    }

    static string Unescape(string text) => Escape().Replace(text, found => found.Value switch { @"\n" => "\n", @"\t" => "\t", _ => @"\" });

    [GeneratedRegex("^[0-9a-f]{32}$")]
    private static partial Regex Hash();

    [GeneratedRegex(@"\\[nt\\]")]
    private static partial Regex Escape();
}
