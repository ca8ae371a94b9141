namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    readonly Dictionary<TorchCall, ProgramClass> _instances = new(ReferenceEqualityComparer.Instance);

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
        bool isSetter = _decorators.Exists(one => one.Contains('.', StringComparison.Ordinal) && LastPart(one) is "setter" or "deleter");
        (string? unknown, List<PythonCallable> wrappers) = Decorators();
        if (own is not null && wrappers.Count > 0) { unknown = wrappers[0].Name; }
        List<ProgramParameter> parameters = ReadParameters();
        int type = _next;
        SkipToColon();
        CheckSkipped(type, "an annotation");
        Evaluate(parameters);
        ProgramFunction function = new(parameters, _next, Indent(start), own?.Scope ?? _scope)
        {
            Class = own,
            Kind = kind,
            Problem = unknown is null ? null : $"expected no decorator that is not followed, found @{Short(unknown)}",
        };
        Suite(Indent(start), run: false);
        // The property keeps its getter; what would call the setter is refused.
        if (own is not null && isSetter) { return; }
        if (own is not null) { own.Methods[name] = function; }
        else
        {
            int end = _next;
            _scope.Set(name, Wrapped(start, new FunctionName(function, name, null), wrappers));
            _next = end;
        }
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
        (List<TorchValue> arguments, List<TorchKeyword> keywords) = InBrackets(callable.Name);
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

    /// <summary>A method that the class of an object defines or inherits; null for others.</summary>
    ProgramFunction? MethodOf(TorchCall module, string name) => _program is null ? null : Program.IsAnonymous(module)
        ? (_scope.Global.Find(name) as FunctionName)?.Function
        : MethodOf(ClassOf(module), name);

    /// <summary>A method as Python binds it: to the object, to its class, or to nothing.</summary>
    FunctionName Bound(ProgramFunction method, string name, TorchValue self) => new(method, name, method.Kind switch
    {
        FunctionKind.Static => null,
        FunctionKind.OfClass => self is TorchCall made && ClassOf(made) is { } own ? new ClassName(own) : self,
        _ => self,
    });
}
