using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace TorchInit.Tests.Golden;

/// <summary>A draw that real torch made: a Python expression, a seed, and what came out.</summary>
/// <param name="Expression">As it was evaluated.</param>
/// <param name="Seed">Of torch.manual_seed.</param>
/// <param name="Sha256">Of all bytes, the first 32 digits.</param>
/// <param name="State">Of the generator's state after, the first 16 digits.</param>
/// <param name="First">The first elements, in hexadecimal.</param>
sealed partial record RecordedDraw(string Expression, long Seed, string Sha256, string State, string First)
{
    public static RecordedDraw Of(Dictionary<string, string> line)
        => new(line["expression"], long.Parse(line["seed"], CultureInfo.InvariantCulture), line["sha256"], line["state"], line["first"]);

    /// <summary>What differs; empty where all bytes and the state after are torch's.</summary>
    public string Difference(TorchProfile profile)
    {
        Generator generator = new(Seed, profile);
        TensorBuffer tensor = Draw(generator);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        tensor.VisitBytes(hash.AppendData);
        string ours = Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
        string state = Convert.ToHexStringLower(SHA256.HashData(generator.GetState()))[..16];
        return (ours == Sha256 ? "" : $"bytes {First8(tensor)}, torch {First}; ") + (state == State ? "" : $"state {state}, torch {State}");
    }

    TensorBuffer Draw(Generator generator)
    {
        if (Epochs().Match(Expression) is { Success: true } epochs)
        {
            int items = int.Parse(epochs.Groups["n"].ValueSpan, CultureInfo.InvariantCulture);
            return Indices([.. Enumerable.Range(0, 3).SelectMany(_ => Samplers.ShuffledEpoch(items, generator).Order)]);
        }
        if (Expression.EndsWith("._get_iterator()._base_seed",
            StringComparison.Ordinal)) { return Indices([Samplers.BaseSeed(generator)]); }
        StateDict drawn = InitPlan.Of(Spelled(), generator.Profile).Materialize(generator);
        return drawn.First().Value;
    }

    static TensorBuffer Indices(long[] indices) => TensorBuffer.Of(indices, [indices.Length]);

    /// <summary>The expression with the numbers that Python computes in it, and without what takes the first of several tensors.</summary>
    string Spelled()
    {
        string text = Expression.EndsWith("[0].indices", StringComparison.Ordinal) ? Expression[..^"[0].indices".Length] : Expression;
        text = Weights().Replace(text, match => $"[{string.Join(", ", Enumerable.Range(0, Number(match, "n")).Select(i => $"{i}.5"))}]");
        text = Thirds().Replace(text, match => $"[{Number(match, "n") / 3}, {Number(match, "n") - Number(match, "n") / 3}]");
        text = Power().Replace(text, match => $"{System.Numerics.BigInteger.Pow(Number(match, "a"), Number(match, "b"))
            - (match.Groups["less"].Success ? 1 : 0)}");
        return Sum().Replace(text, match => $"{Number(match, "a") + Number(match, "b")}").Replace("300**0.5", "math.sqrt(300)",
            StringComparison.Ordinal);
    }

    static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    static string First8(TensorBuffer tensor) => string.Join(' ', Enumerable.Range(0, Math.Min(8, tensor.Count)).Select(at =>
    {
        byte[] bytes = tensor.Bytes(at, 1).ToArray();
        Array.Reverse(bytes);
        return Convert.ToHexStringLower(bytes);
    }));

    [GeneratedRegex(@"^\[i for _ in range\(3\) for i in torch\.utils\.data\.DataLoader\(range\((?<n>\d+)\), batch_size=None, "
        + @"shuffle=True\)\]$")]
    private static partial Regex Epochs();

    [GeneratedRegex(@"\[0\.5\+i for i in range\((?<n>\d+)\)\]")]
    private static partial Regex Weights();

    [GeneratedRegex(@"\[(?<n>\d+)//3, \k<n>-\k<n>//3\]")]
    private static partial Regex Thirds();

    [GeneratedRegex(@"(?<a>\d+)\*\*(?<b>\d+)(?<less>-1)?(?![\d.])")]
    private static partial Regex Power();

    [GeneratedRegex(@"(?<=, )(?<a>\d+)\+(?<b>\d+)")]
    private static partial Regex Sum();
}
