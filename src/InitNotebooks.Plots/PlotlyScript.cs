namespace InitNotebooks;

/// <summary>plotly.js itself, to show once in a notebook or page: all later charts become interactive, even without a network.</summary>
public static class PlotlyScript
{
    /// <summary>A script of 1.5 MB: the compressed library, unpacked by the browser.</summary>
    public static string Html => $$"""
        <script>window.initNotebooksPlotly = window.initNotebooksPlotly || (async function () {
          const bytes = Uint8Array.from(atob('{{PlotlyLoader.CompressedScript()}}'), c => c.charCodeAt(0));
          const text = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
          const module = { exports: {} };
          new Function('module', 'exports', 'define', text)(module, module.exports, undefined);   // a page's require.js must not take it
          return module.exports.newPlot ? module.exports : window.Plotly;
        })();</script>
        """;
}
