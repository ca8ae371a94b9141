using System.Globalization;
using System.Security.Cryptography;
using TorchInit.Oracle;

namespace TorchInit.Parity;

/// <summary>Compares C# with recorded answers of real torch.</summary>
public static class GoldenRunner
{
    /// <summary>Runs one recorded case.</summary>
    /// <param name="profile">The profile of the torch that answered.</param>
    /// <param name="entry">The answer.</param>
    /// <exception cref="TorchExpressionException">The expression cannot be read.</exception>
    public static CaseResult Run(TorchProfile profile, GoldenEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        CSharpSide ours = CSharpSide.Of(entry.Case, profile);
        if (entry.Sha256 == OracleError.Refused)
        {
            return CaseResult.Without(entry.Case, Outcome.NotAsked, ours.Promise, "torch was not asked when the answers were recorded");
        }
        string state = StateDifference(entry, ours.Generator);
        if (entry.IsRefusal || ours.Refusal is not null) { return Refusals(entry, ours, state); }
        long undefined = ours.Undefined.Values.Sum(tensor => tensor.LongCount(element => element));
        long elements = ours.Tensors.Values.Sum(tensor => (long)tensor.Count) - undefined;
        string hash = ours.Sha256(named: !entry.Case.IsSequence);
        if (hash.StartsWith(entry.Sha256, StringComparison.Ordinal))
        {
            return new(entry.Case, state.Length == 0 ? Outcome.SameBits
                : Outcome.Mismatch, elements, 0, 0, 0, ours.Promise, state, [], undefined);
        }
        return ByWords(entry, ours, state, hash);
    }

    /// <summary>The hash differs: the first elements show by how much.</summary>
    static CaseResult ByWords(GoldenEntry entry, CSharpSide ours, string state, string hash)
    {
        if (entry.Words.Count != ours.Tensors.Count)
        {
            return CaseResult.Without(entry.Case, Outcome.Mismatch, ours.Promise,
                $"sha256 {hash[..entry.Sha256.Length]}, torch {entry.Sha256}{(state.Length > 0 ? "; " + state : "")}");
        }
        TensorResult[] tensors = [.. ours.Tensors.Zip(entry.Words, (tensor, words) => First(tensor.Key, tensor.Value, words))];
        double distance = tensors.Max(tensor => tensor.Bits.Distance);
        // A later element differs that was not recorded: the first ones are needed to bound the difference.
        bool compared = tensors.All(tensor => tensor.Bits.Count > 0 || ours.Tensors[tensor.Name].Count == 0)
            && tensors.Any(tensor => tensor.Bits.Count > 0);
        bool kept = compared && state.Length == 0 && !ours.Promise.IsExact
            && ours.Tensors.Zip(entry.Words, tensors).All(row => Keeps(ours.Promise, row.First.Value, row.Second, row.Third.Bits));
        string detail = tensors.FirstOrDefault(tensor => tensor.Bits.Differing > 0) is { Bits: var bits } wrong
            ? string.Create(CultureInfo.InvariantCulture,
                $"{(wrong.Name.Length > 0 ? wrong.Name : "tensor")}[{bits.FirstIndex}]: torch {bits.Expected}, C# {bits.Actual} "
                    + $"({bits.Differing} of the first {bits.Count} differ, at most {bits.MaxUlp} ULP, distance {bits.Distance:G2} ε)")
            : "the first elements agree, a later one differs";
        return new(entry.Case, kept ? Outcome.WithinTolerance : Outcome.Mismatch, tensors.Sum(tensor => tensor.Bits.Count),
            tensors.Sum(tensor => tensor.Bits.Differing),
            tensors.Max(tensor => tensor.Bits.MaxUlp), distance, ours.Promise, state.Length > 0 ? $"{detail}; {state}" : detail, tensors);
    }

    static TensorResult First(string name, TensorBuffer tensor, IReadOnlyList<string> words)
    {
        (byte[] expected, byte[] actual) = Beginnings(tensor, words);
        return new(name, tensor.DType.TorchName(), TensorShape.Text([.. tensor.Shape]), BitComparison.Of(tensor.DType, expected, actual));
    }

    static bool Keeps(Promise promise, TensorBuffer tensor, IReadOnlyList<string> words, BitComparison bits)
    {
        (byte[] expected, byte[] actual) = Beginnings(tensor, words);
        return promise.Allows(tensor.DType, expected, actual, bits);
    }

    /// <summary>The recorded elements, torch's and C#'s.</summary>
    static (byte[] Expected, byte[] Actual) Beginnings(TensorBuffer tensor, IReadOnlyList<string> words)
    {
        int count = Math.Min(words.Count, tensor.Count);
        return ([.. words.Take(count).SelectMany(word => Convert.FromHexString(word).Reverse())], tensor.Bytes(0, count).ToArray());
    }

    static CaseResult Refusals(GoldenEntry entry, CSharpSide ours, string state)
    {
        (Outcome outcome, string detail) = ours.Refusal switch
        {
            null => (Outcome.Mismatch, $"torch raises {entry.Sha256}, C# does not"),
            NotInThisTorchException when entry.Sha256 is "AttributeError" or "TypeError" => (Outcome.AbsentInBoth, ours.Refusal.Message),
            _ when entry.IsRefusal && entry.Sha256 == ours.RefusalKind && (ours.RefusedTheCall || state.Length == 0)
                => (Outcome.RefusedAlike, entry.Sha256),
            _ => (Outcome.Mismatch,
                $"C# refuses: {ours.Refusal.Message}; torch: "
                    + $"{(entry.IsRefusal ? entry.Sha256 : "does not")}{(state.Length > 0 ? "; " + state : "")}"),
        };
        return CaseResult.Without(entry.Case, outcome, ours.Promise, detail);
    }

    static string StateDifference(GoldenEntry entry, Generator generator)
    {
        if (entry.State.Length == 0) { return ""; }
        string state = StateHash(generator.GetState());
        return state == entry.State ? "" : $"generator state {state}, torch {entry.State}";
    }

    internal static string StateHash(ReadOnlySpan<byte> state) => Convert.ToHexStringLower(SHA256.HashData(state))[..16];
}
