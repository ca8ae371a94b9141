namespace InitNotebooks;

using Properties = IReadOnlyList<(string Name, object Value)>;

/// <summary>A figure as Plotly's traces and layout.</summary>
static class PlotlyFigure
{
    public static string Json(Figure figure)
    {
        List<(string, Properties)> traces = [.. figure.Marks.Select((mark, index) => Trace(mark, Palette.Of(index)))];
        return PlotlyLoader.FigureJson(traces, Layout(figure));
    }

    static (string, Properties) Trace(Mark mark, string color) => mark switch
    {
        BarMark bars => ("bar", [("name", bars.Name), ("x", bars.Centers), ("y", bars.Heights), ("width", bars.Width), ("marker", new List<(string, object)> { ("color", color) }.AsReadOnly())]),
        LineMark { Points: true } points => ("scatter", [("name", points.Name), ("x", points.Xs), ("y", points.Ys), ("mode", "markers"), ("marker", List(("color", color), ("size", 4)))]),
        LineMark line => ("scatter", [("name", line.Name), .. Where(line.Name.Length == 0, "showlegend", false), ("x", line.Xs), ("y", line.Ys), ("mode", "lines"), ("line", List(("color", color), ("width", 2), ("dash", line.Dashed ? "dash" : "solid")))]),
        SpreadMark spread => ("violin", [("name", spread.Name), ("y", spread.Sample), ("x0", spread.Name), ("meanline", List(("visible", true))), ("points", false), ("spanmode", "hard"), ("line", List(("color", color))), ("showlegend", false)]),
        CellsMark cells => ("heatmap", [("name", cells.Name), ("z", cells.Rows), ("zmin", cells.Low), ("zmax", cells.High), ("colorscale", cells.Diverging ? "RdBu" : "Blues"), ("reversescale", !cells.Diverging)]),
        SpanMark span => ("bar", [("name", span.Name), ("orientation", "h"), ("base", new[] { span.From }), ("x", new[] { span.To - span.From }), ("y", new[] { span.Lane }), ("width", 0.8),
            ("marker", List(("color", Palette.Of(0)), ("opacity", span.Faint ? 0.35 : 1))), ("showlegend", false)]),
        _ => throw new NotSupportedException($"{mark.GetType().Name} has no trace."),
    };

    static Properties Layout(Figure figure) =>
    [
        ("title", List(("text", figure.Title), ("font", List(("size", 16))))),
        ("xaxis", List([.. Axis(figure.X, figure.Marks is [SpreadMark, ..] ? null : figure.XNames)])),
        ("yaxis", List([.. Axis(figure.Y, figure.YNames), .. Where(figure.LogarithmicY, "type", "log"), .. Where(figure.YDownwards, "autorange", "reversed")])),
        ("width", Svg.Width), ("height", figure.Height), ("template", "none"), ("bargap", 0), ("barmode", "overlay"), ("plot_bgcolor", "#ffffff"),
        ("font", List(("family", "system-ui, sans-serif"), ("color", "#1f2328"))),
        ("margin", List(("l", 70), ("r", 30), ("t", 50), ("b", 60))),
        ("showlegend", figure.Marks.Count(mark => mark is LineMark or BarMark) > 1),
    ];

    /// <summary>Names are labels of numbers: two that are equal stay two.</summary>
    static IEnumerable<(string, object)> Axis(string title, IReadOnlyList<string>? names)
    {
        IEnumerable<(string, object)> axis = [("title", List(("text", title))), ("zeroline", false), ("automargin", true)];
        return names is null ? axis : axis.Concat([("tickmode", "array"), ("tickvals", Enumerable.Range(0, names.Count).ToArray()), ("ticktext", names.ToArray())]);
    }

    static IEnumerable<(string, object)> Where(bool condition, string name, object value) => condition ? [(name, value)] : [];

    static (string Name, object Value)[] List(params (string Name, object Value)[] properties) => properties;
}
