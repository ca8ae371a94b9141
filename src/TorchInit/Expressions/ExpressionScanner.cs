namespace TorchInit.Syntax;

/// <summary>Cuts an expression into Python's words. Numbers and strings are delimited here and read by the parser.</summary>
static class ExpressionScanner
{
    public static List<ExpressionToken> Scan(string text)
    {
        List<ExpressionToken> tokens = [];
        int at = 0;
        while (true)
        {
            while (at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n') { at++; }
            ExpressionToken token = at == text.Length ? new(TokenKind.End, at, at) : Next(text, at);
            tokens.Add(token);
            if (token.Kind == TokenKind.End) { return tokens; }
            at = token.End;
        }
    }

    static ExpressionToken Next(string text, int at)
    {
        char letter = text[at];
        if (PythonName.IsStart(letter)) { return new(TokenKind.Name, at, EndOfName(text, at)); }
        if (char.IsAsciiDigit(letter) || (letter == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
        {
            return Number(text, at);
        }
        if (letter is '\'' or '"') { return new(TokenKind.String, at, EndOfString(text, at)); }
        if (char.IsControl(letter) || char.IsSurrogate(letter))
        {
            throw new TorchExpressionException(text, at, $"expected a word of an expression, found the character U+{(int)letter:X4}");
        }
        return new(TokenKind.Punctuation, at, at + 1);
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
        for (int at = start + 1; at < text.Length && text[at] != '\n'; at++)
        {
            if (text[at] == text[start]) { return at + 1; }
            if (text[at] == '\\') { at++; }
        }
        throw new TorchExpressionException(text, start, $"expected a closing {text[start]} on the same line, found a string without end");
    }
}
