namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    /// <summary>Evaluates defaults, once, where the function is defined. One that is not understood is refused where it is used.</summary>
    void Evaluate(IEnumerable<ProgramParameter> parameters)
    {
        int end = _next;
        foreach (ProgramParameter parameter in parameters.Where(parameter => parameter.Default >= 0))
        {
            _next = parameter.Default;
            (parameter.Problem, bool hasMade) = Attempt(() =>
            {
                TorchValue value = Value();
                if (_program is not null) { Make(value); }
                parameter.Value = value;
            });
            if (hasMade) { throw parameter.Problem!; }
        }
        _next = end;
    }

    /// <summary>(self, width=3, *rest, **others), or the same without brackets and types after lambda.</summary>
    List<ProgramParameter> ReadParameters(bool isLambda = false)
    {
        char close = isLambda ? ':' : ')';
        if (!isLambda) { Expect('('); }
        List<ProgramParameter> parameters = [];
        bool isNamed = false;
        while (!Is(close))
        {
            string stars = Is('*') ? Text(Take()) : Is('/') ? Text(Take()) : "";
            string name = Current.Kind == TokenKind.Name ? Text(Take())
                : stars.Length == 1 ? "" : throw Expected("the name of a parameter");
            if (Is(':') && !isLambda)
            {
                int type = _next;
                while (!Is('=') && !Is(',') && !Is(close)) { SkipOne(); }
                CheckSkipped(type, "an annotation");
            }
            int usual = -1;
            if (Is('='))
            {
                usual = _next + 1;
                while (!Is(',') && !Is(close)) { SkipOne(); }
            }
            isNamed |= stars is "*" or "**";
            if (name.Length > 0)
            {
                parameters.Add(new(name, usual)
                {
                    Kind = stars == "*" ? Taking.Rest : stars == "**" ? Taking.Others
                        : isNamed ? Taking.Named : Taking.Plain,
                });
            }
            if (!Is(close)) { Expect(','); }
        }
        return parameters;
    }

    /// <summary>Binds arguments to parameters, as variables of a scope.</summary>
    void Bind(PythonScope inner, IReadOnlyList<ProgramParameter> parameters, string function, ExpressionToken start,
        IReadOnlyList<TorchValue> arguments, IReadOnlyList<TorchKeyword> keywords)
    {
        int taken = 0;
        HashSet<string> bound = new(StringComparer.Ordinal);
        foreach (ProgramParameter parameter in parameters)
        {
            string name = parameter.Name;
            if (parameter.Kind == Taking.Rest)
            {
                inner.Set(name, Counted(new TorchTuple([.. arguments.Skip(taken)])));
                taken = Math.Max(taken, arguments.Count);
                continue;
            }
            if (parameter.Kind == Taking.Others)
            {
                inner.Set(name, Counted(new TorchDict([.. keywords.Where(keyword => !bound.Contains(keyword.Name))
                    .Select(keyword => KeyValuePair.Create(keyword.Name, keyword.Value))])));
                bound.UnionWith(keywords.Select(keyword => keyword.Name));
                continue;
            }
            TorchValue? value = parameter.Kind == Taking.Plain && taken < arguments.Count ? arguments[taken++] : null;
            TorchValue? named = keywords.FirstOrDefault(keyword => keyword.Name == name)?.Value;
            if (value is not null && named is not null)
            {
                throw Error(start, $"TypeError: {function}() got multiple values for argument '{name}'", "TypeError");
            }
            bound.Add(name);
            value ??= named ?? parameter.Value;
            if (value is null && parameter.Problem is { } problem) { throw problem; }
            if (value is null && parameter.Default >= 0)
            {
                int back = _next;
                _next = parameter.Default;               // field(default_factory=…)
                value = Value();
                Make(value);
                _next = back;
            }
            inner.Set(name, value
                ?? throw Error(start, $"TypeError: {function}() missing a required argument: '{name}'", "TypeError"));
        }
        string? unknown = keywords.FirstOrDefault(keyword => !bound.Contains(keyword.Name))?.Name;
        if (unknown is not null || arguments.Count > taken)
        {
            throw Error(start, $"TypeError: {function}() got an unexpected argument {unknown ?? $"{arguments.Count}"}", "TypeError");
        }
    }
}
