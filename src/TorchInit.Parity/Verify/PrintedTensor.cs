using System.Globalization;
using System.Text.RegularExpressions;

namespace TorchInit.Parity;

/// <summary>A tensor as a user pasted it: numbers with as many digits as were printed, perhaps with "..." where torch left some
/// out.</summary>
/// <param name="Name">The name before it; empty if there is none.</param>
/// <param name="Root">Its numbers and rows.</param>
sealed partial record PrintedTensor(string Name, PrintedPart Root)
{
    const int MostCharacters = 64 << 20;
    const int MostDepth = 16;

    static readonly string[] s_noNames = ["tensor", "Parameter", "containing", "OrderedDict", "array", "requires_grad", "True", "False",
        "torch"];

    /// <summary>The tensors of a text: of <c>print(tensor)</c>, of a state dict, or of bare lists of numbers.</summary>
    /// <exception cref="InvalidDataException">There are no numbers in brackets.</exception>
    public static IReadOnlyList<PrintedTensor> Parse(string text, string file)
    {
        if (text.Length > MostCharacters)
        {
            throw new InvalidDataException($"{file} has {text.Length} characters; "
            + $"allowed: {MostCharacters}.");
        }
        List<PrintedTensor> tensors = [];
        int at = 0;
        int before = 0;
        while ((at = text.AsSpan(at).IndexOfAny('[', 't') is var next and >= 0 ? at + next : -1) >= 0)
        {
            bool isScalar = text[at] == 't' && string.CompareOrdinal(text, at, "tensor(", 0, 7) == 0 && at + 7 < text.Length
                && text[at + 7] != '[';
            int start = isScalar ? at + 7 : at;
            if (text[at] == 't' && !isScalar)
            {
                at++;
                continue;
            }
            int end = start;
            PrintedPart? part = isScalar ? Number(text, ref end) : Rows(text, ref end, 0);
            if (part is null || (part is PrintedRow row && !row.HasNumbers))
            {
                at++;
                continue;
            }
            tensors.Add(new(NameBefore(text[before..at]), part));
            (at, before) = (end, end);
        }
        return tensors.Count > 0 ? tensors
            : throw new InvalidDataException($"{file} has no numbers; allowed: tensors as torch prints them, for example tensor([[0.5, "
                + $"-0.25]]).");
    }

    /// <summary>The last word before the brackets that names a tensor.</summary>
    static string NameBefore(string text)
    {
        string word = NameAtEnd().Match(text).Groups["name"].Value;
        return s_noNames.Contains(word) ? "" : word;
    }

    static PrintedRow? Rows(string text, ref int at, int depth)
    {
        if (depth > MostDepth) { return null; }
        at++;
        List<PrintedPart> items = [];
        while (at < text.Length)
        {
            char letter = text[at];
            if (letter == ']')
            {
                at++;
                return new(items);
            }
            if (char.IsWhiteSpace(letter) || letter == ',') { at++; }
            else if (letter == '[')
            {
                if (Rows(text, ref at, depth + 1) is not { } row) { return null; }
                items.Add(row);
            }
            else if (string.CompareOrdinal(text, at, "...", 0, 3) == 0)
            {
                items.Add(PrintedGap.Instance);
                at += 3;
            }
            else if (Number(text, ref at) is { } number) { items.Add(number); }
            else { return null; }
        }
        return null;
    }

    static PrintedNumber? Number(string text, ref int at)
    {
        Match match = NumberAt().Match(text, at, Math.Min(64, text.Length - at));
        if (!match.Success || match.Index != at) { return null; }
        at += match.Length;
        string digits = match.Value;
        double value = digits switch
        {
            "nan" => double.NaN,
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            _ => double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture),
        };
        int exponentAt = digits.IndexOf('e', StringComparison.OrdinalIgnoreCase);
        int exponent = exponentAt < 0 || !double.IsFinite(value) ? 0
            : int.Parse(digits.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        int point = digits.IndexOf('.', StringComparison.Ordinal);
        int decimals = point < 0 ? 0 : (exponentAt < 0 ? digits.Length : exponentAt) - point - 1;
        return new(value, decimals - exponent);
    }

    [GeneratedRegex(@"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?|-?inf|nan", RegexOptions.CultureInvariant)]
    private static partial Regex NumberAt();

    [GeneratedRegex(@"(?<name>[A-Za-z_][A-Za-z0-9_.]{0,200})['""]?\)?[\s,:=|(-]*(?:Parameter containing:\s*)?(?:tensor|array)?\(?\s*\z",
        RegexOptions.CultureInvariant | RegexOptions.RightToLeft)]
    private static partial Regex NameAtEnd();
}

/// <summary>A number or a row of a printed tensor.</summary>
abstract record PrintedPart;

/// <summary>A number, and the place of its last digit.</summary>
/// <param name="Value">As it was printed.</param>
/// <param name="Decimals">Digits after the decimal point; fewer with a positive exponent.</param>
sealed record PrintedNumber(double Value, int Decimals) : PrintedPart
{
    /// <summary>Whether a value prints as this number: it is within half a unit of the last digit.</summary>
    public bool Fits(double value)
    {
        if (!double.IsFinite(value) || !double.IsFinite(Value)) { return value.Equals(Value); }
        double unit = Math.Pow(10, -Decimals);
        return Math.Abs(value - Value) <= (0.5 * unit) + (1e-6 * unit) + (Math.Abs(value) * 1e-15);
    }
}

/// <summary>Items that were left out.</summary>
sealed record PrintedGap : PrintedPart
{
    public static PrintedGap Instance { get; } = new();
}

/// <summary>A row of numbers, of rows, or with a gap.</summary>
/// <param name="Items">In order.</param>
sealed record PrintedRow(IReadOnlyList<PrintedPart> Items) : PrintedPart
{
    public bool HasNumbers => Items.Any(item => item is PrintedNumber || (item is PrintedRow row && row.HasNumbers));
}
