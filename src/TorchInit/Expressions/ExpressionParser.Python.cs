namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    /// <summary>SimpleNamespace(a=1): an object with these attributes.</summary>
    TorchCall NamespaceObject(string name)
    {
        Open('(');
        (_, List<TorchKeyword> keywords) = Arguments(name);
        Close(')');
        TorchCall made = Program.NewObject("Namespace", isModule: false);
        foreach (TorchKeyword keyword in keywords)
        {
            Make(keyword.Value);
            Program.SetAttribute(made, keyword.Name, keyword.Value);
        }
        return made;
    }

    /// <summary>object.__dict__.update(…): sets attributes.</summary>
    TorchNone Update(ExpressionToken at, TorchCall owner)
    {
        Take();
        if (!IsWord("update")) { throw Expected("update after __dict__"); }
        Take();
        Open('(');
        (List<TorchValue> arguments, List<TorchKeyword> keywords) = Arguments("update");
        Close(')');
        if (arguments is not ([] or [TorchDict])) { throw Error(at, "expected a dict as the argument of update"); }
        foreach ((string key, TorchValue value) in arguments is [TorchDict dict] ? dict.Items : []) { Set(key, value); }
        foreach (TorchKeyword keyword in keywords) { Set(keyword.Name, keyword.Value); }
        return TorchNone.Instance;

        void Set(string name, TorchValue value)
        {
            if (Program.KindOf(owner, name) != AttributeKind.Plain)
            {
                throw Error(at, $"expected attributes that are no parameters or modules in __dict__, found {Short(name)}");
            }
            Program.SetAttribute(owner, name, value);
        }
    }

    /// <summary>filter(function, items), map(function, items).</summary>
    TorchList Mapped(ExpressionToken start, string name)
    {
        Open('(');
        (List<TorchValue> arguments, _) = Arguments(name);
        Close(')');
        if (arguments is not [PythonCallable function, var items])
        {
            throw Error(start, $"expected a function and a list as arguments of {name}");
        }
        List<TorchValue> made = [];
        foreach (TorchValue item in Iterated(start, items))
        {
            TorchValue answer = Invoke(function, start, [item], []);
            Make(answer);
            if (name == "map") { made.Add(answer); }
            else if (IsTrue(start, answer)) { made.Add(item); }
        }
        return Once(new TorchList(made), TorchNone.Instance);
    }

    /// <summary>cast(type, value) of typing: the value.</summary>
    TorchValue Cast(ExpressionToken start)
    {
        Open('(');
        while (!Is(',')) { SkipOne(); }
        Take();
        (List<TorchValue> arguments, _) = Arguments("cast");
        Close(')');
        return arguments is [var value] ? value : throw Error(start, "expected a type and a value as arguments of cast");
    }

    /// <summary>field(default=1), field(default_factory=list) of a dataclass.</summary>
    TorchValue Field(ExpressionToken start)
    {
        Open('(');
        (_, List<TorchKeyword> keywords) = Arguments("field");
        Close(')');
        TorchValue? given = keywords.Find(keyword => keyword.Name is "default" or "default_factory")?.Value;
        return given is PythonCallable factory && keywords.Exists(keyword => keyword.Name == "default_factory")
            ? Invoke(factory, start, [], []) : given ?? throw Error(start, "expected a field with a default");
    }

    /// <summary>_all_weights, the names of an RNN's parameters by layer and direction, or all_weights, these themselves.</summary>
    TorchList AllWeights(TorchCall layers, bool isNames)
        => new([.. PlanOf(layers).Parameters.GroupBy(one => one.Name[one.Name.IndexOf("_l", StringComparison.Ordinal)..]).Select(layer
            => new TorchList([.. layer.Select(one => isNames ? (TorchValue)new TorchString(one.Name)
                : new TorchMember(layers, one.Name))]))]);
}
