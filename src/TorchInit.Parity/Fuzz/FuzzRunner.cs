using TorchInit.Oracle;

namespace TorchInit.Parity;

/// <summary>Makes the same random call in live torch and in C#.</summary>
/// <param name="oracle">Real torch.</param>
/// <param name="profile">That torch's profile.</param>
sealed class FuzzRunner(ITorchOracle oracle, TorchProfile profile)
{
    public FuzzResult Run(FuzzCase item)
    {
        OracleReply theirs;
        try
        {
            _ = TorchExpression.Parse(item.Expression);
            theirs = item.Ask(oracle);
        }
        catch (OracleCrashedException error)
        {
            return new(item, FuzzOutcome.NotAsked, $"torch died: {error.Message}");
        }
        catch (TorchExpressionException error)
        {
            return new(item, FuzzOutcome.NotAsked, error.Message);      // a call that cannot be encoded cannot be asked
        }
        FuzzSide ours = FuzzSide.Of(item, profile);
        (FuzzOutcome outcome, string detail) = Judge(ours, theirs);
        return new(item, outcome, detail);
    }

    /// <summary>The outcome of one answer of C#'s and one of torch's.</summary>
    public static (FuzzOutcome Outcome, string Detail) Judge(FuzzSide ours, OracleReply theirs)
    {
        if (ours.Refusal is not null && !ours.IsDocumented)
        {
            return (FuzzOutcome.Crashes, $"{ours.Refusal.GetType().Name}: {ours.Refusal.Message}");
        }
        return (ours.Refusal, theirs.Error) switch
        {
            (_, { Kind: OracleError.Refused } or { Kind: "MemoryError" }) => (FuzzOutcome.NotAsked, theirs.Error.Message),
            (_, { Kind: "RuntimeError" } error) when error.Message.Contains("DefaultCPUAllocator", StringComparison.Ordinal)
                => (FuzzOutcome.NotAsked, error.Message),
            (null, null) => Compare(ours, theirs) is { } difference ? (FuzzOutcome.Differs, difference) : (FuzzOutcome.Equal, ""),
            (null, var error) => (FuzzOutcome.ProductConstructsOnly, $"torch: {Line(error!)}"),
            (var error, null) => (FuzzOutcome.ProductRefusesOnly, $"C#: {error.Message}"),
            // Python has two names for what is not there yet.
            (NotInThisTorchException, { Kind: "AttributeError" or "TypeError" }) => (FuzzOutcome.RefusedAlike, theirs.Error.Kind),
            var (error, other) when ours.RefusalKind != other.Kind
                => (FuzzOutcome.AnotherClass, $"torch: {Line(other)}; C#: {ours.RefusalKind}: {error.Message}"),
            var (_, other) when ours.RefusalText is { } text && FuzzText.Of(text) != FuzzText.Of(other.Message)
                => (FuzzOutcome.AnotherText, $"torch: {Line(other)}; C#: {text}"),
            var (_, other) => (FuzzOutcome.RefusedAlike, other.Kind),
        };
    }

    static string Line(OracleError error) => $"{error.Kind}: {error.Message.Split('\n')[0]}";

    static string? Compare(FuzzSide ours, OracleReply theirs)
    {
        string[] expected = [.. theirs.Tensors.Select(tensor => $"{tensor.Name} {tensor.DType}{TensorShape.Text([.. tensor.Shape])}")];
        string[] actual = [.. ours.Tensors.Select(tensor
            => $"{tensor.Key} {tensor.Value.DType.TorchName()}{TensorShape.Text([.. tensor.Value.Shape])}")];
        if (!expected.SequenceEqual(actual))
        {
            int at = Enumerable.Range(0, Math.Max(expected.Length, actual.Length)).First(i
                => expected.ElementAtOrDefault(i) != actual.ElementAtOrDefault(i));
            return $"tensor {at}: torch has {expected.ElementAtOrDefault(at) ?? "none"}, C# has {actual.ElementAtOrDefault(at) ?? "none"}";
        }
        foreach (OracleTensor tensor in theirs.Tensors.Where(tensor => !ours.IsLeftAsFound(tensor.Name)))
        {
            TensorBuffer own = ours.Tensors[tensor.Name];
            BitComparison bits = BitComparison.Of(own.DType, tensor.Data, own.Bytes(0, own.Count));
            Promise promise = Promise.For(ours.Plan!, own.DType);
            if (bits.Differing > 0 && (promise.IsExact || bits.Distance > promise.Tolerance))
            {
                return $"{tensor.Name}[{bits.FirstIndex}]: torch {bits.Expected}, C# {bits.Actual} ({bits.Differing} of {bits.Count} "
                    + $"differ, {bits.Distance:G3} ε of {promise.Tolerance})";
            }
        }
        if (!theirs.State.AsSpan().SequenceEqual(ours.Generator.GetState())) { return "the generator's state"; }
        (string, string)[] warnings = [.. theirs.Warnings.Select(warning => (warning.Category, warning.Message))];
        return FuzzText.AreWarnings(warnings, ours.Warnings) ? null
            : $"torch warns ({string.Join("; ", warnings)}), C# ({string.Join("; ", ours.Warnings)})";
    }
}
