namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    readonly Dictionary<TorchCall, ProgramClass> _instances = new(ReferenceEqualityComparer.Instance);

    // The decorators of the next def or class: names, and functions of the text.
    readonly List<string> _decorators = [];
    readonly List<PythonCallable> _wrappers = [];

    // Decorators that change neither what a function does nor what a class makes.
    static readonly string[] s_plain = ["staticmethod", "classmethod", "property", "dataclass", "no_grad", "inference_mode", "enable_grad",
        "abstractmethod", "override", "overload", "final", "autocast", "register_model", "script_method", "export", "ignore", "unused",
        "script", "compile", "setter", "deprecated", "add_start_docstrings"];

    bool _isInFunction;

    TorchValue? _returned;

    /// <summary>@decorator: kept for the def or class that follows.</summary>
    void Decorator()
    {
        ExpressionToken start = Take();
        if (Current.Kind == TokenKind.Name && _scope.Find(Text(Current)) is PythonCallable)
        {
            TorchValue value = Value();
            Make(value);
            _wrappers.Add(value as PythonCallable ?? throw Error(start, "expected a function as a decorator"));
        }
        else if (Current.Kind == TokenKind.Name) { _decorators.Add(DottedName()); }
        SkipLine();
    }

    /// <summary>The decorator that is not followed, if there is one, and those of the text, the nearest first.</summary>
    (string? Unknown, List<PythonCallable> Wrappers) Decorators()
    {
        string? unknown = _decorators.Find(name => Array.IndexOf(s_plain, LastPart(name)) < 0);
        List<PythonCallable> wrappers = [.. Enumerable.Reverse(_wrappers)];
        _decorators.Clear();
        _wrappers.Clear();
        return (unknown, wrappers);
    }

    /// <summary>What decorators of the text make of a function or class.</summary>
    TorchValue Wrapped(ExpressionToken at, TorchValue value, List<PythonCallable> wrappers)
    {
        foreach (PythonCallable wrapper in wrappers)
        {
            value = Invoke(wrapper, at, [value], []);
            Make(value);
        }
        return value;
    }

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
        _leaving = Leaving.Function;
    }

    /// <summary>The lines of a function, up to its return.</summary>
    void Body(int indent)
    {
        bool outer = _isInFunction;
        _isInFunction = true;
        Suite(indent, run: true);
        (_isInFunction, _leaving) = (outer, Leaving.None);
    }

    /// <summary>def name(…): the function becomes a variable, or a method of a class.</summary>
    void Function(ProgramClass? own)
    {
        ExpressionToken start = Take();
        if (IsWord("__init__"))
        {
            Init(own, start);
            return;
        }
        string name = Current.Kind == TokenKind.Name ? Text(Take()) : throw Expected("the name of the function");
        FunctionKind kind = KindOfFunction();
        (string? unknown, List<PythonCallable> wrappers) = Decorators();
        if (own is not null && wrappers.Count > 0) { unknown = wrappers[0].Name; }
        List<ProgramParameter> parameters = ReadParameters();
        SkipToColon();
        Evaluate(parameters);
        ProgramFunction function = new(parameters, _next, Indent(start), own?.Scope ?? _scope)
        {
            Class = own,
            Kind = kind,
            Problem = unknown is null ? null : $"expected no decorator that is not followed, found @{Short(unknown)}",
        };
        Suite(Indent(start), run: false);
        if (own is not null) { own.Methods[name] = function; }
        else
        {
            int end = _next;
            _scope.Set(name, Wrapped(start, new FunctionName(function, name, null), wrappers));
            _next = end;
        }
    }

    FunctionKind KindOfFunction()
    {
        return _decorators.LastOrDefault(name => name is "staticmethod" or "classmethod" or "property") switch
        {
            "staticmethod" => FunctionKind.Static,
            "classmethod" => FunctionKind.OfClass,
            "property" => FunctionKind.Property,
            _ => FunctionKind.Plain,
        };
    }

    void SkipToColon()
    {
        while (!Is(':'))
        {
            if (IsLineEnd(_next)) { throw Expected("':'"); }
            SkipOne();
        }
        Take();
    }

    /// <summary>lambda x, y=3: value.</summary>
    FunctionName Lambda()
    {
        Take();
        List<ProgramParameter> parameters = ReadParameters(isLambda: true);
        Expect(':');
        Evaluate(parameters);
        ProgramFunction function = new(parameters, _next, -1, _scope);
        SkipOperand();
        return new(function, "lambda", null);
    }

    /// <summary>Reads the arguments of a callable, and calls it.</summary>
    TorchValue Called(PythonCallable callable, ExpressionToken start)
    {
        if (callable is TorchName name) { return Call(start, name.Name); }
        (string outer, string callee) = (_where, _callee);
        _callee = callable.Name;
        Open('(');
        (List<TorchValue> arguments, List<TorchKeyword> keywords) = Arguments(callable.Name);
        Close(')');
        (_where, _callee) = (outer, callee);
        return Invoke(callable, start, arguments, keywords);
    }

    /// <summary>Calls a callable with arguments that have been read.</summary>
    TorchValue Invoke(PythonCallable callable, ExpressionToken start, IReadOnlyList<TorchValue> arguments,
        IReadOnlyList<TorchKeyword> keywords)
    {
        switch (callable)
        {
            case PartialName partial:
                return Invoke(partial.Target, start, [.. partial.Arguments, .. arguments],
                    [.. partial.Keywords.Where(own => !keywords.Any(given => given.Name == own.Name)), .. keywords]);
            case ClassName own: return Instance(own.Class, start, arguments, keywords);
            case FunctionName function:
                return Run(function, start, function.Self is null ? arguments : [function.Self, .. arguments], keywords);
            default: return CallOf(start, callable.Name, null, [.. arguments], [.. keywords]);
        }
    }

    /// <summary>Runs a function of the text: what it returns, or None.</summary>
    TorchValue Run(FunctionName called, ExpressionToken start, IReadOnlyList<TorchValue> arguments, IReadOnlyList<TorchKeyword> keywords)
    {
        ProgramFunction function = called.Function;
        if (function.Problem is { } problem) { throw Error(start, problem); }
        if (_program is not null) { Make(new TorchTuple([.. arguments, .. keywords.Select(keyword => keyword.Value)])); }
        (int back, PythonScope outer, string where, TorchValue? returned) = (_next, _scope, _where, _returned);
        PythonScope inner = new(function.Scope) { Caller = outer, Class = function.Class };
        Deeper();
        (_where, _returned) = ("", null);
        Bind(inner, function.Parameters, called.Name, start, arguments, keywords);
        (_scope, _next) = (inner, function.Body);
        TorchValue result;
        if (function.IsLambda) { result = Value(); }
        else
        {
            Body(function.Indent);
            result = _returned ?? TorchNone.Instance;
        }
        (_scope, _next, _where, _returned) = (outer, back, where, returned);
        _nesting--;
        return result;
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
            if (Is(':') && !isLambda) { while (!Is('=') && !Is(',') && !Is(close)) { SkipOne(); } }
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

    /// <summary>A method that the class of an object defines or inherits; null for others.</summary>
    ProgramFunction? MethodOf(TorchCall module, string name) => _program is null ? null : Program.IsAnonymous(module)
        ? (_scope.Global.Find(name) as FunctionName)?.Function
        : MethodOf(_instances.GetValueOrDefault(module), name);

    /// <summary>A method of a class or of one that it derives from; null for others.</summary>
    static ProgramFunction? MethodOf(ProgramClass? own, string name)
        => Lineage(own).FirstOrDefault(one => one.Methods.ContainsKey(name) || one.Attributes.OwnValue(name) is not null)?
            .Methods.GetValueOrDefault(name);

    /// <summary>A class of the text and those of the text that it derives from.</summary>
    static IEnumerable<ProgramClass> Lineage(ProgramClass? own)
    {
        while (own is not null)
        {
            yield return own;
            own = own.Parent;
        }
    }

    /// <summary>A method as Python binds it: to the object, to its class, or to nothing.</summary>
    FunctionName Bound(ProgramFunction method, string name, TorchValue self) => new(method, name, method.Kind switch
    {
        FunctionKind.Static => null,
        FunctionKind.OfClass => self is TorchCall made && _instances.TryGetValue(made, out ProgramClass? own) ? new ClassName(own) : self,
        _ => self,
    });
}
