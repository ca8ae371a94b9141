using System.Globalization;
using System.Numerics;

namespace TorchInit;

/// <summary>
/// A double as Python's format() writes it. .NET rounds the exact decimal expansion half away from zero, Python half to even: 0.03125 with
/// four digits is 0.0313 in .NET and 0.0312 in Python.
/// </summary>
static class PythonNumberText
{
    /// <summary><c>format(value, '.{digits}f')</c>.</summary>
    public static string Fixed(double value, int digits)
    {
        if (!double.IsFinite(value)) { return NotFinite(value); }
        string text = RoundHalfEven(Math.Abs(value), digits).ToString(CultureInfo.InvariantCulture).PadLeft(digits + 1, '0');
        return Sign(value) + (digits == 0 ? text : $"{text[..^digits]}.{text[^digits..]}");
    }

    /// <summary><c>format(value, '.{digits}e')</c>.</summary>
    public static string Scientific(double value, int digits)
    {
        if (!double.IsFinite(value)) { return NotFinite(value); }
        // .NET's own text gives the exponent; rounding up can only raise it by one.
        int exponent = value == 0 ? 0
            : int.Parse(value.ToString("E16", CultureInfo.InvariantCulture).Split('E')[1], CultureInfo.InvariantCulture);
        string text = RoundHalfEven(Math.Abs(value), digits - exponent).ToString(CultureInfo.InvariantCulture).PadLeft(digits + 1, '0');
        exponent += text.Length - (digits + 1);
        string fraction = digits == 0 ? "" : $".{text[1..(digits + 1)]}";
        return string.Create(CultureInfo.InvariantCulture,
            $"{Sign(value)}{text[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }

    /// <summary>value · 10^digits, ties to even.</summary>
    static BigInteger RoundHalfEven(double value, int digits)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int biased = (int)(bits >> 52);
        BigInteger numerator = bits & ((1L << 52) - 1) | (biased == 0 ? 0 : 1L << 52);
        BigInteger denominator = 1;
        int power = Math.Max(biased, 1) - 1075;                       // value = numerator · 2^power
        if (power >= 0) { numerator <<= power; } else { denominator <<= -power; }
        if (digits >= 0) { numerator *= BigInteger.Pow(10, digits); } else { denominator *= BigInteger.Pow(10, -digits); }
        (BigInteger quotient, BigInteger rest) = BigInteger.DivRem(numerator, denominator);
        int half = (rest << 1).CompareTo(denominator);
        return half > 0 || half == 0 && !quotient.IsEven ? quotient + 1 : quotient;
    }

    static string NotFinite(double value) => double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";

    static string Sign(double value) => double.IsNegative(value) ? "-" : "";
}
