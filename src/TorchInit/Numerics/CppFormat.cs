using System.Globalization;

namespace TorchInit;

/// <summary>Numbers as C++ streams print them; torch's error messages contain such text.</summary>
static class CppFormat
{
    const int Digits = 6;

    /// <summary><c>std::cout &lt;&lt; value</c>: C's <c>%g</c>, 6 significant digits, no trailing zeros, an exponent below 10⁻⁴ and from
    /// 10⁶.</summary>
    /// <param name="value">Any double; every NaN prints as "nan", whatever its sign (.NET's <see cref="double.NaN"/> has the sign bit set,
    /// Python's does not).</param>
    public static string General6(double value)
    {
        if (double.IsNaN(value)) { return "nan"; }
        string sign = double.IsNegative(value) ? "-" : "";
        if (double.IsInfinity(value)) { return sign + "inf"; }
        if (value == 0) { return sign + "0"; }

        (string digits, int exponent) = Round(Math.Abs(value));
        digits = digits.TrimEnd('0');
        if (exponent is < -4 or >= Digits)
        {
            string fraction = digits.Length > 1 ? "." + digits[1..] : "";
            return string.Create(CultureInfo.InvariantCulture,
                $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        }

        if (exponent < 0) { return sign + "0." + new string('0', -exponent - 1) + digits; }
        if (digits.Length <= exponent + 1) { return sign + digits.PadRight(exponent + 1, '0'); }
        return sign + digits[..(exponent + 1)] + "." + digits[(exponent + 1)..];
    }

    /// <summary>6 digits d₀d₁…d₅ and the exponent e of value ≈ d₀.d₁…d₅ · 10ᵉ, ties to even as C rounds; .NET's "E5" rounds ties
    /// away.</summary>
    static (string Digits, int Exponent) Round(double value)
    {
        string exact = value.ToString("E766", CultureInfo.InvariantCulture); // no double has more than 767 significant digits
        int mark = exact.IndexOf('E');
        int exponent = int.Parse(exact.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string all = string.Concat(exact.AsSpan(0, 1), exact.AsSpan(2, mark - 2));

        int head = int.Parse(all.AsSpan(0, Digits), NumberStyles.None, CultureInfo.InvariantCulture);
        ReadOnlySpan<char> rest = all.AsSpan(Digits);
        bool tie = rest[0] == '5' && rest[1..].TrimEnd('0').IsEmpty;
        if (tie ? (head & 1) != 0 : rest[0] >= '5') { head++; }
        if (head == 1_000_000) { (head, exponent) = (100_000, exponent + 1); }
        return (head.ToString(CultureInfo.InvariantCulture), exponent);
    }
}
