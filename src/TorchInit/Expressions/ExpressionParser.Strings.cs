using System.Text;

namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    // Where the tokens of an f-string's values begin, by the token of the string and their place in it.
    readonly Dictionary<(int Token, int Start), int> _fields = [];

    /// <summary>A string, or several side by side, which Python joins.</summary>
    TorchString Strings()
    {
        string text = StringText();
        while (Current.Kind == TokenKind.String)
        {
            text += StringText();
            Spend(text.Length / 8, Current);
        }
        return new(text);
    }

    string StringText()
    {
        int index = _next;
        ExpressionToken token = Take();
        int letters = 0;
        while (PythonName.IsStart(_text[token.Start + letters])) { letters++; }
        string prefix = _text[token.Start..(token.Start + letters)].ToLowerInvariant();
        if (prefix.Contains('b', StringComparison.Ordinal)) { throw Error(token, "expected text, found bytes"); }
        int quotes = letters + (ExpressionScanner.IsTriple(_text, token.Start + letters) ? 3 : 1);
        int first = token.Start + quotes, end = token.End - (quotes - letters);
        bool isRaw = prefix.Contains('r', StringComparison.Ordinal);
        string text = prefix.Contains('f', StringComparison.Ordinal) ? Formatted(index, token, first, end, isRaw)
            : isRaw ? _text[first..end] : Unescaped(token, first, end);
        int lone = UnicodeText.LoneSurrogate(text);
        return lone < 0 ? text : throw Error(token, "expected Unicode text, found a lone surrogate in the string");
    }

    string Unescaped(ExpressionToken token, int first, int end)
    {
        ReadOnlySpan<char> inner = _text.AsSpan(first, end - first);
        return PythonString.TryUnescape(inner, out string text, out int wrongAt) ? text
            : throw Error(token with { Start = first + wrongAt }, @"expected one of the escapes \\ \' \"" \n \r \t \xhh, "
                + $"found '{inner[wrongAt..Math.Min(wrongAt + 2, inner.Length)]}'");
    }

    /// <summary>f'layer{i}': the text with its values.</summary>
    string Formatted(int index, ExpressionToken token, int first, int end, bool isRaw)
    {
        StringBuilder made = new();
        int literal = first;
        for (int at = first; at < end; at++)
        {
            if (_text[at] is not ('{' or '}')) { continue; }
            made.Append(isRaw ? _text[literal..at] : Unescaped(token, literal, at));
            if (at + 1 < end && _text[at + 1] == _text[at])
            {
                made.Append(_text[at++]);
                literal = at + 1;
                continue;
            }
            if (_text[at] == '}') { throw Error(token, "expected '{' before '}' in an f-string"); }
            at = Field(index, token, at + 1, end, made);
            literal = at + 1;
        }
        return made.Append(isRaw ? _text[literal..end] : Unescaped(token, literal, end)).ToString();
    }

    /// <summary>Appends one value of an f-string; the place of its closing brace.</summary>
    int Field(int index, ExpressionToken token, int start, int end, StringBuilder made)
    {
        int depth = 0, close = start;
        for (; close < end; close++)
        {
            char letter = _text[close];
            if (depth == 0 && (letter is '}' or ':' || (letter == '!' && _text[close + 1] != '='))) { break; }
            depth += letter is '(' or '[' or '{' ? 1 : letter is ')' or ']' or '}' ? -1 : 0;
        }
        int brace = close < end ? _text.IndexOf('}', close, end - close) : -1;
        if (brace < 0) { throw Error(token, "expected '}' after a value in an f-string"); }
        if (!_fields.TryGetValue((index, start), out int inner))
        {
            _fields[(index, start)] = inner = _tokens.Count;
            Spend(close / 64, token);
            _tokens.AddRange(ExpressionScanner.Scan(_text[..close], start: start));
        }
        int back = _next;
        _next = inner;
        Deeper();
        TorchValue value = Several();
        _nesting--;
        ExpectEnd();
        _next = back;
        string conversion = _text[close..brace];
        bool isRepr = conversion == "!r";
        string specification = isRepr ? "" : conversion.TrimStart(':');
        made.Append(InPython(token, () => isRepr ? value.ToString() : PythonFormat.Shown(value, conversion == "!s" ? "" : specification)));
        return brace;
    }
}
