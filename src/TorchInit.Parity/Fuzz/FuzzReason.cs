using System.Text.RegularExpressions;

namespace TorchInit.Parity;

/// <summary>Why C# and torch need not agree on a kind of call: a line of fuzz-reasons.tsv.</summary>
/// <param name="Outcome">How such a call comes out.</param>
/// <param name="Expression">A regular expression that its spelling matches.</param>
/// <param name="Detail">A regular expression that the result's detail matches.</param>
/// <param name="Example">A call that comes out so, in float32 unless <c>@float16</c> stands behind it, reset once where <c>+ reset</c>
/// does; a test asks it, so that no reason outlives its cause.</param>
/// <param name="Versions">The torches that <paramref name="Example"/> holds for, as a regular expression of the release.</param>
/// <param name="Why">The reason.</param>
sealed record FuzzReason(FuzzOutcome Outcome, Regex Expression, Regex Detail, string Example, Regex Versions, string Why)
{
    const string Header = "outcome\texpression\tdetail\texample\tversions\twhy";

    /// <summary>All that are listed.</summary>
    public static IReadOnlyList<FuzzReason> All { get; } = [.. GoldenSet.Lines(GoldenSet.Text("fuzz-reasons.tsv"), Header).Select(Parse)];

    /// <summary>Whether this is why.</summary>
    public bool Explains(FuzzResult result, TorchProfile profile)
        => result.Outcome == Outcome && Versions.IsMatch(profile.Version.ToString()) && Expression.IsMatch(result.Case.Expression)
        && Detail.IsMatch(result.Detail);

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
