using System.Globalization;
using System.Numerics;
using System.Text;

namespace TorchInit.Syntax;

/// <summary>The methods of Python's strings that names of modules are made with, and %.</summary>
static class PythonFormat
{
    public static bool IsMethod(string name) => name is "find" or "startswith" or "endswith" or "lower" or "upper" or "strip" or "lstrip"
        or "rstrip" or "title" or "capitalize" or "isdigit" or "isalpha" or "replace" or "split" or "join" or "format" or "count";

    /// <summary>text.name(arguments).</summary>
    public static TorchValue Method(string text, string name, IReadOnlyList<TorchValue> arguments, IReadOnlyList<TorchKeyword> keywords)
    {
        if (name == "format") { return new TorchString(Format(text, arguments, keywords)); }
        if (keywords.Count > 0) { throw new PythonException("TypeError", $"str.{name}() takes no keyword arguments"); }
        return (name, arguments) switch
        {
            ("find", [TorchString part]) => new TorchInt(text.IndexOf(part.Value, StringComparison.Ordinal)),
            ("count", [TorchString { Value.Length: > 0 } part]) => new TorchInt(text.Split(part.Value).Length - 1),
            ("startswith", [var parts]) => new TorchBool(Any(parts, part => text.StartsWith(part, StringComparison.Ordinal))),
            ("endswith", [var parts]) => new TorchBool(Any(parts, part => text.EndsWith(part, StringComparison.Ordinal))),
            ("lower", []) => new TorchString(text.ToLowerInvariant()),
            ("upper", []) => new TorchString(text.ToUpperInvariant()),
            ("capitalize", []) => new TorchString(text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant()),
            ("title", []) => new TorchString(CultureInfo.InvariantCulture.TextInfo.ToTitleCase(text.ToLowerInvariant())),
            ("strip", []) => new TorchString(text.Trim()),
            ("strip", [TorchString letters]) => new TorchString(text.Trim(letters.Value.ToCharArray())),
            ("lstrip", [TorchString letters]) => new TorchString(text.TrimStart(letters.Value.ToCharArray())),
            ("rstrip", [TorchString letters]) => new TorchString(text.TrimEnd(letters.Value.ToCharArray())),
            ("isdigit", []) => new TorchBool(text.Length > 0 && text.All(char.IsAsciiDigit)),
            ("isalpha", []) => new TorchBool(text.Length > 0 && text.All(char.IsLetter)),
            ("replace", [TorchString { Value.Length: > 0 } old, TorchString other])
                => new TorchString(text.Replace(old.Value, other.Value, StringComparison.Ordinal)),
            ("split", []) => Words(text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            ("split", [TorchString { Value.Length: > 0 } mark]) => Words(text.Split(mark.Value)),
            ("join", [var items]) => new TorchString(string.Join(text, (new PythonArgument("", items).Items ?? []).Select(item
                => item is TorchString word ? word.Value : throw new PythonException("TypeError", "join takes strings")))),
            _ => throw new PythonException("TypeError", $"these arguments of str.{name}() are not followed"),
        };

        static TorchList Words(string[] words) => new([.. words.Select(word => new TorchString(word))]);

        static bool Any(TorchValue parts, Func<string, bool> holds) => (parts is TorchTuple tuple ? tuple.Items : [parts]).Any(part
            => part is TorchString word ? holds(word.Value)
                : throw new PythonException("TypeError", "a string or a tuple of strings is taken"));
    }

    /// <summary>text % values: %s, %d and %r, and widths of numbers.</summary>
    public static string Percent(string text, TorchValue values)
    {
        IReadOnlyList<TorchValue> given = values is TorchTuple tuple ? tuple.Items : [values];
        StringBuilder made = new();
        int taken = 0;
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] != '%') { made.Append(text[at]); continue; }
            int end = at + 1;
            while (end < text.Length && char.IsAsciiDigit(text[end])) { end++; }
            if (end == text.Length) { throw new PythonException("ValueError", "incomplete format"); }
            if (text[end] == '%') { made.Append('%'); }
            else
            {
                TorchValue value = taken < given.Count ? given[taken++]
                    : throw new PythonException("TypeError", "not enough arguments for format string");
                made.Append(text[end] switch
                {
                    's' when end == at + 1 => new PythonArgument("", value).Text,
                    'r' when end == at + 1 => value.ToString(),
                    'd' or 'i' => Shown(value, $"{text[(at + 1)..end]}d"),
                    _ => throw new PythonException(null, $"expected %s, %d or %r, found '{text[at..(end + 1)]}'"),
                });
            }
            at = end;
        }
        return taken == given.Count ? made.ToString()
            : throw new PythonException("TypeError", "not all arguments converted during string formatting");
    }

    /// <summary>format(value, specification): none, or the width of an integer, perhaps with zeros in front.</summary>
    public static string Shown(TorchValue value, string specification)
    {
        if (value is TorchCall or TorchMember)
        {
            throw new PythonException(null, "expected a number or a name in a string, found a module or tensor");
        }
        if (specification.Length == 0) { return new PythonArgument("", value).Text; }
        string digits = specification.TrimEnd('d');
        bool isWidth = digits.Length <= 2 && digits.All(char.IsAsciiDigit) && specification.Length - digits.Length <= 1;
        if (!isWidth || PythonArithmetic.Integer(value) is not { } number)
        {
            throw new PythonException(null, $"expected no format, or the width of an integer, found '{specification}'");
        }
        int width = digits.Length == 0 ? 0 : int.Parse(digits, CultureInfo.InvariantCulture);
        string text = BigInteger.Abs(number).ToString(CultureInfo.InvariantCulture), sign = number.Sign < 0 ? "-" : "";
        return digits.StartsWith('0') ? sign + text.PadLeft(width - sign.Length, '0') : (sign + text).PadLeft(width);
    }

    static string Format(string text, IReadOnlyList<TorchValue> arguments, IReadOnlyList<TorchKeyword> keywords)
    {
        StringBuilder made = new();
        int next = 0;
        for (int at = 0; at < text.Length; at++)
        {
            bool isDouble = at + 1 < text.Length && text[at + 1] == text[at];
            if (text[at] is '{' or '}' && isDouble) { made.Append(text[at++]); continue; }
            if (text[at] != '{') { made.Append(text[at]); continue; }
            int end = text.IndexOf('}', at);
            if (end < 0) { throw new PythonException("ValueError", "expected '}' before end of string"); }
            string[] field = text[(at + 1)..end].Split(':', 2);
            TorchValue? value = field[0].Length == 0 ? arguments.ElementAtOrDefault(next++)
                : field[0].All(char.IsAsciiDigit) && field[0].Length < 5
                ? arguments.ElementAtOrDefault(int.Parse(field[0], CultureInfo.InvariantCulture))
                : keywords.FirstOrDefault(keyword => keyword.Name == field[0])?.Value;
            made.Append(Shown(value ?? throw new PythonException("IndexError", $"no argument for the field '{field[0]}'"),
                field.Length > 1 ? field[1] : ""));
            at = end;
        }
        return made.ToString();
    }
}
