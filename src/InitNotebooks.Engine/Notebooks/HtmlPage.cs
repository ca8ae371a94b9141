using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Markdig;

namespace InitNotebooks.Engine;

/// <summary>A notebook as one HTML page that needs no network: what charts need is in their own output.</summary>
static class HtmlPage
{
    static readonly MarkdownPipeline s_markdown = new MarkdownPipelineBuilder().UseAdvancedExtensions().Build();

    const string Style = """
        body { font: 16px/1.6 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1f2328; }
        pre { background: #f6f8fa; border-radius: 6px; padding: .8rem 1rem; overflow-x: auto; font: 13px/1.5 ui-monospace, monospace; }
        pre.output { background: none; border-left: 3px solid #d0d7de; border-radius: 0; }
        pre.error { border-left-color: #cf222e; color: #82071e; }
        table { border-collapse: collapse; } td, th { border: 1px solid #d0d7de; padding: .3rem .7rem; }
        code { font: 90% ui-monospace, monospace; } img, svg { max-width: 100%; }
        """;

    public static string Write(Notebook notebook, string title)
    {
        StringBuilder page = new();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>")
            .Append(WebUtility.HtmlEncode(title)).Append("</title>\n<style>\n").Append(Style).Append("\n</style>\n</head>\n<body>\n");
        foreach (NotebookCell cell in notebook.Cells)
        {
            if (!cell.IsCode) { page.Append(Markdown.ToHtml(cell.Source, s_markdown)); }
            else
            {
                page.Append("<pre><code>").Append(WebUtility.HtmlEncode(cell.Source)).Append("</code></pre>\n");
                foreach (JsonNode? output in cell.Outputs) { page.Append(Output(output!)).Append('\n'); }
            }
        }
        return page.Append("</body>\n</html>\n").ToString();
    }

    static string Output(JsonNode output) => output["output_type"]?.GetValue<string>() switch
    {
        "stream" => $"<pre class=\"output\">{WebUtility.HtmlEncode(Ipynb.Text(output["text"]))}</pre>",
        "error" => $"<pre class=\"output error\">{WebUtility.HtmlEncode(string.Join('\n', output["traceback"]!.AsArray().Select(line => line!.GetValue<string>())))}</pre>",
        _ when output["data"] is not JsonObject data => "",
        _ when output["data"]!["text/html"] is { } html => Ipynb.Text(html),
        _ when output["data"]!["image/svg+xml"] is { } svg => Ipynb.Text(svg),
        _ when output["data"]!["text/markdown"] is { } markdown => Markdown.ToHtml(Ipynb.Text(markdown), s_markdown),
        _ => $"<pre class=\"output\">{WebUtility.HtmlEncode(Ipynb.Text(output["data"]![MimeBundle.PlainText]))}</pre>",
    };
}
