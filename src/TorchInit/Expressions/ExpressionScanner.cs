namespace TorchInit.Syntax;

/// <summary>Splits an expression into Python's tokens. Numbers and strings are delimited here and read by the parser.</summary>
static class ExpressionScanner
{
    /// <summary>The tokens of a text; for statements also the line ends outside brackets.</summary>
    /// <param name="text">The text.</param>
    /// <param name="statements">Whether line ends outside brackets count.</param>
    /// <param name="start">Where to begin.</param>
    public static List<ExpressionToken> Scan(string text, bool statements = false, int start = 0)
    {
        List<ExpressionToken> tokens = [];
        int depth = 0;
        int at = start;
        while (true)
        {
            at = AfterSpace(text, at, statements && depth == 0);
            ExpressionToken token = at == text.Length ? new(TokenKind.End, at, at)
                : text[at] == '\n' || (text[at] == ';' && statements) ? new(TokenKind.Line, at, at + 1) : Next(text, at);
            tokens.Add(token);
            if (token.Kind == TokenKind.End) { return tokens; }
            at = token.End;
            if (token.Kind == TokenKind.Punctuation)
            {
                depth += text[token.Start] is '(' or '[' or '{' ? 1 : text[token.Start] is ')' or ']' or '}' ? -1 : 0;
            }
        }
    }

    /// <summary>The position after spaces and comments; a line end counts as space if it ends no statement, or after a backslash.</summary>
    static int AfterSpace(string text, int at, bool linesCount)
    {
        while (at < text.Length)
        {
            if (text[at] is ' ' or '\t' or '\r' or '\f' or '\uFEFF' or '\u00A0' || (text[at] == '\n' && !linesCount)) { at++; }
            else if (text[at] == '#')
            {
                at = text.IndexOf('\n', at) is var end and >= 0 ? end : text.Length;
            }
            else if (text[at] == '\\' && text.AsSpan(at + 1).TrimStart('\r').StartsWith("\n"))
            {
                at = text.IndexOf('\n', at) + 1;
            }
            else { return at; }
        }
        return at;
    }

    /// <summary>Whether a text is more than one expression: several lines outside brackets, or an assignment.</summary>
    public static bool HasStatements(string text)
    {
        if (text.Length > TorchExpression.MaxLength) { return false; }
        List<ExpressionToken> tokens = Scan(text, statements: true);
        int depth = 0;
        bool ended = false;
        bool begun = false;
        foreach (ExpressionToken token in tokens)
        {
            char letter = token.Kind == TokenKind.Punctuation ? text[token.Start] : ' ';
            depth += letter is '(' or '[' or '{' ? 1 : letter is ')' or ']' or '}' ? -1 : 0;
            if ((letter == '=' && token.End == token.Start + 1 && depth == 0)
                || (token.Kind is not (TokenKind.Line or TokenKind.End) && ended)) { return true; }
            ended |= begun && token.Kind == TokenKind.Line;
            begun |= token.Kind is not (TokenKind.Line or TokenKind.End);
        }
        return false;
    }

    /// <summary>Whether a string starts with three quotes.</summary>
    public static bool IsTriple(string text, int start)
        => start + 5 < text.Length && text[start + 1] == text[start] && text[start + 2] == text[start];

    static ExpressionToken Next(string text, int at)
    {
        char letter = text[at];
        if (PythonName.IsStart(letter))
        {
            int end = EndOfName(text, at);
            bool isPrefix = end - at <= 2 && end < text.Length && text[end] is '\'' or '"'
                && text[at..end].ToLowerInvariant() is "f" or "r" or "b" or "u" or "rf" or "fr" or "rb" or "br";
            return isPrefix ? new(TokenKind.String, at, EndOfString(text, end)) : new(TokenKind.Name, at, end);
        }
        if (char.IsAsciiDigit(letter) || (letter == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
        {
            return Number(text, at);
        }
        if (letter is '\'' or '"') { return new(TokenKind.String, at, EndOfString(text, at)); }
        if (char.IsControl(letter) || char.IsSurrogate(letter))
        {
            throw new TorchExpressionException(text, at, $"expected part of an expression, found the character U+{(int)letter:X4}");
        }
        char next = at + 1 < text.Length ? text[at + 1] : ' ';
        bool isDouble = (letter is '*' or '/' or '<' or '>' && next == letter) || (letter is '=' or '!' or '<' or '>' && next == '=');
        return new(TokenKind.Punctuation, at, at + (isDouble ? 2 : 1));
    }

    static int EndOfName(string text, int at)
    {
        while (at < text.Length && PythonName.IsPart(text[at])) { at++; }
        return at;
    }

    static ExpressionToken Number(string text, int start)
    {
        bool hexadecimal = text[start] == '0' && start + 1 < text.Length && text[start + 1] is 'x' or 'X';
        bool isFloat = false;
        int at = start;
        for (; at < text.Length; at++)
        {
            char letter = text[at];
            bool point = letter == '.' && !hexadecimal;
            // A sign belongs to the number only after the e of its exponent.
            bool sign = letter is '+' or '-' && !hexadecimal && at > start && text[at - 1] is 'e' or 'E';
            if (!point && !sign && !PythonName.IsPart(letter)) { break; }
            isFloat |= point || (!hexadecimal && letter is 'e' or 'E');
        }
        return new(isFloat ? TokenKind.Float : TokenKind.Integer, start, at);
    }

    static int EndOfString(string text, int start)
    {
        if (IsTriple(text, start))
        {
            int end = text.IndexOf(new string(text[start], 3), start + 3, StringComparison.Ordinal);
            return end >= 0 ? end + 3
                : throw new TorchExpressionException(text, start, "expected three closing quotes, found a string without end");
        }
        for (int at = start + 1; at < text.Length && text[at] != '\n'; at++)
        {
            if (text[at] == text[start]) { return at + 1; }
            if (text[at] == '\\') { at++; }
        }
        throw new TorchExpressionException(text, start, $"expected a closing {text[start]} on the same line, found a string without end");
    }
}
