namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    /// <summary>Whether a text that begins with no name may be arithmetic with a call: <c>1 - rand(3)</c>.</summary>
    bool MayBeTensor() => (Current.Kind is TokenKind.Integer or TokenKind.Float || Is('-') || Is('('))
        && Enumerable.Range(1, _tokens.Count - 1).Any(at => _tokens[at].Kind == TokenKind.Name && IsAt(at + 1, '('));

    /// <summary>a + b − c, of tensors.</summary>
    TorchValue Sum() => Applied(Product(), Product, symbol => symbol is '+' or '-');

    /// <summary>a * b / c, of tensors.</summary>
    TorchValue Product() => Applied(Power(), Power, symbol => symbol is '*' or '/');

    /// <summary>From left to right, as long as one side is a tensor; an operator between others is left for whom it surprises.</summary>
    TorchValue Applied(TorchValue value, Func<TorchValue> operand, Predicate<char> isSymbol)
    {
        while (Current.Kind == TokenKind.Punctuation && isSymbol(_text[Current.Start]))
        {
            int before = _next;
            string symbol = Text(Take());
            if (TensorOperators.Of(symbol, value, operand()) is not { } result)
            {
                _next = before;
                break;
            }
            value = result;
        }
        return value;
    }

    /// <summary>a ** b, of a tensor; −a ** b is −(a ** b).</summary>
    TorchValue Power()
    {
        if (Is('-') && _tokens[_next + 1] is { Kind: TokenKind.Name } operand)
        {
            Take();
            return Power() switch
            {
                TorchFloat number => new TorchFloat(-number.Value),
                TorchCall tensor when TensorOperators.IsTensor(tensor) => TensorOperators.Negative(tensor),
                _ => throw Error(operand, $"expected a number after the sign, found {Shown(operand)}"),
            };
        }
        TorchValue value = Trailed();
        if (!Is('*') || !IsAt(_next + 1, '*')) { return value; }
        ExpressionToken symbol = Take();
        Take();
        return TensorOperators.Of("**", value, Trailed()) ?? throw Error(symbol, "expected a tensor before '**', found none");
    }

    /// <summary>A value with the methods that follow a tensor: <c>empty(3).exponential_(1.5)</c>.</summary>
    TorchValue Trailed()
    {
        TorchValue value = Atom();
        while (Is('.') && value is TorchCall tensor && TensorOperators.IsTensor(tensor))
        {
            Take();
            ExpressionToken token = Current;
            string name = token.Kind == TokenKind.Name ? Text(Take()) : throw Expected("a name after the '.'");
            value = Is('(') ? MethodCall(token, tensor, name)
                : TensorOperators.Member(tensor, name) ?? throw Expected($"(…) after {name}");
        }
        return value;
    }

    /// <summary>Dropout(0.5)(ones(6, 6)) is dropout(ones(6, 6), 0.5).</summary>
    TorchCall AppliedModule(string function, List<TorchValue> arguments, List<TorchKeyword> keywords)
    {
        Open('(');
        TorchValue input = Value();
        Close(')');
        return new TorchCall(function, [input, .. arguments], keywords);
    }

    TorchCall MethodCall(ExpressionToken start, TorchCall tensor, string name)
    {
        // A name that no function has: sqrt alone would be a number's.
        TorchCall call = Call(start, name == "sqrt" ? "sqrt_" : name);
        return TensorOperators.Method(tensor, name, call.Arguments, call.Keywords);
    }
}
