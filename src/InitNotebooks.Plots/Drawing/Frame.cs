namespace InitNotebooks;

/// <summary>Maps numbers to places in a picture; along a logarithmic axis the limits are exponents.</summary>
sealed record Frame(double Left, double Right, double Top, double Bottom, double XLow, double XHigh, double YLow, double YHigh,
    bool YDownwards, bool LogarithmicX, bool LogarithmicY)
{
    public static Frame Of(Figure figure, Margins margins)
    {
        (double Left, double Right, double Bottom, double Top)[] extents = [.. figure.Marks.Select(mark => mark.Extent)];
        double left = extents.Min(extent => extent.Left), right = extents.Max(extent => extent.Right);
        if (figure.LogarithmicX) { (left, right) = (Math.Log10(left), Math.Log10(right)); }
        (double low, double high) = figure.LogarithmicY ? Exponents(figure, extents.Max(extent => extent.Top))
            : Linear(figure, extents.Min(extent => extent.Bottom), extents.Max(extent => extent.Top));
        return new(margins.Left, Margins.Width - margins.Right, margins.Top, margins.Top + figure.Height, left, right, low, high,
            figure.YDownwards, figure.LogarithmicX, figure.LogarithmicY);
    }

    /// <summary>The pixel of a number, or of an exponent on a logarithmic axis.</summary>
    public double X(double value) => XHigh == XLow ? (Left + Right) / 2 : Left + (value - XLow) / (XHigh - XLow) * (Right - Left);

    /// <inheritdoc cref="X"/>
    public double Y(double value)
    {
        double share = (value - YLow) / (YHigh - YLow);
        return YDownwards ? Top + share * (Bottom - Top) : Bottom - share * (Bottom - Top);
    }

    public double XOf(double value) => X(LogarithmicX ? Math.Log10(value) : value);

    public double YOf(double value) => Y(LogarithmicY ? Math.Log10(value) : value);

    static (double, double) Exponents(Figure figure, double high)
    {
        double least = figure.Marks.OfType<LineMark>().SelectMany(line => line.Ys).Where(y => y > 0).DefaultIfEmpty(1).Min();
        return (Math.Floor(Math.Log10(least)), Math.Ceiling(Math.Log10(Math.Max(high, least * 10))));
    }

    static (double, double) Linear(Figure figure, double low, double high)
    {
        if (high - low == 0) { (low, high) = (low - 0.5, high + 0.5); }
        double margin = figure.Marks.Any(mark => mark is CellsMark or SpanMark or BitsMark) ? 0 : (high - low) * 0.05;
        bool grounded = figure.Marks.Any(mark => mark is BarMark) && low >= 0;
        return (grounded ? 0 : low - margin, high + margin);
    }
}
