namespace InitNotebooks;

/// <summary>One thing that a chart draws.</summary>
abstract record Mark(string Name)
{
    /// <summary>The smallest and largest x and y that it covers.</summary>
    public abstract (double Left, double Right, double Bottom, double Top) Extent { get; }
}

/// <summary>Bars that touch each other: a histogram.</summary>
sealed record BarMark(string Name, double[] Centers, double[] Heights, double Width) : Mark(Name)
{
    public override (double, double, double, double) Extent
        => (Centers[0] - Width / 2, Centers[^1] + Width / 2, Math.Min(0, Heights.Min()), Heights.Max());
}

/// <summary>The range of chance: a band of steps, one per bar.</summary>
sealed record BandMark(string Name, double[] Centers, double[] Lows, double[] Highs, double Width) : Mark(Name)
{
    public override (double, double, double, double) Extent => (Centers[0] - Width / 2, Centers[^1] + Width / 2, Lows.Min(), Highs.Max());

    /// <summary>Corners of the steps: along the tops to the right, back along the bottoms.</summary>
    public IEnumerable<(double X, double Y)> Corners
        => Centers.Zip(Highs).SelectMany(Step).Concat(Centers.Zip(Lows).SelectMany(Step).Reverse());

    (double, double)[] Step((double Center, double Y) at) => [(at.Center - Width / 2, at.Y), (at.Center + Width / 2, at.Y)];
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

/// <summary>A sample's spread from its quantiles, at a place on the x axis.</summary>
sealed record SpreadMark(string Name, int Place, double[] Sample) : Mark(Name)
{
    public override (double, double, double, double) Extent => (Place - 0.5, Place + 0.5, Sample[0], Sample[^1]);
}

/// <summary>A table of colours, first row on top, with a scale that explains them.</summary>
/// <param name="Name">What the colours measure.</param>
/// <param name="Rows">The cells' places on the colour scale.</param>
/// <param name="Low">The place of the first colour.</param>
/// <param name="High">The place of the last colour.</param>
/// <param name="Diverging">Whether the middle is white and both ends are saturated.</param>
sealed record CellsMark(string Name, double[][] Rows, double Low, double High, bool Diverging) : Mark(Name)
{
    public override (double, double, double, double) Extent => (-0.5, Rows[0].Length - 0.5, -0.5, Rows.Length - 0.5);

    /// <summary>The text in each cell; null if there are too many to read.</summary>
    public string[][]? Texts { get; init; }

    /// <summary>Places on the scale and what they mean.</summary>
    public required IReadOnlyList<(double At, string Text)> Scale { get; init; }

    public double Share(double place) => High > Low ? (place - Low) / (High - Low) : 0;
}

/// <summary>Fields of bits: a 1 is a filled square, a 0 a hollow circle.</summary>
sealed record BitsMark(string Name, IReadOnlyList<(string Name, string Digits)> Fields) : Mark(Name)
{
    /// <summary>The gap between two fields, in widths of a bit.</summary>
    public const double Gap = 0.8;

    public override (double, double, double, double) Extent => (-0.5, Digits.Max(digit => digit.Place) + 0.5, -1, 1);

    public IEnumerable<(double Place, char Digit, int Field)> Digits
    {
        get
        {
            double place = 0;
            foreach ((int index, (_, string digits)) in Fields.Index())
            {
                foreach (char digit in digits) { yield return (place++, digit, index); }
                place += Gap;
            }
        }
    }
}

/// <summary>Spans along the x axis, one lane each: what happens when.</summary>
sealed record SpanMark(string Name, int Lane, double From, double To, bool Faint) : Mark(Name)
{
    public override (double, double, double, double) Extent => (From, To, Lane - 0.5, Lane + 0.5);
}
