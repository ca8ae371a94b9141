namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    static readonly TorchFloat s_infinity = new(double.PositiveInfinity);
    static readonly TorchFloat s_notANumber = new(PythonFloat.NaN);

    TorchValue Number(bool negative)
    {
        ExpressionToken token = Take();
        if (token.Kind == TokenKind.Float)
        {
            double value = PythonNumber.Float(Text(token)) ?? throw NoNumber(token);
            return new TorchFloat(negative ? -value : value);
        }
        ulong magnitude = PythonNumber.Integer(Text(token), out bool tooLarge) ?? throw NoNumber(token);
        if (tooLarge || (magnitude > long.MaxValue && !negative))       // 2⁶³ itself has room with a minus only
        {
            throw Error(token,
                $"expected an integer from {long.MinValue} to {long.MaxValue}, found {(negative ? "minus " : "")}{Shown(token)}");
        }
        return new TorchInt(negative ? unchecked(-(long)magnitude) : (long)magnitude);
    }

    TorchValue SignedNumber()
    {
        bool negative = Text(Take()) == "-";
        if (Current.Kind is TokenKind.Integer or TokenKind.Float) { return Number(negative); }
        ExpressionToken token = Current;
        return token.Kind == TokenKind.Name && NameOrCall() is TorchFloat number ? new TorchFloat(negative ? -number.Value : number.Value)
            : throw Error(token, $"expected a number after the sign, found {Shown(token)}");
    }

    string StringText()
    {
        ExpressionToken token = Take();
        ReadOnlySpan<char> inner = _text.AsSpan(token.Start + 1, token.End - token.Start - 2);
        if (!PythonString.TryUnescape(inner, out string text, out int wrongAt))
        {
            throw Error(token with { Start = token.Start + 1 + wrongAt },
                $@"expected one of the escapes \\ \' \"" \n \r \t \xhh, found '{inner[wrongAt..Math.Min(wrongAt + 2, inner.Length)]}'");
        }
        int lone = UnicodeText.LoneSurrogate(text);
        return lone < 0 ? text : throw Error(token, "expected Unicode text, found a lone surrogate in the string");
    }

    /// <summary>The number of <c>float('inf')</c>, <c>sqrt(5)</c>, <c>math.sqrt(5)</c>; the name is read already.</summary>
    TorchFloat NumberFunction(string name)
    {
        Open('(');
        ExpressionToken token = Current;
        double value;
        if (name == "float")
        {
            string text = token.Kind == TokenKind.String ? StringText() : throw Expected("'inf', '-inf' or 'nan' as a string");
            value = text switch
            {
                "inf" or "+inf" => double.PositiveInfinity,
                "-inf" => double.NegativeInfinity,
                "nan" => PythonFloat.NaN,
                _ => throw Error(token, $"expected 'inf', '-inf' or 'nan' as a string, found {Shown(token)}"),
            };
        }
        else
        {
            double operand = Value() switch
            {
                TorchInt number => number.Value,
                TorchFloat number => number.Value,
                _ => throw Error(token, $"expected a number, found {Shown(token)}"),
            };
            value = operand < 0 ? throw Error(token, "expected a number of 0 or more under the root, found a negative one")
                : Math.Sqrt(operand);
        }
        Close(')');
        return new TorchFloat(value);
    }

    TorchExpressionException NoNumber(ExpressionToken token)
        => Error(token, $"expected a number in Python's spelling, found '{Text(token)[..Math.Min(40, token.End - token.Start)]}'");
}
