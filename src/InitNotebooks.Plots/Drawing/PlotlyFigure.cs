namespace InitNotebooks;

using Properties = IReadOnlyList<(string Name, object Value)>;

/// <summary>A figure as Plotly's traces and layout. No width is set: it fills its place.</summary>
static class PlotlyFigure
{
    public static string Json(Figure figure)
    {
        IEnumerable<(string, Properties)> traces = figure.Marks.Index()
            .SelectMany(mark => Traces(mark.Item, Stroke.Of(mark.Item, mark.Index)));
        return PlotlyLoader.FigureJson([.. traces], Layout(figure));
    }

    static IEnumerable<(string, Properties)> Traces(Mark mark, Stroke stroke) => mark switch
    {
        BarMark bars => [("bar", Bars(bars, stroke))],
        BandMark band => [("scatter", Band(band, stroke))],
        LineMark { Points: true } points => [("scatter", Points(points, stroke))],
        LineMark line => [("scatter", Line(line.Name, line.Xs, line.Ys, stroke, width: 2))],
        SpreadMark spread => [("violin", Spread(spread, stroke))],
        CellsMark cells => [("heatmap", Cells(cells))],
        BitsMark bits
            => bits.Digits.GroupBy(digit => (digit.Field, digit.Digit))
                .Select(group => Bits(bits, group.Key.Field, group.Key.Digit, [.. group.Select(digit => digit.Place)])),
        SpanMark span => [("bar", Span(span))],
        _ => throw new NotSupportedException($"{mark.GetType().Name} has no trace."),
    };

    static Properties Bars(BarMark bars, Stroke stroke)
        => [("name", bars.Name), ("x", bars.Centers), ("y", bars.Heights), ("width", bars.Width),
            ("marker", List(("color", stroke.Color), ("opacity", 0.8)))];

    static Properties Band(BandMark band, Stroke stroke)
    {
        double[] xs = [.. band.Corners.Select(corner => corner.X)], ys = [.. band.Corners.Select(corner => corner.Y)];
        return [.. Line(band.Name, xs, ys, stroke with { PlotlyDash = "solid" }, width: 0), ("fill", "toself"),
            ("fillcolor", "rgba(87, 96, 106, 0.3)"), ("hoverinfo", "skip")];
    }

    static Properties Points(LineMark points, Stroke stroke)
        => [("name", points.Name), ("x", points.Xs), ("y", points.Ys), ("mode", "markers"),
            ("marker", List(("color", stroke.Color), ("size", 4)))];

    static Properties Spread(SpreadMark spread, Stroke stroke) =>
    [
        ("name", spread.Name), ("y", spread.Sample), ("x0", spread.Name), ("meanline", List(("visible", true))), ("points", false),
        ("spanmode", "hard"), ("line", List(("color", stroke.Color))), ("showlegend", false),
    ];

    static Properties Span(SpanMark span) =>
    [
        ("name", span.Name), ("orientation", "h"), ("base", new[] { span.From }), ("x", new[] { span.To - span.From }),
            ("y", new[] { span.Lane }),
        ("width", 0.8), ("marker", List(("color", Palette.Of(0)), ("opacity", span.Faint ? 0.3 : 1))), ("showlegend", false),
    ];

    static Properties Line(string name, double[] xs, double[] ys, Stroke stroke, int width)
        => [("name", name), .. Where(name.Length == 0, "showlegend", false), ("x", xs), ("y", ys), ("mode", "lines"),
            ("line", List(("color", stroke.Color), ("width", width), ("dash", stroke.PlotlyDash)))];

    static Properties Cells(CellsMark cells) =>
    [
        ("name", cells.Name), ("z", cells.Rows), ("zmin", cells.Low), ("zmax", cells.High),
            ("colorscale", Palette.PlotlyScale(cells.Diverging)),
        .. cells.Texts is { } texts ? [("text", texts), ("texttemplate", "%{text}"), ("hoverinfo", "x+y+text")] : Where(false, "", ""),
        ("colorbar", ColorBar(cells)),
    ];

    static (string, object)[] ColorBar(CellsMark cells)
        => [("title", List(("text", cells.Name))),
            .. Labels([.. cells.Scale.Select(tick => tick.At)], [.. cells.Scale.Select(tick => tick.Text)])];

    static (string, Properties) Bits(BitsMark bits, int field, char digit, double[] places) => ("scatter",
    [
        ("name", bits.Fields[field].Name), ("x", places), ("y", new double[places.Length]), ("mode", "markers+text"), ("showlegend", false),
        ("text", places.Select(_ => $"{digit}").ToArray()), ("textfont", List(("color", digit == '1' ? Palette.Paper : Palette.Ink))),
        ("marker", List(("symbol", digit == '1' ? "square" : "circle-open"), ("size", 15), ("color", Palette.Of(field)))),
    ]);

    static Properties Layout(Figure figure)
    {
        Margins margins = Margins.Of(figure);
        return
        [
            ("title", List(("text", Title(figure)), ("font", List(("size", 15))), ("x", 0.02))),
            ("xaxis", XAxis(figure)), ("yaxis", YAxis(figure)),
            ("height", (int)(figure.Height + margins.Top + margins.Bottom + margins.Legend + 20)),
            ("margin", List(("l", 60), ("r", 20), ("t", 60), ("b", 50))),
            ("template", "none"), ("bargap", 0), ("barmode", "overlay"), ("plot_bgcolor", Palette.Paper), ("paper_bgcolor", Palette.Paper),
            ("font", List(("family", "system-ui, sans-serif"), ("color", Palette.Ink))),
            ("legend", List(("orientation", "h"), ("yanchor", "top"), ("y", -0.2))), ("showlegend", figure.Legend.Count > 0),
        ];
    }

    static string Title(Figure figure)
        => figure.Note.Length == 0 ? Svg.Text(figure.Title) : $"{Svg.Text(figure.Title)}<br><sub>{Svg.Text(figure.Note)}</sub>";

    static (string, object)[] XAxis(Figure figure) => figure.Marks switch
    {
        [BitsMark bits] => [.. Axis("", null), ("showgrid", false), .. Fields(bits)],
        [SpreadMark, ..] => [.. Axis(figure.X, null)],
        _ => [.. Axis(figure.X, figure.XNames), .. Logarithmic(figure.LogarithmicX)],
    };

    static (string, object)[] YAxis(Figure figure) =>
    [
        .. Axis(figure.Y, figure.YNames), .. Logarithmic(figure.LogarithmicY),
        .. Where(figure.YDownwards, "autorange", "reversed"), .. Where(figure.Marks is [BitsMark], "visible", false),
    ];

    /// <summary>Names are labels on numbers, so two equal names stay separate.</summary>
    static (string, object)[] Axis(string title, IReadOnlyList<string>? names) =>
    [
        ("title", List(("text", title))), ("zeroline", false), ("automargin", true), ("gridcolor", Palette.Grid),
        .. names is null ? [] : Labels([.. Enumerable.Range(0, names.Count).Select(at => (double)at)], [.. names]),
    ];

    /// <summary>Puts its name under each field of bits.</summary>
    static (string, object)[] Fields(BitsMark bits)
    {
        double[] places = [.. bits.Digits.GroupBy(digit => digit.Field).Select(field => field.Average(digit => digit.Place))];
        return Labels(places, [.. bits.Fields.Select(field => field.Name)]);
    }

    static (string, object)[] Labels(double[] places, string[] texts) => [("tickmode", "array"), ("tickvals", places), ("ticktext", texts)];

    static (string, object)[] Logarithmic(bool isLogarithmic) => isLogarithmic ? [("type", "log"), ("exponentformat", "power")] : [];

    static (string, object)[] Where(bool condition, string name, object value) => condition ? [(name, value)] : [];

    static (string Name, object Value)[] List(params (string Name, object Value)[] properties) => properties;
}
