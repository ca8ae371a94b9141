namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    readonly Dictionary<TorchCall, ProgramClass> _instances = new(ReferenceEqualityComparer.Instance);

    // Whether a function has returned: the rest of its lines does not run.
    bool _hasReturned;

    bool _isInFunction;

    TorchValue? _returned;

    /// <summary>return, which ends a function; outside of one it is skipped.</summary>
    void Return()
    {
        int first = _next;
        if (!_isInFunction)
        {
            SkipLine();
            CheckSkipped(first + 1, "return");
            return;
        }
        Take();
        if (!IsLineEnd(_next))
        {
            _returned = Several();
            Make(_returned);
        }
        _hasReturned = true;
    }

    /// <summary>The lines of a function, up to its return.</summary>
    void Body(int indent)
    {
        bool outer = _isInFunction;
        _isInFunction = true;
        Suite(indent, run: true);
        (_isInFunction, _hasReturned) = (outer, false);
    }

    /// <summary>Reads the arguments of a function or method of the text, and runs it.</summary>
    TorchValue Called(ProgramFunction function, string name, ExpressionToken start, TorchValue? self)
    {
        (string outer, string callee) = (_where, _callee);
        Open('(');
        (List<TorchValue> arguments, List<TorchKeyword> keywords) = Arguments(name);
        Close(')');
        (_where, _callee) = (outer, callee);
        return Run(function, name, start, self is null || function.IsStatic ? arguments : [self, .. arguments], keywords);
    }

    /// <summary>Runs a function of the text: what it returns, or None.</summary>
    TorchValue Run(ProgramFunction function, string name, ExpressionToken start, IReadOnlyList<TorchValue> arguments,
        IReadOnlyList<TorchKeyword> keywords)
    {
        Make(new TorchTuple([.. arguments, .. keywords.Select(keyword => keyword.Value)]));
        (int back, PythonScope outer, string where, TorchValue? returned) = (_next, _scope, _where, _returned);
        PythonScope inner = new(Global()) { Caller = outer, Class = function.Class };
        Deeper();
        (_next, _where, _returned) = (function.Parameters, "", null);
        Bind(inner, ReadParameters(), name, start, arguments, keywords);
        (_scope, _next) = (inner, function.Body);
        Body(function.Indent);
        TorchValue result = _returned ?? TorchNone.Instance;
        (_scope, _next, _where, _returned) = (outer, back, where, returned);
        _nesting--;
        return result;
    }

    /// <summary>(self, width=3): reads parameters, with the tokens of their defaults.</summary>
    List<ProgramParameter> ReadParameters()
    {
        Expect('(');
        List<ProgramParameter> parameters = [];
        while (!Is(')'))
        {
            if (Is('*') && !IsAt(_next + 1, ',')) { throw Expected("parameters with names"); }
            string parameter = Is('*') ? "*" : Current.Kind == TokenKind.Name ? Text(Current) : throw Expected("the name of a parameter");
            Take();
            if (Is(':')) { while (!Is('=') && !Is(',') && !Is(')')) { SkipOne(); } }
            int usual = -1;
            if (Is('='))
            {
                usual = _next + 1;
                while (!Is(',') && !Is(')')) { SkipOne(); }
            }
            if (parameter != "*") { parameters.Add(new(parameter, usual)); }
            if (!Is(')')) { Expect(','); }
        }
        return parameters;
    }

    /// <summary>Binds arguments to parameters, as variables of a scope.</summary>
    void Bind(PythonScope inner, List<ProgramParameter> parameters, string function, ExpressionToken start,
        IReadOnlyList<TorchValue> arguments, IReadOnlyList<TorchKeyword> keywords)
    {
        foreach ((ProgramParameter parameter, int at) in parameters.Select((parameter, at) => (parameter, at)))
        {
            string name = parameter.Name;
            TorchValue? value = (at < arguments.Count ? arguments[at] : keywords.FirstOrDefault(keyword => keyword.Name == name)?.Value)
                ?? parameter.Value;
            if (value is null && parameter.Default >= 0)
            {
                _next = parameter.Default;
                value = Value();
                if (_pending.Count > 0) { throw Error(_tokens[parameter.Default], "expected a default that makes and draws nothing"); }
            }
            inner.Set(name, value
                ?? throw Error(start, $"TypeError: {function}() missing a required argument: '{name}'", "TypeError"));
        }
        string? unknown = keywords.FirstOrDefault(keyword => !parameters.Exists(parameter => parameter.Name == keyword.Name))?.Name;
        if (unknown is not null || arguments.Count > parameters.Count)
        {
            throw Error(start, $"TypeError: {function}() got an unexpected argument {unknown ?? $"{arguments.Count}"}", "TypeError");
        }
    }

    /// <summary>A method that the class of an object defines or inherits; null for others.</summary>
    ProgramFunction? MethodOf(TorchCall module, string name)
    {
        if (Program.IsAnonymous(module)) { return _functions.GetValueOrDefault(name); }
        for (ProgramClass? own = _instances.GetValueOrDefault(module); own is not null;)
        {
            if (own.Methods.TryGetValue(name, out ProgramFunction? method)) { return method; }
            own = own.Base is null ? null : _classes.GetValueOrDefault(own.Base);
        }
        return null;
    }
}
