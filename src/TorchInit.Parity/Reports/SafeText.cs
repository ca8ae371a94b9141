using System.Text;

namespace TorchInit.Parity;

/// <summary>Makes foreign text safe for a report: torch's messages and names may contain anything.</summary>
static class SafeText
{
    const string MarkdownSigns = "\\`*_[]|~#!";

    /// <summary>For a terminal and for XML: replaces control characters, lone surrogates and what XML cannot hold by a replacement
    /// character; line ends stay.</summary>
    public static string Plain(string text)
    {
        StringBuilder plain = new(text.Length);
        foreach (Rune letter in text.EnumerateRunes())
        {
            bool isAllowed = letter.Value is '\n' || (!Rune.IsControl(letter) && letter.Value is not (0xFFFE or 0xFFFF));
            plain.Append(isAllowed ? letter : Rune.ReplacementChar);
        }
        return plain.ToString();
    }

    /// <summary>As text in one line of Markdown, in a table or not.</summary>
    public static string Markdown(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (char letter in OneLine(text))
        {
            _ = letter switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                _ when MarkdownSigns.Contains(letter, StringComparison.Ordinal) => escaped.Append('\\').Append(letter),
                _ => escaped.Append(letter),
            };
        }
        return escaped.ToString();
    }

    /// <summary>As code in one line of Markdown, in a table or not: its fence is longer than any in it.</summary>
    public static string Code(string text)
    {
        string line = OneLine(text);
        int longest = 0, run = 0;
        foreach (char letter in line) { longest = Math.Max(longest, run = letter == '`' ? run + 1 : 0); }
        string fence = new('`', longest + 1);
        string pad = longest > 0 ? " " : "";
        return $"{fence}{pad}{line.Replace("|", "\\|", StringComparison.Ordinal)}{pad}{fence}";
    }

    static string OneLine(string text)
        => string.Join(' ', Plain(text).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
