using TorchInit.Oracle;

namespace TorchInit.Parity;

/// <summary>Asks torch and C# the same case and compares every bit.</summary>
public static class CaseRunner
{
    /// <summary>Runs one case live.</summary>
    /// <param name="oracle">Real torch.</param>
    /// <param name="profile">Of that torch: <see cref="LiveProfile.Of"/>.</param>
    /// <param name="item">One call, or several on one generator.</param>
    /// <exception cref="TorchExpressionException">The expression cannot be read.</exception>
    /// <exception cref="OracleCrashedException">Torch died or gave no answer in time.</exception>
    public static CaseResult Run(ITorchOracle oracle, TorchProfile profile, ParityCase item)
    {
        ArgumentNullException.ThrowIfNull(oracle);
        ArgumentNullException.ThrowIfNull(item);
        // What cannot be read is said before torch is asked; then torch draws in its own process meanwhile.
        foreach (string call in item.Calls) { _ = TorchExpression.Parse(call); }
        Task<OracleReply> asked = Task.Run(() => item.Ask(oracle));
        CSharpSide ours = CSharpSide.Of(item, profile);
        return Compare(item, ours, asked.GetAwaiter().GetResult());
    }

    static CaseResult Compare(ParityCase item, CSharpSide ours, OracleReply reply)
    {
        string state = StateDifference(ours.Generator, reply.State);
        if (reply.Error is not null || ours.Refusal is not null) { return Refusals(item, ours, reply.Error, state); }
        if (Structure(ours.Tensors, reply.Tensors) is { } structure) { return CaseResult.Without(item, Outcome.Mismatch, ours.Promise, structure); }
        TensorResult[] tensors = [.. reply.Tensors.Select(tensor => Bits(tensor, ours.Tensors[tensor.Name]))];
        long differing = tensors.Sum(tensor => tensor.Bits.Differing);
        double distance = tensors.Select(tensor => tensor.Bits.Distance).Append(0).Max();
        bool kept = reply.Tensors.Zip(tensors).All(pair => Keeps(ours, pair.First, pair.Second.Bits));
        string first = tensors.FirstOrDefault(tensor => tensor.Bits.Differing > 0) is { } wrong ? FirstDifference(wrong) : "";
        Outcome outcome = state.Length > 0 || !kept ? Outcome.Mismatch
            : differing > 0 ? Outcome.WithinTolerance : Outcome.SameBits;
        return new(item, outcome, tensors.Sum(tensor => tensor.Bits.Count), differing, tensors.Select(tensor => tensor.Bits.MaxUlp).Append(0UL).Max(), distance,
            ours.Promise, string.Join("; ", new[] { first, state }.Where(text => text.Length > 0)), tensors);
    }

    static TensorResult Bits(OracleTensor expected, TensorBuffer actual)
        => new(expected.Name, expected.DType, TensorShape.Text([.. expected.Shape]), BitComparison.Of(actual.DType, expected.Data, actual.Bytes(0, actual.Count)));

    static bool Keeps(CSharpSide ours, OracleTensor expected, BitComparison bits)
        => ours.Tensors[expected.Name] is var actual && ours.Promise.Allows(actual.DType, expected.Data, actual.Bytes(0, actual.Count), bits);

    static string FirstDifference(TensorResult tensor)
        => $"{(tensor.Name.Length > 0 ? tensor.Name : "tensor")}[{tensor.Bits.FirstIndex}]: torch {tensor.Bits.Expected}, C# {tensor.Bits.Actual} ({tensor.Bits.Differing} of {tensor.Bits.Count} differ, at most {tensor.Bits.MaxUlp} ULP)";

    static CaseResult Refusals(ParityCase item, CSharpSide ours, OracleError? theirs, string state)
    {
        (Outcome outcome, string detail) = (ours.Refusal, theirs) switch
        {
            (NotInThisTorchException, { Kind: "AttributeError" or "TypeError" }) => (Outcome.AbsentInBoth, ours.Refusal.Message),
            // What was drawn before is gone from both streams.
            (not null, not null) when ours.RefusalKind == theirs.Kind && (ours.RefusedTheCall || state.Length == 0) => (Outcome.RefusedAlike, theirs.Kind),
            (not null, { Kind: OracleError.Refused }) => (Outcome.RefusedAlike, $"torch was not asked: {theirs.Message}"),
            (null, _) => (Outcome.Mismatch, $"torch raises {theirs}, C# does not"),
            (_, null) => (Outcome.Mismatch, $"C# refuses ({ours.Refusal.Message}), torch does not"),
            _ => (Outcome.Mismatch, $"torch raises {theirs.Kind}: {theirs.Message}; C#: {ours.Refusal.Message}{(state.Length > 0 ? "; " + state : "")}"),
        };
        return CaseResult.Without(item, outcome, ours.Promise, detail);
    }

    static string? Structure(StateDict ours, IReadOnlyList<OracleTensor> theirs)
    {
        string[] expected = [.. theirs.Select(tensor => $"{tensor.Name} {tensor.DType}{TensorShape.Text([.. tensor.Shape])}")];
        string[] actual = [.. ours.Select(tensor => $"{tensor.Key} {tensor.Value.DType.TorchName()}{TensorShape.Text([.. tensor.Value.Shape])}")];
        int at = Enumerable.Range(0, Math.Max(expected.Length, actual.Length)).FirstOrDefault(i => expected.ElementAtOrDefault(i) != actual.ElementAtOrDefault(i), -1);
        return at < 0 ? null : $"tensor {at}: torch has {expected.ElementAtOrDefault(at) ?? "none"}, C# has {actual.ElementAtOrDefault(at) ?? "none"}";
    }

    static string StateDifference(Generator generator, byte[] expected)
    {
        byte[] actual = generator.GetState();
        int same = actual.AsSpan().CommonPrefixLength(expected);
        return same == actual.Length && expected.Length == actual.Length ? ""
            : $"generator state: byte {same} of {expected.Length} differs: the two drew another number of words, or another seed";
    }
}
