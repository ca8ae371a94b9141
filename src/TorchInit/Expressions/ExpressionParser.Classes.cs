namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    /// <summary>class Net(nn.Module): reads its <c>__init__</c>, and functions that apply may run.</summary>
    void Class()
    {
        ExpressionToken start = Take();
        string name = Current.Kind == TokenKind.Name ? Text(Take()) : throw Expected("the name of the class");
        string? parent = null;
        if (Is('('))
        {
            Take();
            if (Current.Kind == TokenKind.Name) { parent = DottedName(); }
            Expect(')');
        }
        ProgramClass own = new(name, parent is null or "nn.Module" or "torch.nn.Module" or "Module" or "object" ? null : parent);
        Expect(':');
        int indent = Indent(start);
        if (!IsLineEnd(_next)) { SkipLine(); }
        while (Current.Kind != TokenKind.End)
        {
            if (Current.Kind == TokenKind.Line) { Take(); }
            else if (Indent(Current) <= indent) { break; }
            else if (IsWord("def")) { Function(own, own.Methods); }
            else
            {
                int first = _next;
                SkipLine();
                CheckSkipped(first, "the body of a class");
            }
        }
        _classes[name] = own;
    }

    /// <summary>def __init__(self, width=3) of a class, or another function, whose body is skipped.</summary>
    void Function(ProgramClass? own, Dictionary<string, ProgramFunction> functions)
    {
        ExpressionToken start = Take();
        bool isInit = IsWord("__init__");
        if (!isInit)
        {
            string name = Text(Take());
            int open = _next;
            if (Is('(')) { SkipBrackets(); }
            while (!Is(':')) { _ = IsLineEnd(_next) ? throw Expected("':'") : Take(); }
            Take();
            functions[name] = new(open, _next, Indent(start)) { Class = own, IsStatic = IsStatic(start) };
            Suite(Indent(start), run: false);
            return;
        }
        Take();
        List<ProgramParameter> parameters = [.. ReadParameters().Skip(1)];
        while (!Is(':')) { _ = IsLineEnd(_next) ? throw Expected("':'") : Take(); }
        Take();
        if (own is null)
        {
            // A pasted __init__ without its class: parameters with defaults become variables, and the lines run.
            int body = _next;
            foreach (ProgramParameter parameter in parameters.Where(parameter => parameter.Default >= 0))
            {
                _next = parameter.Default;
                TorchValue value = Value();
                Make(value);
                _scope.Set(parameter.Name, value);
            }
            _next = body;
            Suite(Indent(start), run: true);
            return;
        }
        own.Parameters.AddRange(parameters);
        (own.Body, own.Indent) = (_next, Indent(start));
        Suite(Indent(start), run: false);
        int end = _next;
        foreach (ProgramParameter parameter in own.Parameters.Where(parameter => parameter.Default >= 0)) { Evaluate(parameter); }
        _next = end;
    }

    /// <summary>Whether a function follows @staticmethod.</summary>
    bool IsStatic(ExpressionToken def)
    {
        int at = _tokens.IndexOf(def);
        return at > 2 && _tokens[at - 1].Kind == TokenKind.Line && Text(_tokens[at - 2]) == "staticmethod" && IsAt(at - 3, '@');
    }

    /// <summary>Evaluates a default that may draw, or that instances may share. One that is not understood is refused where it is
    /// used.</summary>
    void Evaluate(ProgramParameter parameter)
    {
        _next = parameter.Default;
        if (!Is('[') && !Is('{') && _tokens[_next].Kind != TokenKind.Name) { return; }
        int nesting = _nesting;
        try
        {
            TorchValue value = Value();
            Make(value);
            parameter.Value = value;
        }
        catch (TorchExpressionException)
        {
            (_nesting, _where, _callee) = (nesting, "", "");
            _pending.Clear();
        }
    }

    /// <summary>Skips one token, or a bracket with its contents.</summary>
    void SkipOne()
    {
        if (Is('(') || Is('[') || Is('{')) { SkipBrackets(); }
        else if (IsLineEnd(_next)) { throw Expected("')'"); }
        else { Take(); }
    }

    /// <summary>Creates a module of a class in the text: its <c>__init__</c> runs.</summary>
    TorchCall Instance(ProgramClass own, ExpressionToken start, IReadOnlyList<TorchValue> arguments, IReadOnlyList<TorchKeyword> keywords)
    {
        Make(new TorchTuple([.. arguments, .. keywords.Select(keyword => keyword.Value)]));
        TorchCall made = Program.NewObject(own.Name);
        _instances.Add(made, own);
        Initialize(own, made, start, arguments, keywords);
        return made;
    }

    void Initialize(ProgramClass own, TorchCall made, ExpressionToken start, IReadOnlyList<TorchValue> arguments,
        IReadOnlyList<TorchKeyword> keywords)
    {
        own.IsMade = true;
        if (own.Body < 0)
        {
            if (own.Base is not null) { Initialize(BaseOf(own, start), made, start, arguments, keywords); }
            return;
        }
        PythonScope inner = new(Global()) { Class = own, Caller = _scope };
        inner.Set("self", made);
        int back = _next;
        string where = _where;
        Bind(inner, own.Parameters, $"{own.Name}.__init__", start, arguments, keywords);
        PythonScope outer = _scope;
        (_scope, _next) = (inner, own.Body);
        Deeper();
        Body(own.Indent);
        _nesting--;
        (_scope, _next, _where) = (outer, back, where);
    }

    PythonScope Global()
    {
        PythonScope scope = _scope;
        while (scope.Outer is { } outer) { scope = outer; }
        return scope;
    }

    ProgramClass BaseOf(ProgramClass own, ExpressionToken at) => _classes.TryGetValue(own.Base!, out ProgramClass? found) ? found
        : throw Error(at, $"expected nn.Module or a class of the text as the base of {own.Name}, found {own.Base}");

    /// <summary>super().__init__(): does nothing for nn.Module; runs the __init__ of a base class in the text.</summary>
    void Super(ExpressionToken start)
    {
        SkipBrackets();
        Expect('.');
        if (!IsWord("__init__")) { throw Expected("__init__ after super()"); }
        Take();
        Open('(');
        (List<TorchValue> arguments, List<TorchKeyword> keywords) = Arguments("super().__init__");
        Close(')');
        PythonScope scope = _scope;
        while (scope.Class is null && scope.Outer is { } outer) { scope = outer; }
        if (scope.Class is { Base: not null } own && scope.Find("self") is TorchCall self)
        {
            Initialize(BaseOf(own, start), self, start, arguments, keywords);
        }
    }
}
