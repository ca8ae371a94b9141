namespace InitNotebooks;

/// <summary>One thing that a chart draws.</summary>
abstract record Mark(string Name)
{
    /// <summary>Smallest and largest x, y that it touches.</summary>
    public abstract (double Left, double Right, double Bottom, double Top) Extent { get; }
}

/// <summary>Bars that touch each other: a histogram.</summary>
sealed record BarMark(string Name, double[] Centers, double[] Heights, double Width) : Mark(Name)
{
    public override (double, double, double, double) Extent => (Centers[0] - Width / 2, Centers[^1] + Width / 2, Math.Min(0, Heights.Min()), Heights.Max());
}

/// <summary>A line, or points.</summary>
sealed record LineMark(string Name, double[] Xs, double[] Ys, bool Points = false, bool Dashed = false) : Mark(Name)
{
    public override (double, double, double, double) Extent
    {
        get
        {
            double[] finite = [.. Ys.Where(double.IsFinite)];
            return (Xs.Min(), Xs.Max(), finite.Length == 0 ? 0 : finite.Min(), finite.Length == 0 ? 1 : finite.Max());
        }
    }
}

/// <summary>A spread from its quantiles, at a place on the x axis.</summary>
sealed record SpreadMark(string Name, int Place, double[] Sample) : Mark(Name)
{
    public override (double, double, double, double) Extent => (Place - 0.5, Place + 0.5, Sample[0], Sample[^1]);
}

/// <summary>A table of colours, first row on top.</summary>
sealed record CellsMark(string Name, double[][] Rows, double Low, double High, bool Diverging) : Mark(Name)
{
    public override (double, double, double, double) Extent => (-0.5, Rows[0].Length - 0.5, -0.5, Rows.Length - 0.5);
}

/// <summary>Spans along the x axis, one lane each: what happens when.</summary>
sealed record SpanMark(string Name, int Lane, double From, double To, bool Faint) : Mark(Name)
{
    public override (double, double, double, double) Extent => (From, To, Lane - 0.5, Lane + 0.5);
}
