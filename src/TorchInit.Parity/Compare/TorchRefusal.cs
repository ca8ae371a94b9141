using System.Text.RegularExpressions;
using TorchInit.Oracle;

namespace TorchInit.Parity;

/// <summary>Compares what torch raised with what C# says of the same call.</summary>
static partial class TorchRefusal
{
    /// <summary>Whether torch says that it lacks what C# says is not in this torch yet: it names the class or the argument, or
    /// counts too many of them.</summary>
    public static bool SaysAbsent(OracleError theirs, NotInThisTorchException ours)
    {
        // Of "LayerNorm(bias=…)" the argument, of "parametrizations.weight_norm" the last word.
        string name = LastWord().Match(ours.Feature).Value;
        return name.Length > 0 && theirs.Kind switch
        {
            "AttributeError" => IsSaid(name, theirs.Message),
            "TypeError" => IsSaid(name, theirs.Message) || theirs.Message.Contains("positional argument", StringComparison.Ordinal),
            _ => false,
        };
    }

    /// <summary>The class, which is the same; and both texts if they differ, since the reasons may then differ too.</summary>
    public static string Alike(OracleError theirs, Exception ours)
    {
        string said = theirs.Message.Split('\n')[0].Trim();
        return ours is TorchArgumentException { TorchMessage: { } message } && message.Split('\n')[0].Trim() != said
            ? $"{theirs.Kind}, in other words: torch: {said}; C#: {message}" : theirs.Kind;
    }

    static bool IsSaid(string name, string message) => Regex.IsMatch(message, $@"(?<!\w){Regex.Escape(name)}(?!\w)");

    [GeneratedRegex(@"\w+(?=\W*$)")]
    private static partial Regex LastWord();
}
