using System.Globalization;
using System.Text;

namespace TorchInit;

/// <summary>A tensor's name inside a block: text, and numbers that depend on the block's index, as in
/// <c>h.{i}.ln_{2j+1}.weight</c>.</summary>
/// <param name="Texts">The text before each number and after the last.</param>
/// <param name="Numbers">The numbers, one fewer than the texts.</param>
sealed record NamePattern(string[] Texts, IndexForm[] Numbers)
{
    const int MostDigits = 18;

    /// <summary>The pattern of a plain name: each run of digits that is a canonical integer becomes a number.</summary>
    public static NamePattern OfName(string name)
    {
        List<string> texts = [];
        List<IndexForm> numbers = [];
        int from = 0;
        for (int at = 0; at < name.Length;)
        {
            int end = at;
            while (end < name.Length && char.IsAsciiDigit(name[end])) { end++; }
            bool isNumber = end > at && end - at <= MostDigits && (name[at] != '0' || end == at + 1);
            if (isNumber)
            {
                texts.Add(name[from..at]);
                numbers.Add(new(long.Parse(name.AsSpan(at, end - at), CultureInfo.InvariantCulture), []));
                from = end;
            }
            at = Math.Max(end, at + 1);
        }
        texts.Add(name[from..]);
        return new([.. texts], [.. numbers]);
    }

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <param name="template">Literal braces are doubled.</param>
    /// <param name="depth">The number of indices.</param>
    /// <exception cref="FormatException">A brace is unmatched, or the text between two is not a sum of indices and a number.</exception>
    public static NamePattern Parse(string template, int depth)
    {
        List<string> texts = [];
        List<IndexForm> numbers = [];
        StringBuilder text = new();
        for (int at = 0; at < template.Length; at++)
        {
            char letter = template[at];
            bool isDoubled = at + 1 < template.Length && template[at + 1] == letter;
            if (letter is not ('{' or '}')) { text.Append(letter); }
            else if (isDoubled)
            {
                text.Append(letter);
                at++;
            }
            else
            {
                int end = letter == '{' ? template.IndexOf('}', at) : -1;
                IndexForm? form = end < 0 ? null : IndexForm.Parse(template.AsSpan(at + 1, end - at - 1), depth);
                numbers.Add(form ?? throw new FormatException($"'{Short(template)}' is not a name inside a block; allowed: text, and sums "
                    + $"of {string.Join(", ", IndexForm.Indices[..depth].AsEnumerable())} and numbers in braces, such as {{i}} or {{2i+1}};"
                    + " write a literal brace twice."));
                texts.Add($"{text}");
                text.Clear();
                at = end;
            }
        }
        texts.Add($"{text}");
        return new([.. texts], [.. numbers]);
    }

    /// <summary>The name at the indices <paramref name="at"/>.</summary>
    /// <exception cref="FormatException">A number is below 0 there, or above 2⁶³ − 1.</exception>
    public string At(ReadOnlySpan<long> at)
    {
        StringBuilder name = new(Texts[0]);
        for (int i = 0; i < Numbers.Length; i++)
        {
            Int128 number = Numbers[i].At(at);
            if (number < 0 || number > long.MaxValue)
            {
                throw new FormatException($"'{Short($"{this}")}' has the number {number} in a repetition; allowed: 0 to 2^63 − 1.");
            }
            name.Append(CultureInfo.InvariantCulture, $"{(long)number}").Append(Texts[i + 1]);
        }
        return name.ToString();
    }

    /// <summary>The text that a block contains.</summary>
    public override string ToString()
    {
        StringBuilder template = new(Escaped(Texts[0]));
        for (int i = 0; i < Numbers.Length; i++)
        {
            bool follows = Numbers[i].Factors.Any(factor => factor != 0);
            template.Append(follows ? $"{{{Numbers[i]}}}" : $"{Numbers[i]}").Append(Escaped(Texts[i + 1]));
        }
        return template.ToString();
    }

    static string Escaped(string text)
        => text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);

    static string Short(string text) => text.Length <= 80 ? text : $"{text[..80]}…";
}
