namespace InitNotebooks;

/// <summary>Round numbers along an axis: multiples of 1, 2 or 5 times a power of ten.</summary>
static class Ticks
{
    public static IEnumerable<double> Of(double low, double high, int about = 6)
    {
        double span = high - low;
        if (!(span > 0)) { return [low]; }
        double power = Math.Pow(10, Math.Floor(Math.Log10(span / about)));
        double step = new[] { 1.0, 2, 5, 10 }.Select(factor => factor * power).First(each => span / each <= about);
        double first = Math.Ceiling(low / step);
        return Enumerable.Range(0, (int)(Math.Floor(high / step) - first) + 1).Select(at => (first + at) * step);
    }
}
