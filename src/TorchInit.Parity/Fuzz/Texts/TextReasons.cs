using System.Text.RegularExpressions;

namespace TorchInit.Parity;

/// <summary>The disagreements that random programs may have.</summary>
static class TextReasons
{
    public static IReadOnlyList<(FuzzOutcome Outcome, Regex Detail, string Why)> All { get; } =
    [
        (FuzzOutcome.ProductRefusesOnly, new("^NotFollowedException: "), "said not to be followed"),
        (FuzzOutcome.AnotherClass, new("; C#: NotFollowedException: |C#: IndexError: index is slice.* 0 dimensions"), "torch refuses what C# says it does not follow"),
        (FuzzOutcome.AnotherClass, new("not implemented for '|is out of bounds for|ZeroDivisionError; C#|expects std >= 0.0"),
            "C# reads the whole text before it draws, so it reports a later fault first"),
        (FuzzOutcome.ProductRefusesOnly, new("^IndexError: index is slice.* 0 dimensions"),
            "torch writes a tensor to x[:0] of an x without dimensions, and refuses it everywhere else"),
    ];
}
