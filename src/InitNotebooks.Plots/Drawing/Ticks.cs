using System.Globalization;

namespace InitNotebooks;

/// <summary>Round numbers along an axis, and how they are written.</summary>
static class Ticks
{
    /// <summary>Multiples of 1, 2 or 5 times a power of ten.</summary>
    public static IEnumerable<double> Of(double low, double high, int about = 6)
    {
        double span = high - low;
        if (!(span > 0)) { return [low]; }
        double power = Math.Pow(10, Math.Floor(Math.Log10(span / about)));
        double step = new[] { 1.0, 2, 5, 10 }.Select(factor => factor * power).First(each => span / each <= about);
        double first = Math.Ceiling(low / step);
        return Enumerable.Range(0, (int)(Math.Floor(high / step) - first) + 1).Select(at => (first + at) * step);
    }

    /// <summary>Whole exponents of a logarithmic axis from 10^low to 10^high, at most eight of them.</summary>
    public static IEnumerable<double> Exponents(double low, double high)
    {
        double step = Math.Max(1, Math.Ceiling((high - low) / 8));
        return Enumerable.Range((int)Math.Ceiling(low / step),
            Math.Max(1, (int)(Math.Floor(high / step) - Math.Ceiling(low / step)) + 1)).Select(at => at * step);
    }

    /// <summary>The places along an axis, and their labels.</summary>
    public static IEnumerable<(double At, string Text)> Written(double low, double high, bool logarithmic)
        => logarithmic ? Exponents(low, high).Select(exponent => (exponent, Power(exponent)))
            : Of(low, high).Select(tick => (tick, Number(tick)));

    /// <summary>10 to an exponent: 1 and 10 as numbers, others as 10⁻⁵.</summary>
    public static string Power(double exponent) => exponent switch
    {
        0 => "1",
        1 => "10",
        _ => "10" + string.Concat(exponent.ToString("0", CultureInfo.InvariantCulture).Select(Raised)),
    };

    /// <summary>−0.05, 1,000 or 2.5·10⁷: a number as written by hand.</summary>
    public static string Number(double value)
    {
        double size = Math.Abs(value);
        if (size is not 0 and (< 1e-4 or >= 1e7))
        {
            int exponent = (int)Math.Floor(Math.Log10(size));
            string factor = (value / Math.Pow(10, exponent)).ToString("0.###", CultureInfo.InvariantCulture);
            return Minus(factor == "1" ? Power(exponent) : $"{factor}·{Power(exponent)}");
        }
        return Minus(value.ToString(size >= 1000 ? "#,0.##" : "0.######", CultureInfo.InvariantCulture));
    }

    static string Minus(string text) => text.Replace('-', '−');

    static char Raised(char digit) => digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0'];
}
