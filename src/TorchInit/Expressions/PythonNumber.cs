using System.Globalization;
using System.Text.RegularExpressions;

namespace TorchInit.Syntax;

/// <summary>Python's number literals, without a sign.</summary>
static partial class PythonNumber
{
    /// <summary>Decimal or 0x, underscores between digits; null when the spelling is not Python's.</summary>
    /// <param name="literal">The characters.</param>
    /// <param name="tooLarge">True when the number exceeds 2⁶³, the largest magnitude that a sign can still make fit.</param>
    public static ulong? Integer(string literal, out bool tooLarge)
    {
        tooLarge = false;
        bool hexadecimal = literal.Length > 1 && literal[1] is 'x' or 'X';
        if (!(hexadecimal ? HexadecimalSpelling() : DecimalSpelling()).IsMatch(literal)) { return null; }
        uint radix = hexadecimal ? 16u : 10u;
        UInt128 value = 0;
        foreach (char letter in hexadecimal ? literal.AsSpan(2) : literal)
        {
            if (letter == '_') { continue; }
            value = (value * radix) + (uint)(char.IsAsciiDigit(letter) ? letter - '0' : (letter | 0x20) - 'a' + 10);
            if (value > 1UL << 63) { tooLarge = true; return 0; }
        }
        return (ulong)value;
    }

    /// <summary>With a point or an exponent, underscores between digits; null when the spelling is not Python's. Rounds once, to nearest
    /// even.</summary>
    public static double? Float(string literal)
        => FloatSpelling().IsMatch(literal)
            ? double.Parse(literal.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture) : null;

    // As in Python, a decimal integer other than 0 starts with no zero.
    [GeneratedRegex(@"^(?:0(?:_?0)*|[1-9](?:_?[0-9])*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex DecimalSpelling();

    [GeneratedRegex(@"^0[xX](?:_?[0-9a-fA-F])+\z", RegexOptions.CultureInvariant)]
    private static partial Regex HexadecimalSpelling();

    // Atomic groups: digits that were read are not tried again, or 64 Ki of them would take minutes.
    [GeneratedRegex(@"^(?=\.?[0-9])(?>(?:[0-9](?:_?[0-9])*)?)\.?(?>(?:[0-9](?:_?[0-9])*)?)(?:[eE][+-]?[0-9](?:_?[0-9])*)?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex FloatSpelling();
}
