using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Markdig;

namespace InitNotebooks.Engine;

/// <summary>A notebook as one HTML page that needs no network: charts bring what they need in their own output.</summary>
static class HtmlPage
{
    static readonly MarkdownPipeline s_markdown = new MarkdownPipelineBuilder().UseAdvancedExtensions().Build();

    // Allows inline styles, and images within the page; nothing else is loaded, sent or run.
    const string Policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src "
        + "'unsafe-inline'; base-uri 'none'; form-action 'none'\">";
    const string Safe = "No script runs in this page: scripts and outside content were left out. <code>torchinit notebook "
        + "convert --trust</code> keeps them.";
    const string Trusted = "This page runs the scripts of the notebook's outputs and text (<code>--trust</code>).";

    /// <summary>Writes the page.</summary>
    /// <param name="notebook">Any notebook.</param>
    /// <param name="name">The page's title, if the notebook has no heading.</param>
    /// <param name="trust">Whether HTML in outputs and text is written unchanged, scripts included.</param>
    public static string Write(Notebook notebook, string name, bool trust)
    {
        Heading[] headings = [.. Heading.Of(notebook)];
        string title = headings.Length > 0 ? headings[0].Text : name;
        StringBuilder page = new();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n").Append(trust ? "" : Policy + "\n");
        page.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
            .Append(WebUtility.HtmlEncode(title));
        page.Append("</title>\n<style>\n").Append(HtmlStyle.Css).Append("\n</style>\n</head>\n<body>\n");
        page.Append(Heading.Contents(headings)).Append("<main>\n");
        foreach ((int index, NotebookCell cell) in notebook.Cells.Index())
        {
            if (!cell.IsCode)
            {
                page.Append(Heading.Anchors(headings, index)).Append(Text(cell.Source, trust));
                continue;
            }
            page.Append("<div class=\"cell\"><div class=\"count\">").Append(Number("In", cell)).Append("</div>")
                .Append(CodeColours.Html(cell)).Append("</div>\n");
            foreach (JsonNode? output in cell.Outputs)
            {
                JsonObject shown = output as JsonObject ?? [];
                bool isResult = Ipynb.String(shown["output_type"]) == "execute_result";
                page.Append("<div class=\"cell\"><div class=\"count\">").Append(isResult ? Number("Out", cell) : "");
                page.Append("</div><div class=\"shown\">").Append(Output(shown, trust)).Append("</div></div>\n");
            }
        }
        return page.Append("</main>\n<p class=\"note\">").Append(trust ? Trusted : Safe).Append("</p>\n</body>\n</html>\n").ToString();
    }

    static string Text(string markdown, bool trust) => TexMath.Drawn(Filtered(Markdown.ToHtml(markdown, s_markdown), trust));

    static string Number(string what, NotebookCell cell) => cell.ExecutionCount is { } number ? $"{what} [{number}]:" : "";

    static string Output(JsonObject output, bool trust) => (Ipynb.String(output["output_type"]), output["data"] as JsonObject) switch
    {
        ("stream", _) => $"<pre class=\"output\">{WebUtility.HtmlEncode(Ipynb.Text(output["text"]))}</pre>",
        ("error", _) => $"<pre class=\"output error\">{WebUtility.HtmlEncode(Traceback(output))}</pre>",
        (_, null) => "",
        (_, { } data) when data["text/html"] is { } html => Filtered(Ipynb.Text(html), trust, data["image/svg+xml"]),
        (_, { } data) when data["image/svg+xml"] is { } svg => trust ? Ipynb.Text(svg) : Picture(svg),
        (_, { } data) when data["image/png"] is { } png => Picture("png", Ipynb.Text(png)),
        (_, { } data) when data["image/jpeg"] is { } jpeg => Picture("jpeg", Ipynb.Text(jpeg)),
        (_, { } data) when data["text/markdown"] is { } markdown => Text(Ipynb.Text(markdown), trust),
        (_, { } data) => $"<pre class=\"output\">{WebUtility.HtmlEncode(Ipynb.Text(data[MimeBundle.PlainText]))}</pre>",
    };

    static string Traceback(JsonObject output) => output["traceback"] is JsonArray lines ? string.Join('\n', lines.Select(Ipynb.Text))
        : Ipynb.Text(output["evalue"]);

    /// <summary>An image within the page; as an image, SVG runs and loads nothing.</summary>
    static string Picture(string type, string base64)
        => $"<img alt=\"\" src=\"data:image/{type};base64,{WebUtility.HtmlEncode(string.Concat(base64.Where(letter => !char.IsWhiteSpace(letter))))}\">";

    static string Picture(JsonNode svg) => Picture("svg+xml", Convert.ToBase64String(Encoding.UTF8.GetBytes(Ipynb.Text(svg))));

    /// <summary>The part of HTML that runs nothing. A chart that needs a script has a still picture beside it, which needs none and is
    /// shown instead.</summary>
    static string Filtered(string html, bool trust, JsonNode? still = null)
    {
        if (trust) { return html; }
        string clean = HtmlFilter.Clean(html, out bool removed);
        if (!removed) { return clean; }
        return still is not null ? Picture(still)
            : $"{clean}<p class=\"note\">A script, style or outside content of this part was left out.</p>";
    }
}
