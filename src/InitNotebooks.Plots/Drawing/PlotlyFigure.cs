namespace InitNotebooks;

using Properties = IReadOnlyList<(string Name, object Value)>;

/// <summary>A figure as Plotly's traces and layout. No width is set: it takes its place's.</summary>
static class PlotlyFigure
{
    public static string Json(Figure figure)
    {
        List<(string, Properties)> traces = [.. figure.Marks.Index().SelectMany(mark => Traces(mark.Item, Stroke.Of(mark.Item, mark.Index)))];
        return PlotlyLoader.FigureJson(traces, Layout(figure));
    }

    static IEnumerable<(string, Properties)> Traces(Mark mark, Stroke stroke) => mark switch
    {
        BarMark bars => [("bar", [("name", bars.Name), ("x", bars.Centers), ("y", bars.Heights), ("width", bars.Width), ("marker", List(("color", stroke.Color), ("opacity", 0.8)))])],
        BandMark band => [("scatter", [.. Line(band.Name, [.. band.Corners.Select(corner => corner.X)], [.. band.Corners.Select(corner => corner.Y)], stroke with { PlotlyDash = "solid" }, width: 0),
            ("fill", "toself"), ("fillcolor", "rgba(87, 96, 106, 0.3)"), ("hoverinfo", "skip")])],
        LineMark { Points: true } points => [("scatter", [("name", points.Name), ("x", points.Xs), ("y", points.Ys), ("mode", "markers"), ("marker", List(("color", stroke.Color), ("size", 4)))])],
        LineMark line => [("scatter", Line(line.Name, line.Xs, line.Ys, stroke, width: 2))],
        SpreadMark spread => [("violin", [("name", spread.Name), ("y", spread.Sample), ("x0", spread.Name), ("meanline", List(("visible", true))), ("points", false), ("spanmode", "hard"),
            ("line", List(("color", stroke.Color))), ("showlegend", false)])],
        CellsMark cells => [("heatmap", Cells(cells))],
        BitsMark bits => bits.Digits.GroupBy(digit => (digit.Field, digit.Digit)).Select(group => Bits(bits, group.Key.Field, group.Key.Digit, [.. group.Select(digit => digit.Place)])),
        SpanMark span => [("bar", [("name", span.Name), ("orientation", "h"), ("base", new[] { span.From }), ("x", new[] { span.To - span.From }), ("y", new[] { span.Lane }), ("width", 0.8),
            ("marker", List(("color", Palette.Of(0)), ("opacity", span.Faint ? 0.3 : 1))), ("showlegend", false)])],
        _ => throw new NotSupportedException($"{mark.GetType().Name} has no trace."),
    };

    static Properties Line(string name, double[] xs, double[] ys, Stroke stroke, int width)
        => [("name", name), .. Where(name.Length == 0, "showlegend", false), ("x", xs), ("y", ys), ("mode", "lines"), ("line", List(("color", stroke.Color), ("width", width), ("dash", stroke.PlotlyDash)))];

    static Properties Cells(CellsMark cells) =>
    [
        ("name", cells.Name), ("z", cells.Rows), ("zmin", cells.Low), ("zmax", cells.High), ("colorscale", Palette.PlotlyScale(cells.Diverging)),
        .. cells.Texts is { } texts ? [("text", texts), ("texttemplate", "%{text}"), ("hoverinfo", "x+y+text")] : Where(false, "", ""),
        ("colorbar", List(("title", List(("text", cells.Name))), ("tickmode", "array"), ("tickvals", cells.Scale.Select(tick => tick.At).ToArray()), ("ticktext", cells.Scale.Select(tick => tick.Text).ToArray()))),
    ];

    static (string, Properties) Bits(BitsMark bits, int field, char digit, double[] places) => ("scatter",
    [
        ("name", bits.Fields[field].Name), ("x", places), ("y", new double[places.Length]), ("mode", "markers+text"), ("text", places.Select(_ => $"{digit}").ToArray()), ("showlegend", false),
        ("textfont", List(("color", digit == '1' ? Palette.Paper : Palette.Ink))),
        ("marker", List(("symbol", digit == '1' ? "square" : "circle-open"), ("size", 15), ("color", Palette.Of(field)))),
    ]);

    static Properties Layout(Figure figure) =>
    [
        ("title", List(("text", Title(figure)), ("font", List(("size", 15))), ("x", 0.02))),
        ("xaxis", List([.. figure.Marks is [BitsMark bits] ? Fields(bits) : Axis(figure.X, figure.Marks is [SpreadMark, ..] ? null : figure.XNames), .. Logarithmic(figure.LogarithmicX)])),
        ("yaxis", List([.. Axis(figure.Y, figure.YNames), .. Logarithmic(figure.LogarithmicY), .. Where(figure.YDownwards, "autorange", "reversed"), .. Where(figure.Marks is [BitsMark], "visible", false)])),
        ("height", (int)(figure.Height + Margins.Of(figure).Top + Margins.Of(figure).Bottom + Margins.Of(figure).Legend + 20)), ("template", "none"), ("bargap", 0), ("barmode", "overlay"),
        ("plot_bgcolor", Palette.Paper), ("paper_bgcolor", Palette.Paper), ("font", List(("family", "system-ui, sans-serif"), ("color", Palette.Ink))),
        ("margin", List(("l", 60), ("r", 20), ("t", 60), ("b", 50))),
        ("legend", List(("orientation", "h"), ("yanchor", "top"), ("y", -0.2))), ("showlegend", figure.Legend.Count > 0),
    ];

    static string Title(Figure figure) => figure.Note.Length == 0 ? Svg.Text(figure.Title) : $"{Svg.Text(figure.Title)}<br><sub>{Svg.Text(figure.Note)}</sub>";

    /// <summary>Names are labels of numbers: two that are equal stay two.</summary>
    static IEnumerable<(string, object)> Axis(string title, IReadOnlyList<string>? names)
    {
        IEnumerable<(string, object)> axis = [("title", List(("text", title))), ("zeroline", false), ("automargin", true), ("gridcolor", Palette.Grid)];
        return names is null ? axis : axis.Concat(Labels([.. Enumerable.Range(0, names.Count).Select(at => (double)at)], [.. names]));
    }

    /// <summary>Under each field of bits its name.</summary>
    static IEnumerable<(string, object)> Fields(BitsMark bits)
        => Axis("", null).Append(("showgrid", false)).Concat(Labels([.. bits.Digits.GroupBy(digit => digit.Field).Select(field => field.Average(digit => digit.Place))], [.. bits.Fields.Select(field => field.Name)]));

    static (string, object)[] Labels(double[] places, string[] texts) => [("tickmode", "array"), ("tickvals", places), ("ticktext", texts)];

    static IEnumerable<(string, object)> Logarithmic(bool isLogarithmic) => isLogarithmic ? [("type", "log"), ("exponentformat", "power")] : [];

    static IEnumerable<(string, object)> Where(bool condition, string name, object value) => condition ? [(name, value)] : [];

    static (string Name, object Value)[] List(params (string Name, object Value)[] properties) => properties;
}
