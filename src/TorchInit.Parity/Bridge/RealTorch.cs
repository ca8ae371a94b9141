using TorchInit.Oracle;

namespace TorchInit.Parity;

/// <summary>Real torch for notebooks and examples: asked live if a Python has it, otherwise answered from recordings. The text of the
/// result is the same either way.</summary>
public static class RealTorch
{
    static readonly Lazy<WorkerOracle?> s_live = new(Start);
    static readonly Lazy<GoldenFile> s_file = new(() => GoldenSet.Files.First(file => file.File.EndsWith(".recorded.tsv",
        StringComparison.Ordinal)));
    static readonly Lazy<Dictionary<ParityCase, GoldenEntry>> s_recorded = new(() => GoldenSet.Entries(s_file.Value)
        .ToDictionary(entry => entry.Case));

    /// <summary>Whether a live torch answers.</summary>
    public static bool IsLive => s_live.Value is not null;

    /// <summary>The profile of the torch that answers, live or recorded: what C# must follow to get its bits.</summary>
    public static TorchProfile Profile => s_live.Value is { } oracle ? LiveProfile.Of(oracle.Info) : s_file.Value.Profile;

    /// <summary>Which torch that is, and whether it was asked live.</summary>
    public static string Source => s_live.Value is { } oracle
        ? $"{Profile}, asked now ({oracle.Info.PackageVersion}, Python {oracle.Info.PythonVersion})"
        : $"{Profile}, as recorded ({s_file.Value.Origin})";

    /// <summary>Compares C# with torch, every bit and the generator's state after.</summary>
    /// <param name="expression">In torch's own spelling; several calls on one generator are joined by <c>"; "</c>.</param>
    /// <param name="seed">The seed, a decimal integer.</param>
    /// <param name="dtype">torch's default dtype during construction.</param>
    /// <exception cref="InvalidOperationException">There is no torch, and the case was not recorded (seeds 0 and 42 of the case table
    /// are).</exception>
    public static CaseResult Compare(string expression, string seed = "0", DType dtype = DType.Float32)
    {
        ParityCase item = new(expression, dtype, seed);
        if (s_live.Value is { } oracle) { return CaseRunner.Run(oracle, Profile, item); }
        return s_recorded.Value.TryGetValue(item, out GoldenEntry? entry)
            ? GoldenRunner.Run(Profile, entry)
            : throw new InvalidOperationException($"There is no Python with torch, and {item} was not recorded. torchinit setup installs "
                + $"one; recorded are the case table's expressions with the seeds 0 and 42.");
    }

    static WorkerOracle? Start()
    {
        try
        {
            return new(new() { Environment = new Dictionary<string, string?> { ["ATEN_CPU_CAPABILITY"] = null } });
        }
        catch (OracleUnavailableException)
        {
            return null;      // Source says that the answers are recorded ones
        }
    }
}
