using System.Collections.Frozen;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace InitNotebooks.Engine;

/// <summary>
/// Removes from HTML whatever could run, load or cover the page: only the elements and attributes below are written, rebuilt from their
/// parts, and all other text as text. Anything unknown is left out, so that a parser's surprises have nothing to work with.
/// </summary>
public static partial class HtmlFilter
{
    static readonly FrozenSet<string> s_elements = Set(
        "a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i "
            + "img input ins kbd label li mark ol p pre q s samp section small " +
        "span strike strong sub summary sup table tbody td tfoot th thead tr tt u ul var wbr");

    // Of pictures; here, unlike in HTML, <rect/> is a whole element.
    static readonly FrozenSet<string> s_drawing = Set(
        "svg g path rect circle ellipse line polyline polygon text tspan title desc defs lineargradient radialgradient stop clippath");

    // Their content is code or another document's, not text.
    static readonly FrozenSet<string> s_dropped = Set("script style iframe object embed applet template noscript noembed noframes math "
        + "xmp plaintext textarea select frameset");

    // Only their tags are left out; they load, send, move or navigate.
    static readonly FrozenSet<string> s_loading = Set("link meta base form button video audio source track use foreignobject animate "
        + "animatetransform animatemotion set image marquee");
    static readonly FrozenSet<string> s_empty = Set("br col hr img input wbr");

    // SVG names with capitals are in small letters here; HTML's parser restores them.
    static readonly FrozenSet<string> s_attributes = Set(
        "align alt cellpadding cellspacing checked class cols colspan dir disabled headers height lang open rows rowspan scope span "
            + "start title valign value width " +
        "viewbox preserveaspectratio d x y x1 y1 x2 y2 cx cy r rx ry dx dy points transform fill fill-opacity fill-rule stroke "
            + "stroke-width stroke-opacity stroke-dasharray stroke-linecap stroke-linejoin " +
        "opacity offset stop-color stop-opacity text-anchor dominant-baseline font-size font-family font-weight role aria-label "
            + "aria-hidden");

    static readonly FrozenSet<string> s_styles = Set("text-align vertical-align color background-color font-weight font-style "
        + "font-family font-size opacity white-space width max-width height max-height border border-collapse text-decoration overflow-x");

    /// <summary>The harmless part of <paramref name="html"/>.</summary>
    /// <param name="html">An untrusted piece of a page.</param>
    /// <param name="removed">Whether anything that runs or loads was left out.</param>
    public static string Clean(string html, out bool removed)
    {
        StringBuilder clean = new(html.Length);
        List<string> open = [];
        removed = false;
        for (int at = 0; at < html.Length;)
        {
            int next = html.IndexOf('<', at);
            clean.Append(Escape(WebUtility.HtmlDecode(next < 0 ? html[at..] : html[at..next])));
            if (next < 0) { break; }
            at = Markup(html, next, clean, open, ref removed);
        }
        for (int depth = open.Count - 1; depth >= 0; depth--) { clean.Append("</").Append(open[depth]).Append('>'); }
        return clean.ToString();
    }

    static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Reads a tag, a comment, or a &lt; that is text.</summary>
    /// <returns>Where the text continues.</returns>
    static int Markup(string html, int at, StringBuilder clean, List<string> open, ref bool removed)
    {
        if (html.AsSpan(at).StartsWith("<!--", StringComparison.Ordinal)) { return After(html, "-->", at + 4); }
        if (at + 1 < html.Length && html[at + 1] is '!' or '?') { return After(html, ">", at + 1); }
        Match tag = Tag().Match(html, at);
        if (!tag.Success)
        {
            clean.Append("&lt;");
            return at + 1;
        }
        string name = tag.Groups["name"].Value.ToLowerInvariant();
        int end = at + tag.Length;
        bool isEnd = tag.Groups["end"].Length > 0;
        if (s_dropped.Contains(name))
        {
            removed = true;
            if (isEnd) { return end; }
            int close = html.IndexOf($"</{name}", end, StringComparison.OrdinalIgnoreCase);
            return close < 0 ? html.Length : After(html, ">", close);
        }
        if (!s_elements.Contains(name) && !s_drawing.Contains(name)) { removed |= s_loading.Contains(name); }
        else if (isEnd) { Close(name, clean, open); }
        else { Open(name, tag, clean, open, ref removed); }
        return end;
    }

    static int After(string html, string mark, int from) => html.IndexOf(mark, from, StringComparison.Ordinal) is var found and >= 0
        ? found + mark.Length : html.Length;

    /// <summary>Closes an open element, and those inside it that were not closed; no closing tag reaches beyond the piece of
    /// HTML.</summary>
    static void Close(string name, StringBuilder clean, List<string> open)
    {
        int depth = open.LastIndexOf(name);
        if (depth < 0) { return; }
        for (int inner = open.Count - 1; inner >= depth; inner--) { clean.Append("</").Append(open[inner]).Append('>'); }
        open.RemoveRange(depth, open.Count - depth);
    }

    static void Open(string name, Match tag, StringBuilder clean, List<string> open, ref bool removed)
    {
        clean.Append('<').Append(name);
        string attributes = tag.Groups["attributes"].Value;
        int read = 0;
        foreach (Match attribute in Attribute().Matches(attributes))
        {
            read = attribute.Index + attribute.Length;
            string key = attribute.Groups["name"].Value.ToLowerInvariant();
            string value = WebUtility.HtmlDecode(attribute.Groups["value"].Value);
            if (Allowed(name, key, value) is { } kept) { clean.Append(' ').Append(key).Append("=\"").Append(Escape(kept)).Append('"'); }
            else
            {
                removed |= key.StartsWith("on", StringComparison.Ordinal)
                    || key is "href" or "src" or "srcset" or "xlink:href" or "style" or "action" or "formaction";
            }
        }
        if (name == "input") { clean.Append(" type=\"checkbox\" disabled=\"\""); }           // a task list's
        clean.Append('>');
        // A slash at the end of a value without quotes is the value's.
        if (s_drawing.Contains(name) && tag.ValueSpan.EndsWith("/>") && attributes.AsSpan(read).Contains('/'))
        {
            clean.Append("</").Append(name).Append('>');
            return;
        }
        // Depth is bounded: a browser's own is 512.
        if (!s_empty.Contains(name) && open.Count < 256) { open.Add(name); }
    }

    /// <summary>The part of an attribute's value that may stay; null for none.</summary>
    static string? Allowed(string element, string name, string value) => (element, name) switch
    {
        ("a", "href") => Link().IsMatch(value) ? value : null,
        ("img", "src") => Image().IsMatch(value) ? value : null,
        (_, "style") => Styles(value),
        (_, "id") => Name().IsMatch(value) ? value : null,
        _ => s_attributes.Contains(name) && !value.Contains("url(", StringComparison.OrdinalIgnoreCase) ? value : null,
    };

    static string? Styles(string value)
    {
        string[] kept = [.. value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(style => Style().Match(style) is { Success: true } match
                && s_styles.Contains(match.Groups["name"].Value.ToLowerInvariant()))];
        return kept.Length > 0 ? string.Join("; ", kept) : null;
    }

    [GeneratedRegex("""\G<(?<end>/?)(?<name>[A-Za-z][A-Za-z0-9:-]{0,40})(?<attributes>(?>[\s/]+(?>[^\s"'<>/=]+(?>\s*=\s*(?>"[^"]*"|'[^']*'|[^\s"'<>=`]+))?)?)*)\s*/?>""")]
    private static partial Regex Tag();

    [GeneratedRegex("""(?<name>[^\s"'<>/=]+)(?:\s*=\s*(?:"(?<value>[^"]*)"|'(?<value>[^']*)'|(?<value>[^\s"'<>=`]+)))?""")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"^(https?:|mailto:|#|[\w./-]*([?#]|\z))", RegexOptions.IgnoreCase)]
    private static partial Regex Link();

    [GeneratedRegex(@"^data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*\z", RegexOptions.IgnoreCase)]
    private static partial Regex Image();

    [GeneratedRegex(@"^[\w.:-]{1,100}\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"^(?<name>[A-Za-z-]+)\s*:\s*[\w#%.,\s""'-]+\z")]
    private static partial Regex Style();
}
