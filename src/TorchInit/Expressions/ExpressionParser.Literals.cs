namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    TorchValue Number()
    {
        ExpressionToken token = Take();
        if (token.Kind == TokenKind.Float)
        {
            return new TorchFloat(PythonNumber.Float(Text(token)) ?? throw NoNumber(token));
        }
        System.Numerics.BigInteger number = PythonNumber.Integer(Text(token), out bool tooLarge) ?? throw NoNumber(token);
        return !tooLarge ? PythonArithmetic.Of(number)
            : throw Error(token, $"expected an integer from {long.MinValue} to {long.MaxValue}, found {Shown(token)}");
    }

    string StringText()
    {
        ExpressionToken token = Take();
        int quotes = ExpressionScanner.IsTriple(_text, token.Start) ? 3 : 1;
        ReadOnlySpan<char> inner = _text.AsSpan(token.Start + quotes, token.End - token.Start - (2 * quotes));
        if (!PythonString.TryUnescape(inner, out string text, out int wrongAt))
        {
            throw Error(token with { Start = token.Start + quotes + wrongAt },
                $@"expected one of the escapes \\ \' \"" \n \r \t \xhh, found '{inner[wrongAt..Math.Min(wrongAt + 2, inner.Length)]}'");
        }
        int lone = UnicodeText.LoneSurrogate(text);
        return lone < 0 ? text : throw Error(token, "expected Unicode text, found a lone surrogate in the string");
    }

    TorchExpressionException NoNumber(ExpressionToken token)
        => Error(token, $"expected a number in Python's spelling, found '{Text(token)[..Math.Min(40, token.End - token.Start)]}'");
}
