using System.Net;

namespace InitNotebooks;

/// <summary>The page around a report: readable on a phone, and without a script.</summary>
static class HtmlPage
{
    /// <summary>Redraws each still picture as Plotly's own, as wide as its place.</summary>
    public const string Tail = """
        <script>window.initNotebooksPlotly.then(plotly => document.querySelectorAll('.chart').forEach(place => {
          const figure = JSON.parse(place.querySelector('script').textContent);
          const width = Math.min(place.clientWidth, figure.layout.width);
          figure.layout.height = Math.round(figure.layout.height * Math.max(0.75, width / figure.layout.width));
          figure.layout.width = width;
          if (width < 620) { figure.layout.legend = { orientation: 'h', y: -0.3 }; figure.layout.title.font.size = 13; figure.layout.margin.r = 10; figure.layout.margin.t = 40; }
          place.innerHTML = '';
          plotly.newPlot(place, figure.data, figure.layout, { displayModeBar: false });
        }));</script>
        </main></body></html>
        """;

    /// <summary>The title, and links to the sections.</summary>
    public static string Head(string title, IEnumerable<string> sections) => $$"""
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{title}}</title><link rel="icon" href="data:,">
        <style>
          body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: #1f2328; background: #fff; }
          main { max-width: 80rem; margin: 0 auto; padding: 1rem; }
          h1 { font-size: 1.6rem; margin: .5rem 0; } h2 { font-size: 1.25rem; border-bottom: 1px solid #d1d9e0; padding-bottom: .3rem; margin-top: 2.5rem; scroll-margin-top: 3rem; } h3 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
          nav { position: sticky; top: 0; background: #fffffff0; border-bottom: 1px solid #d1d9e0; padding: .5rem 0; white-space: nowrap; overflow-x: auto; z-index: 1; font-size: .9rem; } nav a { margin-right: 1rem; color: #214aa0; text-decoration: none; }
          p { max-width: 60rem; } code { font-size: .85em; background: #f6f8fa; padding: .1em .3em; border-radius: .2rem; }
          .good { color: #116329; } p.good::before { content: "✔ "; } .bad { color: #a40e26; } p.bad::before { content: "✘ "; } p.open::before { content: "? "; }
          .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .75rem; margin: 1rem 0; }
          .tile { border: 1px solid #d1d9e0; border-top: 4px solid #116329; border-radius: .4rem; padding: .75rem 1rem; } .tile.bad { border-top-color: #a40e26; } .tile.dim { border-top-color: #8c959f; }
          .tile b { display: block; font-size: 1.5rem; line-height: 1.2; } .tile span { color: #59636e; font-size: .85rem; }
          .table { overflow-x: auto; margin: .5rem 0; } table { border-collapse: collapse; font-size: .85rem; } th, td { border: 1px solid #d1d9e0; padding: .25rem .5rem; text-align: left; vertical-align: top; }
          th { background: #f6f8fa; } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
          .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: .5rem; } .chart { max-width: 100%; overflow-x: auto; min-width: 0; } .chart svg { max-width: 100%; height: auto; }
          details { margin: .5rem 0; content-visibility: auto; } summary { cursor: pointer; margin: .5rem 0; color: #214aa0; } details details { margin-left: 1rem; }
        </style></head><body><main><h1>{{title}}</h1>
        <nav>{{string.Concat(sections.Select(section => $"<a href=\"#{Id(section)}\">{section}</a>"))}}</nav>

        """;

    public static string Section(string title, string content) => $"<section><h2 id=\"{Id(title)}\">{title}</h2>{content}</section>\n";

    public static string Chart(Chart chart) => $"<div class=\"chart\">{chart.Svg}<script type=\"application/json\">{chart.PlotlyJson.Replace("</", "<\\/", StringComparison.Ordinal)}</script></div>\n";

    /// <summary>Side by side where there is room.</summary>
    public static string Charts(IEnumerable<Chart> charts) => $"<div class=\"charts\">{string.Concat(charts.Select(Chart))}</div>";

    public static string Details(string title, string content) => $"<details><summary>{WebUtility.HtmlEncode(title)}</summary>{content}</details>\n";

    /// <summary>A number in large print; null where it is neither good nor bad.</summary>
    public static string Tile(string number, string what, bool? good) => $"<div class=\"tile{(good switch { true => "", false => " bad", null => " dim" })}\"><b>{WebUtility.HtmlEncode(number)}</b><span>{WebUtility.HtmlEncode(what)}</span></div>";

    static string Id(string title) => string.Concat(title.ToLowerInvariant().Where(char.IsAsciiLetterLower));
}
