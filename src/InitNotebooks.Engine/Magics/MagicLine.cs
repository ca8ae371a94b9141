using System.Text.RegularExpressions;

namespace InitNotebooks.Engine;

/// <summary>A line <c>#!name values --option value</c>.</summary>
sealed partial class MagicLine
{
    MagicLine(string name, IReadOnlyList<string> values, IReadOnlyDictionary<string, string> options)
        => (Name, Values, Options) = (name, values, options);

    public string Name { get; }

    public IReadOnlyList<string> Values { get; }

    public IReadOnlyDictionary<string, string> Options { get; }

    /// <summary>Parses the line; null if it is not such a line.</summary>
    public static MagicLine? Parse(string line)
    {
        if (Magic().Match(line) is not { Success: true } match) { return null; }
        string[] words = [.. Words().Matches(match.Groups["rest"].Value).Select(word => word.Value.Trim('"', '\''))];
        List<string> values = [];
        Dictionary<string, string> options = new(StringComparer.Ordinal);
        for (int at = 0; at < words.Length; at++)
        {
            if (!words[at].StartsWith("--", StringComparison.Ordinal)) { values.Add(words[at]); }
            else if (words[at].IndexOf('=', StringComparison.Ordinal) is > 2 and int equals)
            {
                options[words[at][2..equals]] = words[at][(equals + 1)..].Trim('"', '\'');
            }
            else { options[words[at][2..]] = at + 1 < words.Length ? words[++at] : ""; }
        }
        return new(match.Groups["name"].Value.ToLowerInvariant(), values, options);
    }

    public string Option(string name) => Options.TryGetValue(name, out string? value) && value.Length > 0 ? value
        : throw new MagicException($"#!{Name} needs --{name} VALUE.");

    public string Value(string what) => Values.Count > 0 ? Values[0] : throw new MagicException($"#!{Name} needs {what}.");

    [GeneratedRegex(@"^#!(?<name>[A-Za-z#][\w#-]*)(?<rest>.*)$")]
    private static partial Regex Magic();

    [GeneratedRegex("""
        "[^"]*"|'[^']*'|\S+
        """)]
    private static partial Regex Words();
}
