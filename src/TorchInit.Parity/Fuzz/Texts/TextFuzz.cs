using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using TorchInit.Oracle;

namespace TorchInit.Parity;

/// <summary>The outcome of a random program.</summary>
/// <param name="Case">The program.</param>
/// <param name="Outcome">The outcome, as for calls.</param>
/// <param name="Detail">The difference, or the exceptions.</param>
sealed record TextResult(TextCase Case, FuzzOutcome Outcome, string Detail);

/// <summary>Many random programs, run in live torch and in C#.</summary>
/// <param name="Counts">How many programs had each outcome; listed ones are included.</param>
/// <param name="Failures">Programs that no listed reason explains, in order.</param>
/// <param name="Listed">How many programs each reason explains.</param>
sealed record TextFuzz(IReadOnlyDictionary<FuzzOutcome, int> Counts, IReadOnlyList<TextResult> Failures,
    IReadOnlyDictionary<string, int> Listed)
{
    /// <summary>Why a disagreement need not be fixed: a regular expression on the detail, and the reason.</summary>
    public static IReadOnlyList<(FuzzOutcome Outcome, Regex Detail, string Why)> Reasons { get; } = TextReasons.All;

    /// <summary>Runs <paramref name="count"/> programs.</summary>
    /// <param name="oracle">Real torch.</param>
    /// <param name="seed">The seed of the choices; the same seed gives the same programs.</param>
    /// <param name="count">How many programs.</param>
    /// <param name="profile">The profile that C# follows; null for the oracle's own.</param>
    public static TextFuzz Of(ITorchOracle oracle, ulong seed, int count, TorchProfile? profile = null)
    {
        profile ??= LiveProfile.Of(oracle.Info);
        TextGenerator generator = new(seed);
        Dictionary<FuzzOutcome, int> counts = Enum.GetValues<FuzzOutcome>().ToDictionary(outcome => outcome, _ => 0);
        Dictionary<string, int> listed = [];
        List<TextResult> failures = [];
        for (int asked = 0; asked < count; asked++)
        {
            TextResult result = Run(oracle, profile, generator.Next());
            counts[result.Outcome]++;
            if (result.Outcome is FuzzOutcome.Equal or FuzzOutcome.RefusedAlike) { continue; }
            string? why = Reasons.FirstOrDefault(reason => reason.Outcome == result.Outcome && reason.Detail.IsMatch(result.Detail)).Why;
            if (why is null) { failures.Add(result); }
            else { listed[why] = listed.GetValueOrDefault(why) + 1; }
        }
        return new(counts, failures, listed);
    }

    public static TextResult Run(ITorchOracle oracle, TorchProfile profile, TextCase item)
    {
        Task<OracleReply> asked = Task.Run(() => item.Ask(oracle));
        InitPlan? plan = null;
        StateDict? ours = null;
        Generator generator = new(0, profile);
        Exception? refusal = null;
        try
        {
            TorchProgram program = TorchProgram.Parse(item.Text);
            plan = program.ToPlan(profile);
            generator.ManualSeed(program.Seed ?? Generator.ParseSeed(item.Seed));
            ours = plan.Materialize(generator, item.DType);
        }
        catch (Exception error)      // a crash is an outcome, too
        {
            refusal = error;
        }
        OracleReply theirs;
        try { theirs = asked.GetAwaiter().GetResult(); }
        catch (OracleCrashedException error) { return new(item, FuzzOutcome.NotAsked, $"torch died: {error.Message}"); }
        (FuzzOutcome outcome, string detail) = Judge(item.DType, plan, ours, generator, refusal, theirs);
        return new(item, outcome, detail);
    }

    static (FuzzOutcome, string) Judge(DType dtype, InitPlan? plan, StateDict? ours, Generator generator, Exception? refusal,
        OracleReply theirs)
    {
        string kind = refusal switch
        {
            TorchArgumentException torch => torch.TorchKind,
            TorchExpressionException { PythonKind: { } python } => python,
            null => "",
            _ => refusal.GetType().Name,
        };
        bool isDocumented = refusal is null or ArgumentException or NotSupportedException or TorchExpressionException;
        return (refusal, theirs.Error) switch
        {
            _ when !isDocumented => (FuzzOutcome.Crashes, $"{kind}: {refusal!.Message}"),
            (_, { Kind: OracleError.Refused } error) => (FuzzOutcome.NotAsked, error.Message),
            (null, null) => Compare(dtype, plan!, ours!, generator, theirs) is { } difference
                ? (FuzzOutcome.Differs, difference) : (FuzzOutcome.Equal, ""),
            (null, var error) => (FuzzOutcome.ProductConstructsOnly, $"torch: {Line(error!)}"),
            (var error, null) => (FuzzOutcome.ProductRefusesOnly, $"{kind}: {error.Message.Split('\n')[0]}"),
            var (error, other) when kind != other.Kind => (FuzzOutcome.AnotherClass, $"torch: {Line(other)}; C#: {kind}: {error.Message}"),
            _ => (FuzzOutcome.RefusedAlike, kind),
        };
    }

    /// <summary>Which NaN a processor returns is not torch's choice: a vector's remainder has another sign than a scalar's.</summary>
    internal static bool AreSameNumbers(DType dtype, ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, ulong ulps)
    {
        int size = dtype.ByteSize();
        for (int at = 0; at < expected.Length; at += size)
        {
            ReadOnlySpan<byte> x = expected.Slice(at, size);
            ReadOnlySpan<byte> y = actual.Slice(at, size);
            bool isSame = x.SequenceEqual(y) || (IsNaN(dtype, x) && IsNaN(dtype, y))
                || (ulps > 0 && BitComparison.Of(dtype, x, y).MaxUlp <= ulps);
            if (!isSame) { return false; }
        }
        return true;
    }

    static bool IsNaN(DType dtype, ReadOnlySpan<byte> element) => dtype switch
    {
        DType.Float32 => float.IsNaN(MemoryMarshal.Read<float>(element)),
        DType.Float64 => double.IsNaN(MemoryMarshal.Read<double>(element)),
        DType.Float16 => Half.IsNaN(MemoryMarshal.Read<Half>(element)),
        DType.BFloat16 => float.IsNaN((float)MemoryMarshal.Read<BFloat16>(element)),
        _ => false,
    };

    static string Line(OracleError error) => $"{error.Kind}: {error.Message.Split('\n')[0]}";

    static string? Compare(DType dtype, InitPlan plan, StateDict ours, Generator generator, OracleReply theirs)
    {
        string[] names = [.. theirs.Tensors.Select(tensor => tensor.Name)];
        string[] modules = [.. names.Where(name => name.Contains('.', StringComparison.Ordinal)).Select(name => name.Split('.')[0])
            .Distinct()];
        bool isAlone = modules.Length == 1 && names.All(name => name.Contains('.', StringComparison.Ordinal));
        string Own(string name) => isAlone ? name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..] : name;
        if (!names.Select(Own).Order(StringComparer.Ordinal).SequenceEqual(ours.Select(tensor => tensor.Key).Order(StringComparer.Ordinal)))
        {
            return $"torch has {string.Join(", ", names)}; C# {string.Join(", ", ours.Select(tensor => tensor.Key))}";
        }
        IReadOnlyDictionary<int, ulong?> allowed = VectorFunctions.Of(plan, dtype);
        foreach (OracleTensor tensor in theirs.Tensors)
        {
            TensorBuffer own = ours[Own(tensor.Name)];
            (string expected, string actual) = ($"{tensor.DType}{TensorShape.Text([.. tensor.Shape])}",
                $"{own.DType.TorchName()}{TensorShape.Text([.. own.Shape])}");
            if (expected != actual) { return $"{tensor.Name}: torch {expected}, C# {actual}"; }
            BitComparison bits = BitComparison.Of(own.DType, tensor.Data, own.Bytes(0, own.Count));
            // A vector function's last bits may fall on the other side of a comparison, so values that follow from one are not compared.
            bool isAllowed = allowed.GetValueOrDefault(plan.StorageOf(Own(tensor.Name)), 0UL) is not { } ulps
                || AreSameNumbers(own.DType, tensor.Data, own.Bytes(0, own.Count), ulps);
            if (bits.Differing > 0 && !isAllowed)
            {
                return $"{tensor.Name}[{bits.FirstIndex}]: torch {bits.Expected}, C# {bits.Actual} ({bits.Differing} of {bits.Count} "
                    + $"{expected})";
            }
        }
        return theirs.State.AsSpan().SequenceEqual(generator.GetState()) ? null : "the generator's state";
    }
}
