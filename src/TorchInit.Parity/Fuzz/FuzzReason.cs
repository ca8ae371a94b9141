using System.Text.RegularExpressions;

namespace TorchInit.Parity;

/// <summary>Why C# and torch need not agree on a kind of call: a line of fuzz-reasons.tsv.</summary>
/// <param name="Outcome">The outcome of such a call.</param>
/// <param name="Expression">A regular expression that the call's text matches.</param>
/// <param name="Detail">A regular expression that the result's detail matches.</param>
/// <param name="Example">A call with this outcome, in float32 unless it ends in <c>@float16</c>, reset once if it ends in <c>+ reset</c>;
/// a test runs it, so that no reason outlives its cause.</param>
/// <param name="Versions">The torches that <paramref name="Example"/> holds for, as a regular expression on the release, which a
/// GPU's torch has followed by " cuda".</param>
/// <param name="Why">The reason.</param>
sealed record FuzzReason(FuzzOutcome Outcome, Regex Expression, Regex Detail, string Example, Regex Versions, string Why)
{
    const string Header = "outcome\texpression\tdetail\texample\tversions\twhy";

    /// <summary>All listed reasons.</summary>
    public static IReadOnlyList<FuzzReason> All { get; } = [.. GoldenSet.Lines(GoldenSet.Text("fuzz-reasons.tsv"), Header).Select(Parse)];

    /// <summary>Whether this reason explains a result.</summary>
    public bool Explains(FuzzResult result, TorchProfile profile)
        => result.Outcome == Outcome && Holds(profile) && Expression.IsMatch(result.Case.Expression)
        && Detail.IsMatch(result.Detail);

    /// <summary>Whether this reason is about that torch.</summary>
    public bool Holds(TorchProfile profile) => Versions.IsMatch(profile.Gpu is null ? $"{profile.Version}" : $"{profile.Version} cuda");

    /// <summary>The example as a case.</summary>
    public FuzzCase ExampleCase
    {
        get
        {
            const string Reset = " + reset";
            bool isReset = Example.EndsWith(Reset, StringComparison.Ordinal);
            string[] parts = (isReset ? Example[..^Reset.Length] : Example).Split(" @");
            return new(parts[0], parts.Length > 1 ? DType.Parse(parts[1]) : DType.Float32, "3", 0, isReset ? 1 : 0);
        }
    }

    static FuzzReason Parse(string line)
    {
        string[] cells = line.Split('\t');
        return new(Enum.Parse<FuzzOutcome>(cells[0]), new(cells[1], RegexOptions.CultureInvariant),
            new(cells[2], RegexOptions.CultureInvariant), cells[3], new(cells[4], RegexOptions.CultureInvariant), cells[5]);
    }
}
