namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    static readonly string[] s_types = ["int", "float", "bool", "str", "list", "tuple", "dict", "set", "frozenset"];

    // Modules of Python whose members getattr may name.
    static readonly string[] s_namespaces = ["nn", "torch", "torch.nn", "F", "nn.functional", "torch.nn.functional", "init", "nn.init",
        "torch.nn.init"];

    /// <summary>A class or function of torch, or a type, whose name stands without brackets; null for other names.</summary>
    static TorchName? ClassOrFunction(string name)
    {
        if (name is "partial" or "functools.partial") { return new("partial"); }
        if (Array.IndexOf(s_types, name) >= 0 || IsDeepCopy(name) || PythonBuiltins.Function(name) is not null) { return new(name); }
        string plain = PythonName.WithoutTorch(name);
        string last = LastPart(name);
        bool isClass = char.IsAsciiLetterUpper(last.TrimStart('_') is { Length: > 0 } letters ? letters[0] : ' ')
            && (CallTable.Knows(plain) || s_bases.ContainsKey(last) || last is "Module" or "Tensor" or "Parameter"
                || Array.IndexOf(s_abstract, last) >= 0);
        bool isFunction = name.Contains('.', StringComparison.Ordinal) && plain.Length < name.Length && char.IsAsciiLetterLower(last[0])
            && (CallTable.Knows(plain) || TensorTable.IsName(last) || name.StartsWith("F.", StringComparison.Ordinal)
                || name.Contains("functional.", StringComparison.Ordinal));
        return isClass || isFunction || plain.StartsWith("init.", StringComparison.Ordinal) && CallTable.Knows(plain)
            ? new(s_bases.ContainsKey(last) ? last : plain) : null;
    }

    /// <summary>Refuses a class or function among the arguments of torch's own: what torch does with it is not followed, but for the
    /// activation of a Transformer, which changes no weights.</summary>
    void CheckArguments(ExpressionToken start, string name, List<TorchValue> arguments, List<TorchKeyword> keywords)
    {
        if (name.StartsWith("nn.Transformer", StringComparison.Ordinal) || name.StartsWith("Transformer", StringComparison.Ordinal)
            || name.StartsWith("torch.nn.Transformer", StringComparison.Ordinal))
        {
            for (int i = 0; i < arguments.Count; i++) { arguments[i] = Activation(arguments[i]); }
            for (int i = 0; i < keywords.Count; i++) { keywords[i] = new(keywords[i].Name, Activation(keywords[i].Value)); }
        }
        CheckRounded(start, name, arguments.Concat(keywords.Select(keyword => keyword.Value)));
        foreach (TorchValue value in arguments.Concat(keywords.Select(keyword => keyword.Value)))
        {
            if (value is TorchDict dict && dict.Items.Any(item => PythonKey.IsNumber(item.Key)))
            {
                throw Error(start, $"expected names as the keys of a dict for {Short(name)}, found {Short(value.ToString())}");
            }
            if (value.Leaves().Any(leaf => leaf is PythonSet)) { throw Error(start, $"expected other arguments of {Short(name)} than a set"); }
            if (value.Leaves().OfType<PythonCallable>().FirstOrDefault() is { } callable)
            {
                throw Error(start, $"expected values and modules as arguments of {Short(name)}, found the name '{Short(callable.Name)}'; "
                    + "a call has (…) after its name");
            }
        }

        static TorchValue Activation(TorchValue value)
            => value is TorchName { Name: "relu" or "gelu" or "functional.relu" or "functional.gelu" } function
                ? new TorchString(LastPart(function.Name)) : value;
    }

    /// <summary>The part after the dot of a class or function: <c>Block.expansion</c>, <c>act.__name__</c>.</summary>
    TorchValue OfCallable(PythonCallable callable)
    {
        ExpressionToken token = Take();
        string name = Text(token);
        if (name is "__name__" or "__qualname__") { return new TorchString(LastPart(callable.Name)); }
        if (callable is PartialName partial && name == "func") { return partial.Target; }
        if (callable is ClassName { Class: var own })
        {
            if (Is('(') && name == "__init__") { return InitializeAs(own, token); }
            if (MethodOf(own, name) is { } method)
            {
                return new FunctionName(method, name, method.Kind == FunctionKind.OfClass ? callable : null);
            }
            if (AttributeOfClass(own, name) is { } value) { return value; }
        }
        throw Error(token, $"expected an attribute or function of {Short(callable.Name)}, found '{Short(name)}'");
    }

    /// <summary>Base.__init__(self, …).</summary>
    TorchNone InitializeAs(ProgramClass own, ExpressionToken start)
    {
        Open('(');
        (List<TorchValue> arguments, List<TorchKeyword> keywords) = Arguments($"{own.Name}.__init__");
        Close(')');
        if (arguments is not [TorchCall self, .. var others] || !_instances.ContainsKey(self))
        {
            throw Error(start, $"expected an object as the first argument of {Short(own.Name)}.__init__");
        }
        Initialize(own, self, start, others, keywords);
        return TorchNone.Instance;
    }

    /// <summary>Whether the class of an object has a method or attribute of that name.</summary>
    bool IsOfClass(TorchCall owner, string name) => MethodOf(owner, name) is not null || AttributeOfClass(ClassOf(owner), name) is not null;

    /// <summary>The class of the text that an object was made from; null for a module of torch.</summary>
    ProgramClass? ClassOf(TorchCall made) => _instances.GetValueOrDefault(made);

    /// <summary>An attribute of an object that its class gives: a property, a method, a value of the class, or what it inherits from a
    /// class of torch; null for nothing.</summary>
    TorchValue? OfClass(ExpressionToken at, TorchCall owner, string name)
    {
        if (MethodOf(owner, name) is { } method)
        {
            if (method.Problem is { } problem) { throw Error(at, problem); }
            FunctionName bound = Bound(method, name, owner);
            return method.Kind == FunctionKind.Property ? Run(bound, at, [owner], []) : bound;
        }
        return AttributeOfClass(ClassOf(owner), name)
            ?? (Program.InheritedBy(owner) is { } module ? AttributeOf(at, module, name) : null);
    }

    /// <summary>type(value).</summary>
    TorchValue TypeOf(TorchValue value) => value is TorchCall made
        ? ClassOf(made) is { } own ? new ClassName(own) : new TorchName(made.Name)
        : new TorchName(value is PartialName ? "partial" : PythonArgument.TypeOf(value));

    /// <summary>isinstance(value, one).</summary>
    bool IsInstance(ExpressionToken at, TorchValue value, TorchValue one)
    {
        if (one is not (TorchName or ClassName)) { throw Error(at, "expected classes of torch.nn or the text in isinstance"); }
        string name = ((PythonCallable)one).Name, last = LastPart(name);
        if (last is "Iterable" or "Sequence" or "Sized" or "Collection")
        {
            return value is TorchList or TorchTuple or TorchString || (last != "Sequence" && (value is TorchDict or PythonSet
                || (value is TorchCall container && ChildrenOf(container) is not null)));
        }
        if (value is TorchMember or TorchCall && !(value is TorchCall call && (IsModule(call) || IsPlainObject(call))))
        {
            bool isParameter = value is TorchMember || value is TorchCall { Name: "Parameter" };
            return TensorOperators.IsTensor(value) || value is TorchMember ? last == "Tensor" || (last == "Parameter" && isParameter)
                : throw Error(at, $"expected a module or a value as the first argument of isinstance, found {Short(value.ToString())}");
        }
        if (value is TorchCall made)
        {
            ProgramClass? mine = ClassOf(made);
            return one is ClassName { Class: var own } ? Lineage(mine).Contains(own) : !IsPlainObject(made)
                && Array.IndexOf(s_types, name) < 0 && (Program.AttributesOf(made) is null ? IsA(made.Name, name)
                : last == "Module" || (TorchBase(mine) is { } torch && IsA(torch, name)));
        }
        string type = PythonArgument.TypeOf(value);
        return type == name || (type == "bool" && name == "int") || (type == "OrderedDict" && name == "dict");
    }

    static readonly string[] s_abstract = ["Iterable", "Sequence", "Sized", "Collection"];
}
