using System.Text.Json;
using System.Text.RegularExpressions;

namespace TorchInit;

/// <summary>What the JSON reader says, in words about the plan instead of about .NET's types.</summary>
static partial class PlanJsonErrors
{
    /// <summary>The message, and where in the JSON, if that is known.</summary>
    public static string Words(Exception error)
    {
        if (error is NotSupportedException && Abstract().IsMatch(error.Message)) { return NoOp; }
        if (error is not JsonException json) { return error.Message; }
        string words = Place().Replace(json.Message, "");
        words = Unmapped().Replace(words, "'$1' is no name of the format here");
        words = Unconverted().Replace(words, "a value of another kind than the format has there");
        words = Missing().Replace(words, "there is no $1");
        words = Discriminator().Replace(words, "there is no step '$1'");
        words = Duplicate().Replace(words, "'$1' occurs twice; allowed: once");
        return json.Path is { Length: > 1 } path ? $"{words} (at {path.TrimStart('$', '.')})" : words;
    }

#if NET10_0_OR_GREATER
    const string NoOp = "a step has no op";
#else
    const string NoOp = "a step has no op, or another field before it; on .NET 8 and 9 op must be the first field of a step";
#endif

    [GeneratedRegex("must specify a type discriminator")]
    private static partial Regex Abstract();

    [GeneratedRegex(@" ?(?:Path: .* \| )?LineNumber: \d+ \| BytePositionInLine: \d+\.?$")]
    private static partial Regex Place();

    [GeneratedRegex(@"The JSON property '(.*)' could not be mapped to any \.NET member contained in type '.*'")]
    private static partial Regex Unmapped();

    [GeneratedRegex(@"The JSON value could not be converted to \S+")]
    private static partial Regex Unconverted();

    [GeneratedRegex(@"JSON deserialization for type '.*' was missing required properties including: (.*)")]
    private static partial Regex Missing();

    [GeneratedRegex(@"Duplicate property '(.*)' encountered during deserialization of type '.*'\.?")]
    private static partial Regex Duplicate();

    [GeneratedRegex(@"Read unrecognized type discriminator id '(.*)'")]
    private static partial Regex Discriminator();
}
