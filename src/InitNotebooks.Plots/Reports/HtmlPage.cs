using System.Net;

namespace InitNotebooks;

/// <summary>The page around a report: readable on a phone, and without a script.</summary>
static class HtmlPage
{
    /// <summary>Redraws each still picture with Plotly, as wide as its place.</summary>
    public const string Tail = """
        <script>window.initNotebooksPlotly.then(plotly => document.querySelectorAll('.chart').forEach(place => {
          const figure = JSON.parse(place.querySelector('script').textContent);
          if (place.clientWidth < 560) { figure.layout.title.font.size = 12; figure.layout.margin.r = 5; }
          if (matchMedia('(prefers-color-scheme: dark)').matches) { Object.assign(figure.layout, { paper_bgcolor: '#0d1117', plot_bgcolor: '#0d1117' }); figure.layout.font.color = '#e6edf3'; }
          place.innerHTML = '';
          plotly.newPlot(place, figure.data, figure.layout, { displayModeBar: false, responsive: true });
        }));</script>
        </main></body></html>
        """;

    /// <summary>The title, and links to the sections.</summary>
    public static string Head(string title, IEnumerable<string> sections) => $$"""
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{title}}</title><link rel="icon" href="data:,">
        <style>
          :root { color-scheme: light dark; --ink: #1f2328; --paper: #fff; --soft: #f6f8fa; --line: #d1d9e0; --dim: #59636e; --link: #0550ae; --good: #116329; --bad: #a40e26; }
          @media (prefers-color-scheme: dark) {
            :root { --ink: #e6edf3; --paper: #0d1117; --soft: #161b22; --line: #30363d; --dim: #9198a1; --link: #79c0ff; --good: #56d364; --bad: #ff7b72; }
            .chart .paper { fill: #0d1117; } .chart .ink { fill: #e6edf3; } .chart .grid { stroke: #30363d; } .chart .note { fill: #9198a1; }
          }
          body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); overflow-wrap: break-word; }
          main { max-width: 80rem; margin: 0 auto; padding: 1rem; }
          h1 { font-size: 1.6rem; margin: .5rem 0; } h3 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
          h2 { display: inline-block; font-size: 1.25rem; margin: 0 0 .3rem; scroll-margin-top: 3rem; }
          td:first-child { min-width: 6.5rem; }
          nav { position: sticky; top: 0; background: var(--paper); border-bottom: 1px solid var(--line); padding: .5rem 0; white-space: nowrap; overflow-x: auto; z-index: 1; font-size: .9rem; }
          nav a { margin-right: 1rem; color: var(--link); text-decoration: none; }
          p { max-width: 60rem; } code { font-size: .85em; background: var(--soft); padding: .1em .3em; border-radius: .2rem; }
          .good { color: var(--good); } p.good::before { content: "✔ "; } .bad { color: var(--bad); } p.bad::before { content: "✘ "; } p.open::before { content: "? "; }
          .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(10.75rem, 1fr)); gap: .75rem; margin: 1rem 0; }
          .tile { border: 1px solid var(--line); border-top: 4px solid var(--good); border-radius: .4rem; padding: .75rem; }
          .tile.bad { border-top-color: var(--bad); } .tile.dim { border-top-color: #8c959f; }
          .tile b { display: block; font-size: clamp(1rem, 5vw, 1.35rem); white-space: nowrap; line-height: 1.2; } .tile span { color: var(--dim); font-size: .85rem; }
          /* A shadow at the side where a table continues. */
          .table { overflow-x: auto; margin: .5rem 0; background: linear-gradient(to right, var(--paper) 30%, transparent) left / 3rem 100% no-repeat local,
            linear-gradient(to left, var(--paper) 30%, transparent) right / 3rem 100% no-repeat local, linear-gradient(to right, #8888, transparent) left / .7rem 100% no-repeat scroll,
            linear-gradient(to left, #8888, transparent) right / .7rem 100% no-repeat scroll; }
          table { border-collapse: collapse; font-size: .85rem; } th, td { border: 1px solid var(--line); padding: .25rem .5rem; text-align: left; vertical-align: top; }
          th { background: var(--soft); } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
          .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: .5rem; } .chart { max-width: 44rem; min-width: 0; }
          details { margin: .5rem 0; content-visibility: auto; } summary { cursor: pointer; margin: .5rem 0; color: var(--link); } details details { margin-left: 1rem; }
          .section { margin: 2.5rem 0 0; } .section > details { margin-left: 0; } .section > summary { color: var(--ink); margin: 0; border-bottom: 1px solid var(--line); }
        </style></head><body><main><h1>{{title}}</h1>
        <nav>{{string.Concat(sections.Select(section => $"<a href=\"#{Id(section)}\">{section}</a>"))}}</nav>

        """;

    /// <summary>A section that folds; a menu link finds its heading either way.</summary>
    public static string Section(string title, string content) => $"<details class=\"section\" open><summary><h2 id=\"{Id(title)}\">{title}"
        + $"</h2></summary>{content}</details>\n";

    public static string Chart(Chart chart)
        => $"<div class=\"chart\">{chart.Svg}<script "
            + $"type=\"application/json\">{chart.PlotlyJson.Replace("</", "<\\/", StringComparison.Ordinal)}</script></div>\n";

    /// <summary>Charts side by side where there is room.</summary>
    public static string Charts(IEnumerable<Chart> charts) => $"<div class=\"charts\">{string.Concat(charts.Select(Chart))}</div>";

    public static string Details(string title, string content)
        => $"<details><summary>{WebUtility.HtmlEncode(title)}</summary>{content}</details>\n";

    /// <summary>A number in large print; null if it is neither good nor bad.</summary>
    public static string Tile(string number, string what, bool? good)
        => $"<div class=\"tile{(good switch { true => "", false => " bad", null => " dim" })}\"><b>{WebUtility.HtmlEncode(number)}</b><span>{WebUtility.HtmlEncode(what)}</span></div>";

    static string Id(string title) => string.Concat(title.ToLowerInvariant().Where(char.IsAsciiLetterLower));
}
