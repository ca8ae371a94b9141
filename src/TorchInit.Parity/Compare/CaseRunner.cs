using TorchInit.Oracle;

namespace TorchInit.Parity;

/// <summary>Asks torch and C# the same case and compares every bit.</summary>
public static class CaseRunner
{
    /// <summary>Runs one case live.</summary>
    /// <param name="oracle">Real torch.</param>
    /// <param name="profile">That torch's profile: <see cref="LiveProfile.Of"/>.</param>
    /// <param name="item">One call, or several on one generator.</param>
    /// <exception cref="TorchExpressionException">The expression cannot be read.</exception>
    /// <exception cref="OracleCrashedException">Torch crashed or gave no answer in time.</exception>
    public static CaseResult Run(ITorchOracle oracle, TorchProfile profile, ParityCase item)
    {
        ArgumentNullException.ThrowIfNull(oracle);
        ArgumentNullException.ThrowIfNull(item);
        // An unreadable expression is reported before torch is asked; then torch draws in its own process at the same time.
        foreach (string call in item.Calls) { _ = TorchExpression.Parse(call); }
        Task<TorchAnswer> asked = Task.Run(() => item.Ask(oracle));
        CSharpSide ours = CSharpSide.Of(item, profile);
        return Compare(item, ours, asked.GetAwaiter().GetResult());
    }

    /// <summary>The same; if torch cannot answer, the case counts as not asked, with the reason as its detail.</summary>
    internal static CaseResult Try(ITorchOracle oracle, TorchProfile profile, ParityCase item)
    {
        try
        {
            return Run(oracle, profile, item);
        }
        catch (Exception error) when (UnansweredException.Is(error))
        {
            return CaseResult.Without(item, Outcome.NotAsked, Promise.SameBits, $"torch gave no answer: {error.Message}");
        }
    }

    static CaseResult Compare(ParityCase item, CSharpSide ours, TorchAnswer theirs)
    {
        if (theirs.Reply.Error is { Kind: OracleError.Refused } unasked)
        {
            return CaseResult.Without(item, Outcome.NotAsked, ours.Promise, $"torch was not asked: {unasked.Message}");
        }
        if (theirs.Reply.Error is not null || ours.Refusal is not null) { return Refusals(item, ours, theirs); }
        return Elements(item, ours, theirs.Reply.Tensors, StateDifference(ours.Generator.GetState(), theirs.Reply.State));
    }

    static CaseResult Elements(ParityCase item, CSharpSide ours, IReadOnlyList<OracleTensor> theirs, string state)
    {
        if (Structure(ours.Tensors, theirs) is { } structure)
        {
            return CaseResult.Without(item, Outcome.Mismatch, ours.Promise, structure);
        }
        TensorResult[] tensors = [.. theirs.Select(tensor
            => Bits(tensor, ours.Tensors[tensor.Name], ours.Undefined.GetValueOrDefault(tensor.Name)))];
        long differing = tensors.Sum(tensor => tensor.Bits.Differing);
        double distance = tensors.Select(tensor => tensor.Bits.Distance).Append(0).Max();
        bool kept = theirs.Zip(tensors).All(pair => Keeps(ours, pair.First, pair.Second.Bits));
        string first = tensors.FirstOrDefault(tensor => tensor.Bits.Differing > 0) is { } wrong ? FirstDifference(wrong) : "";
        Outcome outcome = state.Length > 0 || !kept ? Outcome.Mismatch
            : differing > 0 ? Outcome.WithinTolerance : Outcome.SameBits;
        return new(item, outcome, tensors.Sum(tensor => tensor.Bits.Count), differing, tensors.Select(tensor => tensor.Bits.MaxUlp)
            .Append(0UL).Max(), distance,
            ours.Promise, string.Join("; ", new[] { first, state }.Where(text => text.Length > 0)), tensors,
                tensors.Sum(tensor => tensor.Undefined));
    }

    static TensorResult Bits(OracleTensor expected, TensorBuffer actual, bool[]? undefined)
    {
        long left = undefined?.LongCount(element => element) ?? 0;
        BitComparison bits = BitComparison.Of(actual.DType, Defined(expected, actual.DType, undefined), actual.Bytes(0, actual.Count));
        return new(expected.Name, expected.DType, TensorShape.Text([.. expected.Shape]), bits with { Count = bits.Count - left }, left);
    }

    /// <summary>torch's bytes, with zeros for what it leaves undefined: ours has zeros there.</summary>
    static byte[] Defined(OracleTensor expected, DType dtype, bool[]? undefined)
    {
        if (undefined is null) { return expected.Data; }
        byte[] data = [.. expected.Data];
        UndefinedElements.Clear(data, dtype.ByteSize(), undefined);
        return data;
    }

    static bool Keeps(CSharpSide ours, OracleTensor expected, BitComparison bits)
    {
        TensorBuffer actual = ours.Tensors[expected.Name];
        byte[] data = Defined(expected, actual.DType, ours.Undefined.GetValueOrDefault(expected.Name));
        return ours.Promise.Allows(actual.DType, data, actual.Bytes(0, actual.Count), bits);
    }

    static string FirstDifference(TensorResult tensor)
        => $"{(tensor.Name.Length > 0 ? tensor.Name : "tensor")}[{tensor.Bits.FirstIndex}]: torch {tensor.Bits.Expected}, C# "
            + $"{tensor.Bits.Actual} ({tensor.Bits.Differing} of {tensor.Bits.Count} differ, at most {tensor.Bits.MaxUlp} ULP)";

    /// <summary>Handles a call that either side refuses. Earlier draws are still compared, so that a refusal hides nothing.</summary>
    static CaseResult Refusals(ParityCase item, CSharpSide ours, TorchAnswer theirs)
    {
        OracleError? error = theirs.Reply.Error;
        if (ours.Refusal is null)
        {
            return CaseResult.Without(item, Outcome.Mismatch, ours.Promise, $"torch raises {error!.Kind}: {error.Message}, C# does not");
        }
        if (error is null)
        {
            return CaseResult.Without(item, Outcome.Mismatch, ours.Promise, $"C# refuses ({ours.Refusal.Message}), torch does not");
        }
        if (ours.Answered != theirs.Answered)
        {
            return CaseResult.Without(item, Outcome.Mismatch, ours.Promise,
                $"torch refuses call {theirs.Answered + 1} ({error.Kind}: {error.Message}), "
                    + $"C# call {ours.Answered + 1} ({ours.Refusal.Message})");
        }
        // A refused constructor's draws are gone from both streams; if C# refuses the call itself, torch's may be half done.
        string state = ours.RefusedTheCall ? "" : StateDifference(ours.Generator.GetState(), theirs.Reply.State);
        (Outcome outcome, string detail) = ours.Refusal switch
        {
            NotInThisTorchException absent when TorchRefusal.SaysAbsent(error, absent) => (Outcome.AbsentInBoth, absent.Message),
            _ when ours.RefusalKind == error.Kind && state.Length == 0 => (Outcome.RefusedAlike, TorchRefusal.Alike(error, ours.Refusal)),
            _ => (Outcome.Mismatch,
                $"torch raises {error.Kind}: {error.Message}; C#: {ours.Refusal.Message}{(state.Length > 0 ? "; " + state : "")}"),
        };
        if (outcome == Outcome.Mismatch || ours.Answered == 0) { return CaseResult.Without(item, outcome, ours.Promise, detail); }
        CaseResult before = Elements(item, ours, theirs.Reply.Tensors, StateDifference(ours.StateBefore!, theirs.StateBefore!));
        return before.Passed ? before with { Outcome = outcome, Detail = detail }
            : before with { Detail = $"before the call that both refuse: {before.Detail}" };
    }

    static string? Structure(StateDict ours, IReadOnlyList<OracleTensor> theirs)
    {
        string[] expected = [.. theirs.Select(tensor => $"{tensor.Name} {tensor.DType}{TensorShape.Text([.. tensor.Shape])}")];
        string[] actual = [.. ours.Select(tensor => $"{tensor.Key} {tensor.Value.DType.TorchName()}{TensorShape.Text([.. tensor.Value.Shape])}")];
        int at = Enumerable.Range(0, Math.Max(expected.Length, actual.Length))
            .FirstOrDefault(i => expected.ElementAtOrDefault(i) != actual.ElementAtOrDefault(i), -1);
        return at < 0 ? null
            : $"tensor {at}: torch has {expected.ElementAtOrDefault(at) ?? "none"}, C# has {actual.ElementAtOrDefault(at) ?? "none"}";
    }

    static string StateDifference(byte[] actual, byte[] expected)
    {
        int same = actual.AsSpan().CommonPrefixLength(expected);
        return same == actual.Length && expected.Length == actual.Length ? ""
            : $"generator state: byte {same} of {expected.Length} differs: another number of words was drawn, or another seed used";
    }
}
