using System.Globalization;

namespace TorchInit.Syntax;

/// <summary>A double as Python's <c>repr</c> writes it: the fewest digits that read back as the same double.</summary>
static class PythonFloat
{
    /// <summary>Python's nan; .NET's NaN has the sign bit set, which would show in a fill.</summary>
    public static readonly double NaN = BitConverter.UInt64BitsToDouble(0x7FF8000000000000);

    public static string Repr(double value)
    {
        if (double.IsNaN(value)) { return "nan"; }
        if (double.IsInfinity(value)) { return value > 0 ? "inf" : "-inf"; }
        string sign = double.IsNegative(value) ? "-" : "";
        (string digits, int point) = Digits(Math.Abs(value));
        // Python uses an exponent below 1e-4 and from 1e16; .NET's "R" has other limits.
        if (point is > 16 or <= -4)
        {
            string fraction = digits.Length > 1 ? $".{digits[1..]}" : "";
            return $"{sign}{digits[0]}{fraction}e{(point > 0 ? '+' : '-')}{Math.Abs(point - 1):00}";
        }
        if (point <= 0) { return $"{sign}0.{new string('0', -point)}{digits}"; }
        return point >= digits.Length ? $"{sign}{digits.PadRight(point, '0')}.0" : $"{sign}{digits[..point]}.{digits[point..]}";
    }

    /// <summary>0.digits · 10^point, without zeros at either end; "0" and 1 for zero.</summary>
    static (string Digits, int Point) Digits(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        // .NET 10's "R" of 2^-25 reads back as the next double below: below a power of two the gap is half as wide, which "R" ignores. 17
        // digits are always enough.
        if (double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) != value)
        {
            text = value.ToString("E16", CultureInfo.InvariantCulture);
        }
        int exponentAt = text.IndexOf('E', StringComparison.Ordinal);
        int exponent = exponentAt < 0 ? 0
            : int.Parse(text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string mantissa = exponentAt < 0 ? text : text[..exponentAt];
        int dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        int point = (dot < 0 ? mantissa.Length : dot) + exponent;
        string all = mantissa.Replace(".", "", StringComparison.Ordinal);
        string digits = all.TrimStart('0');
        point -= all.Length - digits.Length;
        digits = digits.TrimEnd('0');
        return digits.Length == 0 ? ("0", 1) : (digits, point);
    }

    /// <summary>Python's a // b for floats: computed from the exact remainder, not from the rounded quotient.</summary>
    public static double FloorDivide(double a, double b)
    {
        double remainder = a % b;
        double quotient = (a - remainder) / b;
        if (remainder != 0 && (b < 0) != (remainder < 0)) { quotient -= 1; }
        if (quotient == 0) { return Math.CopySign(0, a / b); }
        double floor = Math.Floor(quotient);
        return quotient - floor > 0.5 ? floor + 1 : floor;
    }
}
