using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace TorchInit.Syntax;

/// <summary>Python's number literals, without a sign.</summary>
static partial class PythonNumber
{
    // More digits than PythonArithmetic.MostBits can need in decimal; longer literals are not read.
    const int MostDigits = 1300;

    /// <summary>Decimal, 0x, 0o or 0b, underscores between digits; null if it is not Python's syntax.</summary>
    /// <param name="literal">The characters.</param>
    /// <param name="tooLarge">True if the number has more bits than any intermediate result may have.</param>
    public static BigInteger? Integer(string literal, out bool tooLarge)
    {
        tooLarge = false;
        uint radix = (literal.Length > 1 ? literal[1] : ' ') switch { 'x' or 'X' => 16, 'o' or 'O' => 8, 'b' or 'B' => 2, _ => 10 };
        Regex spelling = radix switch { 16 => Hexadecimal(), 8 => Octal(), 2 => Binary(), _ => DecimalSpelling() };
        if (!spelling.IsMatch(literal)) { return null; }
        string digits = (radix == 10 ? literal : literal[2..]).Replace("_", "", StringComparison.Ordinal).TrimStart('0');
        tooLarge = digits.Length > (radix == 10 ? MostDigits : PythonArithmetic.MostBits);
        if (tooLarge) { return BigInteger.Zero; }
        BigInteger value = BigInteger.Zero;
        if (radix == 10) { value = digits.Length == 0 ? value : BigInteger.Parse(digits, CultureInfo.InvariantCulture); }
        else
        {
            foreach (char letter in digits)
            {
                value = (value * radix) + (char.IsAsciiDigit(letter) ? letter - '0' : (letter | 0x20) - 'a' + 10);
            }
        }
        tooLarge = value.GetBitLength() > PythonArithmetic.MostBits;
        return value;
    }

    /// <summary>With a point or an exponent, underscores between digits; null if it is not Python's syntax. Rounds once, to nearest
    /// even.</summary>
    public static double? Float(string literal)
        => FloatSpelling().IsMatch(literal)
            ? double.Parse(literal.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture) : null;

    // As in Python, a decimal integer other than 0 does not start with a zero.
    [GeneratedRegex(@"^(?:0(?:_?0)*|[1-9](?:_?[0-9])*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex DecimalSpelling();

    [GeneratedRegex(@"^0[xX](?:_?[0-9a-fA-F])+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"^0[oO](?:_?[0-7])+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Octal();

    [GeneratedRegex(@"^0[bB](?:_?[01])+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Binary();

    // Atomic groups prevent backtracking over digits, which would take minutes for 64 Ki of them.
    [GeneratedRegex(@"^(?=\.?[0-9])(?>(?:[0-9](?:_?[0-9])*)?)\.?(?>(?:[0-9](?:_?[0-9])*)?)(?:[eE][+-]?[0-9](?:_?[0-9])*)?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex FloatSpelling();
}
