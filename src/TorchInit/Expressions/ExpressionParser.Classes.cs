namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    readonly Dictionary<string, ProgramClass> _classes = new(StringComparer.Ordinal);

    /// <summary>class Net(nn.Module): runs its body, in which functions become methods and assignments attributes.</summary>
    void Class()
    {
        ExpressionToken start = Take();
        bool isRecord = _decorators.Exists(name => LastPart(name) == "dataclass");
        (string? unknown, List<PythonCallable> wrappers) = Decorators();
        string name = Current.Kind == TokenKind.Name ? Text(Take()) : throw Expected("the name of the class");
        (IReadOnlyList<ProgramBase> ancestors, bool isModule) = Is('(') ? Bases(name) : ([], false);
        PythonScope body = new(_scope) { Caller = _scope, IsOfClass = true };
        ProgramClass own = new(name, ancestors, isModule) { Scope = _scope, Attributes = body };
        own.IsRecord = isRecord || ancestors.Any(one => LastPart(one.Name) == "NamedTuple" || one.Class?.IsRecord == true);
        if (own.IsRecord) { own.InheritFields(); }
        Expect(':');
        int indent = Indent(start);
        PythonScope outer = _scope;
        _scope = body;
        if (!IsLineEnd(_next)) { Suite(indent, run: true); }
        while (Current.Kind != TokenKind.End)
        {
            if (Current.Kind == TokenKind.Line) { Take(); }
            else if (Indent(Current) <= indent) { break; }
            else if (IsWord("def")) { Function(own); }
            else { OfBody(own); }
        }
        _scope = outer;
        _classes[name] = own;
        own.Problem = unknown is null ? null : $"expected no decorator that is not followed, found @{Short(unknown)}";
        _scope.Set(name, Wrapped(start, new ClassName(own), wrappers));
    }

    /// <summary>A statement of a class body: a field of a dataclass, an attribute, or a line that is skipped if it draws nothing.</summary>
    void OfBody(ProgramClass own)
    {
        if (own.IsRecord && Current.Kind == TokenKind.Name && IsAt(_next + 1, ':') && !IsClassVariable())
        {
            string field = Text(Take());
            while (!Is('=') && !IsLineEnd(_next)) { SkipOne(); }
            int at = own.Parameters.FindIndex(parameter => parameter.Name == field);
            ProgramParameter parameter = new(field, Is('=') ? _next + 1 : -1);
            if (at >= 0) { own.Parameters[at] = parameter; }
            else { own.Parameters.Add(parameter); }
            // A factory makes a value for each object.
            bool isField = parameter.Default >= 0 && _tokens[parameter.Default].Kind == TokenKind.Name
                && Text(_tokens[parameter.Default]) is "field" or "dataclasses";
            if (!isField) { Evaluate([parameter]); }
            SkipLine();
            return;
        }
        int first = _next;
        (TorchExpressionException? problem, bool hasMade) = Attempt(Statement);
        if (problem is null) { return; }
        SkipLine();
        CheckSkipped(first, "the body of a class");
        if (hasMade) { throw problem; }
    }

    /// <summary>name: ClassVar[…], which is no field.</summary>
    bool IsClassVariable()
    {
        for (int at = _next + 2; !IsLineEnd(at) && !IsAt(at, '='); at++)
        {
            if (_tokens[at].Kind == TokenKind.Name && Text(_tokens[at]) == "ClassVar") { return true; }
        }
        return false;
    }

    /// <summary>def __init__(self, width=3) of a class; without a class, its lines run.</summary>
    void Init(ProgramClass? own, ExpressionToken start)
    {
        Take();
        (string? unknown, List<PythonCallable> wrappers) = Decorators();
        if ((unknown ?? wrappers.FirstOrDefault()?.Name) is { } decorator)
        {
            throw Error(start, $"expected __init__ without a decorator, found @{Short(decorator)}");
        }
        List<ProgramParameter> parameters = [.. ReadParameters().Skip(1)];
        SkipToColon();
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
        own.Parameters.Clear();
        own.Parameters.AddRange(parameters);
        (own.Body, own.Indent, own.IsRecord) = (_next, Indent(start), false);
        Suite(Indent(start), run: false);
        Evaluate(own.Parameters);
    }

    /// <summary>Skips one token, or a bracket with its contents.</summary>
    void SkipOne()
    {
        if (Is('(') || Is('[') || Is('{')) { SkipBrackets(); }
        else if (IsLineEnd(_next)) { throw Expected("')'"); }
        else { Take(); }
    }

    /// <summary>Creates an object of a class in the text: its <c>__init__</c> runs.</summary>
    TorchCall Instance(ProgramClass own, ExpressionToken start, IReadOnlyList<TorchValue> arguments, IReadOnlyList<TorchKeyword> keywords)
    {
        if (Array.Find(s_special, name => MethodOf(own, name) is not null) is { } special)
        {
            throw Error(start, $"expected a class without {special}, which is not followed, found it in {Short(own.Name)}");
        }
        if (TorchBase(own) is { } container and ("Sequential" or "ModuleList" or "ModuleDict" or "ParameterList" or "ParameterDict")
            && Array.Find(s_ofContainers, name => MethodOf(own, name) is not null) is { } changed)
        {
            throw Error(start, $"expected a class that leaves {changed} of {container} as it is, found another one in {Short(own.Name)}");
        }
        if (own.Problem is { } problem) { throw Error(start, problem); }
        Make(new TorchTuple([.. arguments, .. keywords.Select(keyword => keyword.Value)]));
        TorchCall made = Program.NewObject(own.Name, own.IsModule);
        _instances.Add(made, own);
        Initialize(own, made, start, arguments, keywords);
        return made;
    }

    void Initialize(ProgramClass own, TorchCall made, ExpressionToken start, IReadOnlyList<TorchValue> arguments,
        IReadOnlyList<TorchKeyword> keywords)
    {
        own.IsMade = true;
        if (own is { Body: < 0, IsRecord: false })
        {
            InitializeNext(own, made, start, arguments, keywords);
            return;
        }
        PythonScope inner = new(own.Scope) { Class = own, Caller = _scope };
        inner.Set("self", made);
        int back = _next;
        string where = _where;
        Bind(inner, own.Parameters, $"{own.Name}.__init__", start, arguments, keywords);
        if (own.IsRecord)
        {
            foreach ((string name, TorchValue value) in inner.Own.Where(variable => variable.Key != "self"))
            {
                Program.SetAttribute(made, name, value);
            }
            (_next, _where) = (back, where);
            if (MethodOf(made, "__post_init__") is { } after) { Run(Bound(after, "__post_init__", made), start, [made], []); }
            return;
        }
        PythonScope outer = _scope;
        (_scope, _next) = (inner, own.Body);
        Deeper();
        Body(own.Indent);
        _nesting--;
        (_scope, _next, _where) = (outer, back, where);
    }

    /// <summary>Runs the <c>__init__</c> of the class behind another one in the order of an object's classes: one of the text, or one of
    /// torch, whose children or tensors become the object's own.</summary>
    void InitializeNext(ProgramClass after, TorchCall made, ExpressionToken start, IReadOnlyList<TorchValue> arguments,
        IReadOnlyList<TorchKeyword> keywords)
    {
        if (Order(ClassOf(made), after).FirstOrDefault() is not { } next) { return; }
        if (next.Class is { } parent)
        {
            Initialize(parent, made, start, arguments, keywords);
            return;
        }
        string name = next.Name;
        if (!ClassOf(made)!.IsModule || next.IsModule) { return; }
        if (!CallTable.Knows(name) || IsFill(name))
        {
            throw Error(start, $"expected nn.Module, a class of torch.nn or a class of the text as a base of {after.Name}, "
                + $"found {name}");
        }
        TorchCall inner = InPython(start, () => new TorchCall(name, arguments, keywords));
        bool isReset = MethodOf(made, "reset_parameters") is not null;
        if (!isReset) { Make(Noted(inner)); }
        else
        {
            Make(new TorchTuple([.. arguments, .. keywords.Select(keyword => keyword.Value)]));
            Program.MakeEmpty(inner);
        }
        if (name is "Sequential" or "ModuleList")
        {
            foreach ((string child, TorchCall module) in NamedChildren(inner)) { Program.SetAttribute(made, child, module); }
            return;
        }
        CheckChildren(start, inner);
        if (Array.Find(s_hooks, hook => MethodOf(made, hook) is not null) is { } hook)
        {
            throw Error(start, $"expected a class that leaves {hook} of {name} as it is, found another one in {after.Name}");
        }
        Program.SetAttribute(made, ProgramRecorder.Inherited, inner);
        if (isReset && MethodOf(made, "reset_parameters") is { } reset) { Run(Bound(reset, "reset_parameters", made), start, [made], []); }
    }

    // What changes how objects are made or what their attributes are.
    static readonly string[] s_special = ["__new__", "__getattr__", "__getattribute__", "__setattr__", "__delattr__", "__init_subclass__",
        "register_parameter", "state_dict", "__get__", "__set__", "__set_name__"];

    // What decides how a container of torch is gone through.
    static readonly string[] s_ofContainers = ["__len__", "__iter__", "__getitem__", "__contains__", "__reversed__", "__add__", "append",
        "extend", "insert", "keys", "values", "items", "add_module", "named_children", "children", "parameters", "named_parameters",
        "modules", "named_modules"];

    // What constructors of torch call beside reset_parameters.
    static readonly string[] s_hooks = ["_reset_parameters", "reset_running_stats", "_fill_padding_idx_with_zero", "_init_flat_weights"];

    /// <summary>super().__init__(): does nothing for nn.Module; runs the __init__ of a base class. super().method() runs that of the base
    /// class.</summary>
    TorchValue Super(ExpressionToken start)
    {
        // super(Net, self) begins behind that class.
        ProgramClass? named = IsAt(_next + 2, ',') ? (_scope.Find(Text(_tokens[_next + 1])) as ClassName)?.Class : null;
        SkipBrackets();
        Expect('.');
        PythonScope scope = _scope;
        while (scope.Class is null && scope.Outer is { } outer) { scope = outer; }
        ProgramClass? from = named ?? scope.Class;
        bool isObject = from is not null && scope.Find("self") is TorchCall;
        TorchCall? self = scope.Find("self") as TorchCall;
        if (!IsWord("__init__"))
        {
            if (!isObject) { throw Expected("__init__ after super()"); }
            string name = Current.Kind == TokenKind.Name ? Text(Current) : throw Expected("a name after super()");
            ProgramClass? mine = ClassOf(self!);
            ProgramFunction? method = MethodOf(mine, name, after: from);
            if (method is null && AttributeOfClass(mine, name, after: from) is { } attribute)
            {
                Take();
                return attribute;
            }
            if (method is null) { return MemberOf(self!, inherited: true); }
            Take();
            return Called(Bound(method, name, self!), start);
        }
        Take();
        Open('(');
        (List<TorchValue> arguments, List<TorchKeyword> keywords) = Arguments("super().__init__");
        Close(')');
        if (isObject) { InitializeNext(from!, self!, start, arguments, keywords); }
        return TorchNone.Instance;
    }
}
