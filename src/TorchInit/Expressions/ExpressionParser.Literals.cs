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

    TorchExpressionException NoNumber(ExpressionToken token)
        => Error(token, $"expected a number in Python's spelling, found '{Text(token)[..Math.Min(40, token.End - token.Start)]}'");
}
