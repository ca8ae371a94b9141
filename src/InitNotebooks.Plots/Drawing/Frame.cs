namespace InitNotebooks;

/// <summary>Where numbers lie in a picture.</summary>
sealed record Frame(double Left, double Right, double Top, double Bottom, double XLow, double XHigh, double YLow, double YHigh, bool YDownwards, bool LogarithmicY)
{
    public static Frame Of(Figure figure, double left, double right, double top, double bottom)
    {
        (double Left, double Right, double Bottom, double Top)[] extents = [.. figure.Marks.Select(mark => mark.Extent)];
        double low = extents.Min(extent => extent.Bottom), high = extents.Max(extent => extent.Top);
        if (figure.LogarithmicY)
        {
            double least = figure.Marks.OfType<LineMark>().SelectMany(line => line.Ys).Where(y => y > 0).DefaultIfEmpty(1).Min();
            (low, high) = (Math.Floor(Math.Log10(least)), Math.Ceiling(Math.Log10(Math.Max(high, least * 10))));
        }
        bool exact = figure.Marks.Any(mark => mark is CellsMark or SpanMark);
        double margin = exact || figure.LogarithmicY ? 0 : (high - low) * 0.05;
        if (high - low == 0) { (low, high) = (low - 0.5, high + 0.5); }
        bool grounded = figure.Marks.Any(mark => mark is BarMark) && low >= 0;
        double nameRoom = figure.YNames is null ? 0 : 90;
        return new(left + nameRoom, right, top, bottom, extents.Min(extent => extent.Left), extents.Max(extent => extent.Right), grounded ? 0 : low - margin, high + margin, figure.YDownwards, figure.LogarithmicY);
    }

    public double X(double value) => XHigh == XLow ? (Left + Right) / 2 : Left + (value - XLow) / (XHigh - XLow) * (Right - Left);

    /// <summary>For a logarithmic axis the exponent.</summary>
    public double Y(double value)
    {
        double share = (value - YLow) / (YHigh - YLow);
        return YDownwards ? Top + share * (Bottom - Top) : Bottom - share * (Bottom - Top);
    }

    public double YOf(double value) => Y(LogarithmicY ? Math.Log10(value) : value);
}
