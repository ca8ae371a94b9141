using System.Collections.Frozen;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace InitNotebooks.Engine;

/// <summary>
/// TeX formulas in a page's text as MathML, which browsers draw without a script or a network: fractions, roots, powers, indices, Greek
/// letters, names of functions. Unknown TeX stays as written.
/// </summary>
sealed partial class TexMath
{
    const int MostLetters = 2000;
    const int Deepest = 40;

    static readonly FrozenDictionary<string, string> s_symbols = Table("pm=± cdot=· times=× approx=≈ sim=∼ le=≤ leq=≤ ge=≥ geq=≥ ne=≠ "
        + "neq=≠ to=→ rightarrow=→ mapsto=↦ infty=∞ sum=∑ prod=∏ in=∈ lfloor=⌊ rfloor=⌋ oplus=⊕ bmod=mod ldots=… dots=… {={ }=} |=‖");

    static readonly FrozenDictionary<string, string> s_letters = Table("alpha=α beta=β gamma=γ delta=δ epsilon=ε varepsilon=ε mu=μ nu=ν "
        + "pi=π rho=ρ sigma=σ tau=τ theta=θ lambda=λ phi=φ varphi=φ Phi=Φ Delta=Δ Sigma=Σ ell=ℓ");

    static readonly FrozenSet<string> s_functions
        = "ln log exp sin cos tanh max min sup erf Var".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    // Their scripts stand below and above in a formula of its own, and beside them in a line of text, as in TeX.
    static readonly FrozenSet<string> s_withLimits = FrozenSet.ToFrozenSet(["<mo>∑</mo>", "<mo>∏</mo>"], StringComparer.Ordinal);

    readonly string _tex;
    int _at;

    TexMath(string tex) => _tex = tex;

    /// <summary>The page's text, with every formula that Markdown marked converted.</summary>
    public static string Drawn(string html) => Formula().Replace(html, match =>
    {
        string tex = WebUtility.HtmlDecode(match.Groups["tex"].Value).Trim();
        bool isBlock = match.Groups["alone"].Success || match.Groups["tag"].Value == "div";
        return MathMl(tex, isBlock) ?? $"<code>{WebUtility.HtmlEncode(tex)}</code>";
    });

    /// <summary>A formula as MathML; null if something in it is unknown.</summary>
    public static string? MathMl(string tex, bool isBlock)
    {
        if (tex.Length > MostLetters) { return null; }
        TexMath parser = new(tex);
        if (parser.Row(0) is not { } row || parser._at < tex.Length) { return null; }
        return $"<math{(isBlock ? " display=\"block\"" : "")}>{row}</math>";
    }

    static FrozenDictionary<string, string> Table(string pairs)
        => pairs.Split(' ').Select(pair => pair.Split('=', 2)).ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    static string Element(string name, string text) => $"<{name}>{WebUtility.HtmlEncode(text)}</{name}>";

    /// <summary>Reads up to a closing brace, \right or the end.</summary>
    string? Row(int depth)
    {
        if (depth > Deepest) { return null; }
        StringBuilder row = new();
        for (Skip(); _at < _tex.Length && _tex[_at] != '}' && !Begins(@"\right"); Skip())
        {
            if (Scripted(depth) is not { } item) { return null; }
            row.Append(item);
        }
        return $"<mrow>{row}</mrow>";
    }

    /// <summary>An item with its superscript and subscript.</summary>
    string? Scripted(int depth)
    {
        if (Atom(depth) is not { } item) { return null; }
        string? below = null, above = null;
        for (Skip(); _at < _tex.Length && _tex[_at] is '^' or '_'; Skip())
        {
            bool isAbove = _tex[_at++] == '^';
            Skip();
            if ((isAbove ? above : below) is not null || Atom(depth + 1) is not { } script) { return null; }
            (above, below) = isAbove ? (script, below) : (above, script);
        }
        return (below, above) switch
        {
            (null, null) => item,
            _ when s_withLimits.Contains(item)
                => $"<munderover>{item}{below ?? "<mrow></mrow>"}{above ?? "<mrow></mrow>"}</munderover>",
            (null, { }) => $"<msup>{item}{above}</msup>",
            ({ }, null) => $"<msub>{item}{below}</msub>",
            _ => $"<msubsup>{item}{below}{above}</msubsup>",
        };
    }

    string? Atom(int depth)
    {
        if (_at >= _tex.Length || depth > Deepest) { return null; }
        char letter = _tex[_at];
        if (letter == '{')
        {
            _at++;
            return Row(depth + 1) is { } group && Take('}') ? group : null;
        }
        if (letter == '\\') { return Command(depth); }
        if (char.IsAsciiDigit(letter))
        {
            Match number = Number().Match(_tex, _at);
            _at += number.Length;
            return Element("mn", number.Value);
        }
        _at++;
        if (letter is '(' or ')' or '[' or ']' or '|') { return $"<mo stretchy=\"false\">{letter}</mo>"; }       // those of \left stretch
        return letter is '^' or '_' or '}' or '&' or '#' or '%' or '$' ? null
            : Element(char.IsLetter(letter) ? "mi" : "mo", letter == '-' ? "−" : letter.ToString());
    }

    string? Command(int depth)
    {
        Match name = Name().Match(_tex, _at);
        if (!name.Success) { return null; }
        _at += name.Length;
        string command = name.Groups[1].Value;
        if (s_symbols.TryGetValue(command, out string? symbol)) { return Element("mo", symbol); }
        if (s_letters.TryGetValue(command, out string? letter)) { return Element("mi", letter); }
        if (s_functions.Contains(command)) { return Element("mi", command); }
        switch (command)
        {
            case "frac" or "tfrac" or "dfrac":
                return Argument(depth) is { } over && Argument(depth) is { } under ? $"<mfrac>{over}{under}</mfrac>" : null;
            case "sqrt": return Argument(depth) is { } radicand ? $"<msqrt>{radicand}</msqrt>" : null;
            // MathML drops a space at either end; TeX keeps it.
            case "text" or "mathrm" or "operatorname" or "mathtt": return Text() is { } text ? Element("mtext", Kept(text)) : null;
            case "mathcal" or "mathbb": return Text() is { } script ? Element("mi", script) : null;
            case "left":
                return Fence() is { } left && Row(depth + 1) is { } inside && Command(@"\right") && Fence() is { } right
                    ? $"<mrow>{left}{inside}{right}</mrow>" : null;
            case "," or ";" or ":" or " ": return "<mspace width=\"0.2em\"></mspace>";
            case "quad" or "qquad": return "<mspace width=\"1em\"></mspace>";
            default: return null;
        }
    }

    string? Argument(int depth)
    {
        Skip();
        return Atom(depth + 1);
    }

    string? Text()
    {
        Skip();
        int end = _at < _tex.Length && _tex[_at] == '{' ? _tex.IndexOf('}', _at) : -1;
        if (end < 0) { return null; }
        string text = _tex[(_at + 1)..end].Replace(@"\_", "_", StringComparison.Ordinal);
        _at = end + 1;
        return text.AsSpan().ContainsAny('{', '\\') ? null : text;
    }

    static string Kept(string text)
        => (text.StartsWith(' ') ? "\u00a0" : "") + text.Trim(' ') + (text.EndsWith(' ') ? "\u00a0" : "");

    string? Fence()
    {
        Skip();
        if (_at >= _tex.Length || !"()[]|.".Contains(_tex[_at], StringComparison.Ordinal)) { return null; }
        char fence = _tex[_at++];
        return fence == '.' ? "" : $"<mo stretchy=\"true\">{fence}</mo>";
    }

    bool Begins(string text) => _tex.AsSpan(_at).StartsWith(text, StringComparison.Ordinal);

    bool Command(string text)
    {
        if (!Begins(text)) { return false; }
        _at += text.Length;
        return true;
    }

    bool Take(char letter)
    {
        if (_at >= _tex.Length || _tex[_at] != letter) { return false; }
        _at++;
        return true;
    }

    void Skip()
    {
        while (_at < _tex.Length && char.IsWhiteSpace(_tex[_at])) { _at++; }
    }

    // A formula alone in its paragraph is a displayed one.
    [GeneratedRegex("""(?<alone><p>)?<(?<tag>span|div) class="math">\s*\\[(\[](?<tex>[^<]*?)\\[)\]]\s*</\k<tag>>(?(alone)</p>)""")]
    private static partial Regex Formula();

    [GeneratedRegex(@"\G[0-9]+(?:\.[0-9]+)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"\G\\([A-Za-z]+|[,;: {}|])")]
    private static partial Regex Name();
}
