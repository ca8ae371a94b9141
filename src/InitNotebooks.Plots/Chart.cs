using System.Security.Cryptography;
using System.Text;

namespace InitNotebooks;

/// <summary>A picture in four forms: Plotly's JSON, HTML, SVG and text. The same input gives the same bytes.</summary>
[TypeFormatterSource(typeof(ChartFormatters),
    PreferredMimeTypes = ["application/vnd.plotly.v1+json", "text/html", "image/svg+xml", "text/plain"])]
public sealed class Chart
{
    readonly Figure _figure;
    readonly Lazy<string> _plotly;
    readonly Lazy<string> _svg;

    internal Chart(Figure figure)
    {
        _figure = figure;
        _plotly = new(() => PlotlyFigure.Json(_figure));
        _svg = new(() => InitNotebooks.Svg.Draw(_figure));
    }

    /// <summary>{"data": […], "layout": {…}}, which VS Code and JupyterLab draw themselves.</summary>
    public string PlotlyJson => _plotly.Value;

    /// <summary>A still picture.</summary>
    public string Svg => _svg.Value;

    /// <summary>The still picture, which becomes an interactive one if plotly.js is loaded (<see cref="PlotlyScript"/>). No network is
    /// used.</summary>
    public string Html
    {
        get
        {
            if (_figure.Marks is [BitsMark]) { return Svg; }     // nothing to zoom into
            string id = "chart-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(PlotlyJson)))[..12];
            return $$"""
                <div class="{{id}}">{{Svg}}</div>
                <script>(window.initNotebooksPlotly || (window.Plotly ? Promise.resolve(window.Plotly) : new Promise(function () { }))).then(function (plotly) {
                  document.querySelectorAll('.{{id}}').forEach(function (place) {
                    const figure = {{PlotlyJson.Replace("</", "<\\/", StringComparison.Ordinal)}};
                    figure.config = { responsive: true, displayModeBar: false };
                    if (place.clientWidth < 560) { figure.layout.title.font.size = 11; }
                    place.innerHTML = '';
                    plotly.newPlot(place, figure);
                  });
                });</script>
                """;
        }
    }

    /// <summary>The title and a summary of the picture.</summary>
    public override string ToString() => $"{_figure.Title}\n{_figure.Summary}";
}
