using System.Text.RegularExpressions;

namespace TorchInit.Parity;

/// <summary>What random texts may come out as, besides alike.</summary>
static class TextReasons
{
    public static IReadOnlyList<(FuzzOutcome Outcome, Regex Detail, string Why)> All { get; } =
    [
        (FuzzOutcome.ProductRefusesOnly, new("^NotFollowedException: "), "said not to be followed"),
        (FuzzOutcome.AnotherClass, new("; C#: NotFollowedException: |C#: IndexError: index is slice.* 0 dimensions"), "torch refuses what C# says it does not follow"),
        (FuzzOutcome.AnotherClass, new("not implemented for '|is out of bounds for|ZeroDivisionError; C#|expects std >= 0.0"),
            "C# looks at the whole text before it draws: the later fault is found first"),
        (FuzzOutcome.ProductRefusesOnly, new("^IndexError: index is slice.* 0 dimensions"),
            "torch writes a tensor to x[:0] of an x without dimensions, and refuses it everywhere else"),
    ];
}
