using System.Globalization;
using System.Text;

namespace TorchInit;

/// <summary>A tensor's name inside of a block: text, and numbers that follow the block's index, as <c>h.{i}.ln_{2j+1}.weight</c>.</summary>
/// <param name="Texts">What stands before each number, and behind the last.</param>
/// <param name="Numbers">One fewer.</param>
sealed record NamePattern(string[] Texts, IndexForm[] Numbers)
{
    const int MostDigits = 18;

    /// <summary>A name as it is: each run of digits that a whole number is written with is one.</summary>
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
    /// <param name="template">Braces that are meant are doubled.</param>
    /// <param name="depth">How many indices there are.</param>
    /// <exception cref="FormatException">A brace is alone, or what stands between two is no sum of indices and a number.</exception>
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
                numbers.Add(form ?? throw new FormatException($"'{Short(template)}' is no name inside of a block; allowed: text, and sums "
                    + $"of {string.Join(", ", IndexForm.Indices[..depth].AsEnumerable())} and numbers in braces, as {{i}} or {{2i+1}};"
                    + " a brace that is meant is doubled."));
                texts.Add($"{text}");
                text.Clear();
                at = end;
            }
        }
        texts.Add($"{text}");
        return new([.. texts], [.. numbers]);
    }

    /// <summary>The name where the indices are <paramref name="at"/>.</summary>
    /// <exception cref="FormatException">A number is below 0 there, or beyond 2⁶³.</exception>
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

    /// <summary>As it stands in a block.</summary>
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
