namespace InitNotebooks;

/// <summary>The page around a report: readable on a phone, printed without a script.</summary>
static class HtmlPage
{
    /// <summary>Redraws each still picture as Plotly's own, as wide as its place.</summary>
    public const string Tail = """
        <script>window.initNotebooksPlotly.then(plotly => document.querySelectorAll('.chart').forEach(place => {
          const figure = JSON.parse(place.querySelector('script').textContent);
          const width = Math.min(place.clientWidth, figure.layout.width);
          figure.layout.height = Math.round(figure.layout.height * Math.max(0.75, width / figure.layout.width));
          figure.layout.width = width;
          if (width < 560) { figure.layout.legend = { orientation: 'h', y: -0.35 }; figure.layout.title.font.size = 12; figure.layout.margin.r = 10; }
          place.innerHTML = '';
          plotly.newPlot(place, figure.data, figure.layout, { displayModeBar: false });
        }));</script>
        </main></body></html>
        """;

    public static string Head(string title) => $$"""
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{title}}</title><link rel="icon" href="data:,">
        <style>
          body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: #1f2328; background: #fff; }
          main { max-width: 64rem; margin: 0 auto; padding: 1rem; }
          h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; border-bottom: 1px solid #d1d9e0; padding-bottom: .3rem; margin-top: 2rem; }
          .good { color: #116329; } .good::before { content: "✔ "; } .bad { color: #a40e26; } .bad::before { content: "✘ "; }
          .table { overflow-x: auto; } table { border-collapse: collapse; font-size: .85rem; } th, td { border: 1px solid #d1d9e0; padding: .25rem .5rem; text-align: left; vertical-align: top; }
          th { background: #f6f8fa; } .chart { max-width: 100%; overflow-x: auto; } .chart svg { max-width: 100%; height: auto; } summary { cursor: pointer; margin: .5rem 0; }
        </style></head><body><main><h1>{{title}}</h1>

        """;

    public static string Chart(Chart chart) => $"<div class=\"chart\">{chart.Svg}<script type=\"application/json\">{chart.PlotlyJson.Replace("</", "<\\/", StringComparison.Ordinal)}</script></div>\n";
}
